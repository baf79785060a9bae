//! Values that are made on output: one `match` over [`Compute`].

use penstock_crm::{Lookup, Page};
use penstock_model::{
    CompanyId, CompanySchema, Kind, Object, UserId, ValueRef, currency,
    field::Compute,
    time::{DAY, SECOND, Spelling, local_date},
};

use super::{
    plan::{Plan, Wanted},
    record::Extras,
    scalar,
};

/// The host of smart-BCC addresses (pipedrive-contract 12.24).
pub(crate) const MAIL_HOST: &str = "pipedrivemail.com";

/// The records that a computed value needs: `(object, reference column, fields)`.
pub(super) fn wants(
    how: Compute,
    object: &'static Object,
    from: &[&'static str],
) -> Vec<(&'static str, &'static str, &'static [&'static str])> {
    let target = |name: &str| match object.field(name).map(|f| f.kind) {
        Some(Kind::Reference(to)) => Some(to),
        _ => None,
    };
    match how {
        Compute::Weighted | Compute::FormattedWeighted => {
            vec![("stage", "stage_id", &["deal_probability"]), ("pipeline", "pipeline_id", &["deal_probability"])]
        }
        Compute::RottenTime => vec![("stage", "stage_id", &["rot_enabled", "rotten_days"])],
        Compute::Hidden => from.iter().filter_map(|n| target(n).map(|to| (to, *n, &[] as &[_]))).collect(),
        Compute::LinkedName => {
            let shown = |to| if matches!(to, "deal" | "lead") { &["title"] as &'static [_] } else { &["name"] };
            from.iter().filter_map(|n| target(n).map(|to| (to, *n, shown(to)))).collect()
        }
        Compute::Author => from.iter().map(|n| ("user", *n, &["name", "email", "icon_url"] as &[_])).collect(),
        _ => Vec::new(),
    }
}

/// What a computed value may look at.
pub(super) struct Inputs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) page: &'a Page,
    pub(super) row: usize,
    pub(super) columns: &'a [usize],
    pub(super) lookups: &'a [Lookup],
    pub(super) schema: &'a CompanySchema,
    pub(super) user: UserId,
    pub(super) now: i64,
    pub(super) extras: &'a Extras,
}

impl<'a> Inputs<'a> {
    fn cell(&self, at: usize) -> ValueRef<'a> {
        self.columns.get(at).map_or(ValueRef::Null, |column| self.page.get(self.row, *column))
    }
    fn text(&self, at: usize) -> Option<&'a str> {
        self.cell(at).text()
    }
    /// The lookup of an object and the row of the record that a cell refers to.
    fn referenced(&self, object: &str, at: usize) -> Option<(&'a Lookup, usize)> {
        let number = self.plan.wanted.iter().position(|w: &Wanted| w.object.name == object)?;
        let lookup = self.lookups.get(number)?;
        Some((lookup, lookup.row(self.cell(at).int()?)?))
    }
    /// The object that a cell refers to, by the column's kind.
    fn target(&self, at: usize) -> Option<&'static str> {
        match self.plan.columns.get(*self.columns.get(at)?) {
            Some(penstock_store::sql::Column::Field(field)) => match field.kind {
                Kind::Reference(to) => Some(to),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Writes a computed value.
pub(super) fn write(out: &mut Vec<u8>, how: Compute, inputs: &Inputs<'_>) {
    match how {
        Compute::Active => scalar::flag(out, inputs.text(0) == Some("open") && !inputs.cell(1).truth()),
        Compute::Status if inputs.cell(1).truth() => scalar::string(out, "deleted"),
        Compute::Status => scalar::string(out, inputs.text(0).unwrap_or("open")),
        Compute::FirstCharacter => match inputs.text(0).and_then(|t| t.chars().next()) {
            Some(first) => scalar::string(out, &first.to_lowercase().collect::<String>()),
            None => scalar::null(out),
        },
        Compute::Formatted => formatted(out, inputs.cell(0).int(), inputs.text(1)),
        Compute::Weighted => scalar::money(out, weighted(inputs)),
        Compute::FormattedWeighted => formatted(out, Some(weighted(inputs)), inputs.text(4)),
        Compute::RecordMail => record_mail(out, inputs),
        Compute::CompanyMail => scalar::string(out, &format!("{}@{MAIL_HOST}", inputs.schema.domain)),
        Compute::LocalDay => match inputs.cell(0).int() {
            Some(moment) => scalar::string(out, &local_date(moment, &inputs.schema.timezone)),
            None => scalar::null(out),
        },
        Compute::Hidden => {
            let seen = inputs.target(0).and_then(|to| inputs.referenced(to, 0));
            scalar::flag(out, seen.is_some_and(|(lookup, row)| !lookup.visible(row)));
        }
        Compute::CompanyId => scalar::int(out, inputs.schema.company.get()),
        Compute::Nothing | Compute::MoneyPair | Compute::Concerned => scalar::null(out),
        Compute::No => scalar::flag(out, false),
        Compute::Yes => scalar::flag(out, true),
        Compute::Word(word) => scalar::string(out, word),
        Compute::RottenTime => rotten(out, inputs),
        Compute::Activity => match inputs.cell(0).int().and_then(|id| inputs.extras.activities.get(&id)) {
            Some(rendered) => out.extend_from_slice(rendered),
            None => scalar::null(out),
        },
        Compute::Age => span(out, inputs.cell(0).int(), inputs.cell(1).int().or(Some(inputs.now))),
        Compute::TimeToWon => span(out, inputs.cell(0).int(), inputs.cell(1).int()),
        Compute::StageTimes => stage_times(out, inputs),
        Compute::StageProgress => scalar::real(out, inputs.extras.stage_progress),
        Compute::ActivityTypeName => {
            let key = inputs.text(0).unwrap_or("");
            let named = inputs.schema.activity_types.iter().find(|(k, _)| &**k == key);
            scalar::string(out, named.map_or(key, |(_, name)| name));
        }
        Compute::LinkedName => linked_name(out, inputs),
        Compute::Author => author(out, inputs),
        Compute::IsYou => scalar::flag(out, inputs.cell(0).int() == Some(inputs.user.get())),
        Compute::ZoneOffset => scalar::string(out, &zone_offset(inputs.text(0).unwrap_or("UTC"), inputs.now)),
        Compute::AppAccess => app_access(out, inputs.cell(0).truth()),
    }
}

fn formatted(out: &mut Vec<u8>, amount: Option<i64>, code: Option<&str>) {
    match amount {
        Some(amount) => scalar::string(out, &currency::display(amount, code.unwrap_or(""))),
        None => scalar::null(out),
    }
}

/// Value times probability: the deal's own, else its stage's when the pipeline uses them (pipedrive-contract 12.5).
fn weighted(inputs: &Inputs<'_>) -> i64 {
    let value = inputs.cell(0).int().unwrap_or(0);
    let uses = inputs.referenced("pipeline", 3).is_some_and(|(l, row)| l.get(row, "deal_probability").truth());
    if !uses {
        return value;
    }
    let percent = match inputs.cell(1) {
        ValueRef::Real(p) => p,
        _ => inputs
            .referenced("stage", 2)
            .and_then(|(l, row)| l.get(row, "deal_probability").int())
            .map_or(100.0, |p| f64::from(i32::try_from(p).unwrap_or(100))),
    };
    weigh(value, percent)
}

/// An amount times a percentage, rounded half away from zero; percentages count to a millionth.
pub(crate) fn weigh(value: i64, percent: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "percentages are at most 100")]
    let millionths = (percent * 10_000.0).round() as i64;
    let product = i128::from(value) * i128::from(millionths);
    let half = if product < 0 { -500_000 } else { 500_000 };
    i64::try_from((product + half) / 1_000_000).unwrap_or(i64::MAX)
}

fn record_mail(out: &mut Vec<u8>, inputs: &Inputs<'_>) {
    let Some(id) = inputs.cell(0).int() else { return scalar::null(out) };
    let domain = &inputs.schema.domain;
    let about = inputs.target(0).unwrap_or(inputs.plan.object.name);
    let address = match about {
        "deal" | "lead" => format!("{domain}+{about}{id}@{MAIL_HOST}"),
        _ => format!("{domain}@{MAIL_HOST}"),
    };
    scalar::string(out, &address);
}

/// An open deal rots when nothing happened for the stage's days and nothing is planned.
fn rotten(out: &mut Vec<u8>, inputs: &Inputs<'_>) {
    let open = inputs.text(0) == Some("open") && !inputs.cell(1).truth() && inputs.cell(3).is_null();
    let stage = inputs.referenced("stage", 2).filter(|(l, row)| l.get(*row, "rot_enabled").truth());
    let days = stage.and_then(|(l, row)| l.get(row, "rotten_days").int());
    let touched = (4..=6).filter_map(|at| inputs.cell(at).int()).max();
    match (open, days, touched) {
        (true, Some(days), Some(touched)) => scalar::moment(out, touched + days * DAY, Spelling::Space),
        _ => scalar::null(out),
    }
}

/// `{y, m, d, h, i, s, total_seconds}` between two moments; zeros when the end is unset.
fn span(out: &mut Vec<u8>, from: Option<i64>, until: Option<i64>) {
    let total = match (from, until) {
        (Some(from), Some(until)) => (until - from).max(0) / SECOND,
        _ => 0,
    };
    let days = total / 86_400;
    let parts = [
        ("y", days / 365),
        ("m", days % 365 / 30),
        ("d", days % 365 % 30),
        ("h", total / 3600 % 24),
        ("i", total / 60 % 60),
        ("s", total % 60),
        ("total_seconds", total),
    ];
    out.push(b'{');
    for (key, number) in parts {
        scalar::key(out, key);
        scalar::int(out, number);
    }
    out.push(b'}');
}

fn stage_times(out: &mut Vec<u8>, inputs: &Inputs<'_>) {
    out.extend_from_slice(b"{\"times_in_stages\":{");
    for (stage, seconds) in &inputs.extras.stage_seconds {
        scalar::key(out, &stage.to_string());
        scalar::int(out, *seconds);
    }
    out.extend_from_slice(b"},\"order_of_stages\":[");
    for (position, (stage, _)) in inputs.extras.stage_seconds.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        scalar::int(out, *stage);
    }
    out.extend_from_slice(b"]}");
}

fn linked_name(out: &mut Vec<u8>, inputs: &Inputs<'_>) {
    let found = inputs.target(0).and_then(|to| inputs.referenced(to, 0).map(|found| (to, found)));
    let Some((to, (lookup, row))) = found else { return scalar::null(out) };
    let name = if matches!(to, "deal" | "lead") { "title" } else { "name" };
    out.push(b'{');
    scalar::key(out, name);
    let shown = if lookup.visible(row) { lookup.get(row, name).text().unwrap_or("") } else { "(hidden)" };
    scalar::string(out, shown);
    out.push(b'}');
}

fn author(out: &mut Vec<u8>, inputs: &Inputs<'_>) {
    let Some((lookup, row)) = inputs.referenced("user", 0) else { return scalar::null(out) };
    out.push(b'{');
    for key in ["email", "name", "icon_url"] {
        scalar::key(out, key);
        super::codec::plain(out, Kind::Text, lookup.get(row, key));
    }
    scalar::key(out, "is_you");
    scalar::flag(out, inputs.cell(0).int() == Some(inputs.user.get()));
    out.push(b'}');
}

fn zone_offset(zone: &str, now: i64) -> String {
    penstock_model::time::zone_offset(now, zone)
}

/// The applications that a user may use (pipedrive-contract 3.9). Permission sets come with roles.
fn app_access(out: &mut Vec<u8>, admin: bool) {
    out.push(b'[');
    for (position, app) in ["global", "sales", "account_settings"].into_iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        out.push(b'{');
        scalar::key(out, "app");
        scalar::string(out, app);
        scalar::key(out, "admin");
        scalar::flag(out, admin);
        scalar::key(out, "permission_set_id");
        let set = penstock_model::uuid::spell(
            CompanyId::SERVER,
            255,
            i64::try_from(position).unwrap_or(0) * 2 + i64::from(admin),
        );
        scalar::string(out, &set);
        out.push(b'}');
    }
    out.push(b']');
}
