//! The policy of visibility (`model::visibility`) as conditions. The only place where it becomes SQL (DESIGN 10).

use penstock_model::{
    Access, CompanyId, Object, Result, UserId, ValueRef,
    object::Visibility,
    visibility::{self, Rule},
};

use super::statement::Statement;
use crate::{Conn, Engine, one_int};

/// What a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibilityScope {
    /// Every record of the company: admins, and the rules themselves.
    Everything,
    /// What this user may see.
    User(UserId, Granted),
}

/// How many records of an object a user sees only because of following them. It decides how a list finds them, not
/// which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// None: a list need not look for any.
    None,
    /// So few that a list fetches them all and sorts them.
    Few,
    /// So many, or an unknown number, that a list in its order asks of each hidden record whether it is one.
    Many,
}

/// One of the ways in which a reader sees records.
pub(super) struct Branch {
    /// The condition on the rows of `t`.
    pub(super) condition: String,
    /// Whether it names its records by number: they are fetched one by one, whatever else could find them.
    pub(super) by_number: bool,
}

impl Branch {
    const fn of(condition: String) -> Self {
        Self { condition, by_number: false }
    }

    /// What stands behind the table's name. SQLite has no statistics to see by that a few numbers lead to the rows
    /// sooner than an index in the list's order does.
    pub(super) fn hint(&self, engine: Engine, object: &Object) -> String {
        match (self.by_number, engine) {
            (true, Engine::Sqlite) => format!(" INDEXED BY sqlite_autoindex_{}_1", object.name),
            _ => String::new(),
        }
    }
}

/// Up to this many are [`Granted::Few`]: sorting them costs less than a page.
const FEW: i64 = 50;

impl Granted {
    /// Counts, as far as it matters.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn count(conn: &mut dyn Conn, company: CompanyId, user: UserId, object: &Object) -> Result<Self> {
        let counted = one_int(
            conn,
            "SELECT COUNT(*) FROM (SELECT 1 FROM follower f WHERE f.company_id = ?1 AND f.user_id = ?2 \
             AND f.object = ?3 AND f.grants = TRUE LIMIT ?4) g",
            &[company.into(), user.into(), ValueRef::Int(i64::from(object.code)), ValueRef::Int(FEW + 1)],
        )?;
        Ok(match counted.unwrap_or(0) {
            0 => Self::None,
            number if number <= FEW => Self::Few,
            _ => Self::Many,
        })
    }
}

impl From<&Access> for VisibilityScope {
    fn from(access: &Access) -> Self {
        if access.is_admin() { Self::Everything } else { Self::User(access.user(), Granted::Many) }
    }
}

impl VisibilityScope {
    /// What an access may see of an object, with what a list needs to know to find it.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn of_list(conn: &mut dyn Conn, access: &Access, object: &Object) -> Result<Self> {
        if access.is_admin() || object.visibility != Visibility::Owned {
            return Ok(Self::from(access));
        }
        Ok(Self::User(access.user(), Granted::count(conn, access.company(), access.user(), object)?))
    }

    /// The ordered, disjoint branches whose union is what the reader sees; each can walk an index in sort order.
    /// Empty: no condition is needed.
    pub(super) fn branches(self, object: &'static Object, statement: &mut Statement) -> Vec<Branch> {
        let Self::User(user, granted) = self else { return Vec::new() };
        match visibility::rule(object) {
            Rule::Everyone => Vec::new(),
            Rule::Any(ways) if is_of_its_own(&ways) => {
                let me = statement.bind(user);
                ways.iter().filter_map(|way| branch(way, object, me, granted)).collect()
            }
            rule => {
                let me = statement.bind(user);
                vec![Branch::of(spelled(&rule, object, "t", me))]
            }
        }
    }

    /// Whether the row `t` is seen, as a value. A condition can't stand there as it is: SQLite works out every part of
    /// an `OR` whose value is asked for.
    pub fn flag(self, object: &'static Object, statement: &mut Statement) -> String {
        let seen = self.condition(object, "t", statement);
        seen.map_or_else(|| "TRUE".to_owned(), |seen| format!("CASE WHEN {seen} THEN TRUE ELSE FALSE END"))
    }

    /// One condition on the rows of `alias`, for single records, counts and sums. `None`: no condition is needed.
    pub fn condition(self, object: &'static Object, alias: &str, statement: &mut Statement) -> Option<String> {
        let Self::User(user, _) = self else { return None };
        if object.visibility == Visibility::Company {
            return None;
        }
        let me = statement.bind(user);
        seen_by(object, alias, me)
    }
}

/// As [`VisibilityScope::condition`] of a user who is bound as `me`.
pub(super) fn seen_by(object: &'static Object, alias: &str, me: usize) -> Option<String> {
    match visibility::rule(object) {
        Rule::Everyone => None,
        rule => Some(spelled(&rule, object, alias, me)),
    }
}

/// Whether a record itself and its followers say who sees it: then each way has indexes of its own.
fn is_of_its_own(ways: &[Rule]) -> bool {
    // Of no way, nobody sees it: that is a condition, and no branch is none.
    !ways.is_empty() && ways.iter().all(|way| matches!(way, Rule::Open | Rule::Owner | Rule::Follower))
}

/// A way of seeing a record as a branch that no other one overlaps. `follower.grants` says of a follow that its user
/// sees the record in no other way.
fn branch(way: &Rule, object: &Object, me: usize, granted: Granted) -> Option<Branch> {
    let grant = format!(
        "FROM follower f WHERE f.company_id = ?1 AND f.user_id = ?{me} AND f.object = {} AND f.grants = TRUE",
        object.code
    );
    match (way, granted) {
        (Rule::Open, _) => Some(Branch::of("t.shared = TRUE".to_owned())),
        (Rule::Owner, _) => Some(Branch::of(format!("t.shared = FALSE AND t.owner_id = ?{me}"))),
        (_, Granted::None) => None,
        (_, Granted::Few) => {
            Some(Branch { by_number: true, condition: format!("t.id IN (SELECT f.record_id {grant})") })
        }
        (_, Granted::Many) => {
            Some(Branch::of(format!("t.shared = FALSE AND EXISTS (SELECT 1 {grant} AND f.record_id = t.id)")))
        }
    }
}

/// A rule as a condition on the rows of `alias`, which are records of `object`.
fn spelled(rule: &Rule, object: &'static Object, alias: &str, me: usize) -> String {
    let all = |rules: &[Rule], between: &str| {
        let parts: Vec<String> = rules.iter().map(|rule| spelled(rule, object, alias, me)).collect();
        format!("({})", parts.join(between))
    };
    match rule {
        Rule::Everyone => "TRUE".to_owned(),
        Rule::Open => format!("{alias}.shared = TRUE"),
        Rule::Owner => format!("{alias}.owner_id = ?{me}"),
        Rule::Follower => format!(
            "EXISTS (SELECT 1 FROM follower f WHERE f.company_id = {alias}.company_id AND f.object = {} \
             AND f.record_id = {alias}.id AND f.user_id = ?{me})",
            object.code
        ),
        Rule::Linked { field, to, optional: true } => {
            let seen = seen_in(to, &format!("l_{field}"), alias, field, me);
            format!("({alias}.{field} IS NULL OR {seen})")
        }
        Rule::Linked { field, to, optional: false } => seen_in(to, &format!("p_{}", to.name), alias, field, me),
        Rule::About(to) if to.visibility == Visibility::Company => format!("{alias}.object = {}", to.code),
        Rule::About(to) => {
            let seen = seen_in(to, &format!("p_{}", to.name), alias, "record_id", me);
            format!("({alias}.object = {} AND {seen})", to.code)
        }
        Rule::Any(rules) if rules.is_empty() => "FALSE".to_owned(),
        Rule::Any(rules) => all(rules, " OR "),
        Rule::All(rules) => all(rules, " AND "),
    }
}

/// The condition that the record that a field of `alias` names is there and is seen.
fn seen_in(of: &'static Object, inner: &str, alias: &str, field: &str, me: usize) -> String {
    format!(
        "EXISTS (SELECT 1 FROM {table} {inner} WHERE {inner}.company_id = {alias}.company_id \
         AND {inner}.id = {alias}.{field} AND {seen})",
        table = of.table(),
        seen = spelled(&visibility::rule(of), of, inner, me)
    )
}
