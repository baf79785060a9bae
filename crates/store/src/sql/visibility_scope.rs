//! Who sees which records, as a condition. The only place where visibility becomes SQL (DESIGN 10).

use penstock_model::{Access, CompanyId, Object, Result, UserId, ValueRef, object::Visibility, objects};

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
        match object.visibility {
            Visibility::Company => Vec::new(),
            Visibility::Linked(_) | Visibility::Parent => {
                vec![Branch::of(condition(object, "t", user, statement))]
            }
            Visibility::Owned => {
                let me = statement.bind(user);
                let own = format!("t.shared = FALSE AND t.owner_id = ?{me}");
                let mut branches = vec![Branch::of("t.shared = TRUE".to_owned()), Branch::of(own)];
                let grant = format!(
                    "FROM follower f WHERE f.company_id = ?1 AND f.user_id = ?{me} AND f.object = {} AND f.grants = TRUE",
                    object.code
                );
                branches.extend(match granted {
                    Granted::None => None,
                    Granted::Few => {
                        Some(Branch { by_number: true, condition: format!("t.id IN (SELECT f.record_id {grant})") })
                    }
                    Granted::Many => Some(Branch::of(format!(
                        "t.shared = FALSE AND EXISTS (SELECT 1 {grant} AND f.record_id = t.id)"
                    ))),
                });
                branches
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
        match object.visibility {
            Visibility::Company => None,
            _ => Some(condition(object, alias, user, statement)),
        }
    }
}

/// As [`VisibilityScope::condition`] of a user who is bound as `me`.
pub(super) fn seen_by(object: &'static Object, alias: &str, me: usize) -> Option<String> {
    (object.visibility != Visibility::Company).then(|| spelled(object, alias, me))
}

fn condition(object: &'static Object, alias: &str, user: UserId, statement: &mut Statement) -> String {
    let me = statement.bind(user);
    spelled(object, alias, me)
}

fn spelled(object: &'static Object, alias: &str, me: usize) -> String {
    match object.visibility {
        Visibility::Company => "TRUE".to_owned(),
        Visibility::Parent => parent(object, alias, me),
        Visibility::Owned => format!(
            "({alias}.shared = TRUE OR {alias}.owner_id = ?{me} OR EXISTS (SELECT 1 FROM follower f \
             WHERE f.company_id = {alias}.company_id AND f.object = {code} AND f.record_id = {alias}.id \
             AND f.user_id = ?{me}))",
            code = object.code
        ),
        Visibility::Linked(links) => {
            let parts: Vec<String> = links
                .iter()
                .map(|(field, target)| {
                    let inner = format!("l_{field}");
                    format!(
                        "({alias}.{field} IS NULL OR EXISTS (SELECT 1 FROM {table} {inner} WHERE \
                         {inner}.company_id = {alias}.company_id AND {inner}.id = {alias}.{field} AND {seen}))",
                        table = objects::get(target).table(),
                        seen = spelled(objects::get(target), &inner, me)
                    )
                })
                .collect();
            format!("({alias}.owner_id = ?{me} OR ({}))", parts.join(" AND "))
        }
    }
}

/// The condition of a record that is seen with the one it belongs to.
fn parent(object: &'static Object, alias: &str, me: usize) -> String {
    let seen_in = |of: &'static Object, link: &str| {
        let inner = format!("p_{}", of.name);
        format!(
            "EXISTS (SELECT 1 FROM {table} {inner} WHERE {inner}.company_id = {alias}.company_id \
             AND {inner}.id = {alias}.{link} AND {seen})",
            table = of.table(),
            seen = spelled(of, &inner, me)
        )
    };
    // Either `object` and `record_id` name the record, or the first reference that is always there does.
    if object.field("record_id").is_none() {
        let link = object.references().find(|(_, field, _)| field.required);
        return link.map_or_else(|| "FALSE".to_owned(), |(_, field, of)| seen_in(objects::get(of), field.name));
    }
    let parts: Vec<String> = objects::ALL
        .iter()
        .filter(|of| of.visibility != Visibility::Parent)
        .map(|of| match of.visibility {
            Visibility::Company => format!("{alias}.object = {}", of.code),
            _ => format!("({alias}.object = {} AND {})", of.code, seen_in(of, "record_id")),
        })
        .collect();
    format!("({})", parts.join(" OR "))
}
