//! Values that are made on output: one `match` over [`Compute`].

use penstock_crm::{Lookup, Page};
use penstock_model::{
    CompanySchema, Kind, Object, UserId, ValueRef, currency,
    field::Compute,
    time::{DAY, SECOND, Spelling, local_date},
};

use super::{plan::Plan, record::Extras, scalar};

/// The host of smart-BCC addresses (pipedrive-contract 12.24).
pub(super) const MAIL_HOST: &str = "pipedrivemail.com";

/// An input of a computed value, found once for all rows.
#[derive(Clone, Copy)]
pub(crate) struct Input {
    /// Its column in the page.
    pub(crate) column: usize,
    /// The object that it refers to.
    pub(crate) to: Option<&'static Object>,
    /// The number of the lookup of what it refers to, when the value needs more than its id.
    pub(crate) lookup: Option<usize>,
}

/// The references of an object whose records a computed value needs, and which fields of them.
pub(super) fn wants(how: Compute, object: &'static Object) -> Vec<(&'static str, &'static [&'static str])> {
    match how {
        Compute::Weighted { stage, pipeline, .. } | Compute::FormattedWeighted { stage, pipeline, .. } => {
            vec![(stage, &["deal_probability"]), (pipeline, &["deal_probability"])]
        }
        Compute::RottenTime { stage, .. } => vec![(stage, &["rot_enabled", "rotten_days"])],
        Compute::Hidden { reference } => vec![(reference, &[])],
        Compute::LinkedName { reference } => {
            let shown = object.target(reference).map_or(&[] as &[_], |to| std::slice::from_ref(&to.title));
            vec![(reference, shown)]
        }
        Compute::Author { user } => vec![(user, &["name", "email", "icon_url"])],
        _ => Vec::new(),
    }
}

/// What a computed value may look at.
pub(super) struct Inputs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) page: &'a Page,
    pub(super) row: usize,
    pub(super) lookups: &'a [Lookup],
    pub(super) schema: &'a CompanySchema,
    pub(super) user: UserId,
    pub(super) now: i64,
    pub(super) extras: &'a Extras,
}

impl<'a> Inputs<'a> {
    fn cell(&self, input: Input) -> ValueRef<'a> {
        self.page.get(self.row, input.column)
    }
    fn int(&self, input: Input) -> Option<i64> {
        self.cell(input).int()
    }
    fn text(&self, input: Input) -> Option<&'a str> {
        self.cell(input).text()
    }
    /// The lookup and the row of the record that an input refers to.
    fn referenced(&self, input: Input) -> Option<(&'a Lookup, usize)> {
        let lookup = self.lookups.get(input.lookup?)?;
        Some((lookup, lookup.row(self.int(input)?)?))
    }
}

/// Writes a computed value.
pub(super) fn write(out: &mut Vec<u8>, how: &Compute<Input>, inputs: &Inputs<'_>) {
    match *how {
        Compute::Active { status, is_deleted } => {
            scalar::flag(out, inputs.text(status) == Some("open") && !inputs.cell(is_deleted).truth());
        }
        Compute::Status { is_deleted, .. } if inputs.cell(is_deleted).truth() => scalar::string(out, "deleted"),
        Compute::Status { status, .. } => scalar::string(out, inputs.text(status).unwrap_or("open")),
        Compute::FirstCharacter { text } => match inputs.text(text).and_then(|t| t.chars().next()) {
            Some(first) => scalar::string(out, &first.to_lowercase().collect::<String>()),
            None => scalar::null(out),
        },
        Compute::Formatted { amount, currency } => formatted(out, inputs.int(amount), inputs.text(currency)),
        Compute::Weighted { value, probability, stage, pipeline } => {
            scalar::money(out, weighted(inputs, value, probability, stage, pipeline));
        }
        Compute::FormattedWeighted { value, probability, stage, pipeline, currency } => {
            formatted(out, Some(weighted(inputs, value, probability, stage, pipeline)), inputs.text(currency));
        }
        Compute::RecordMail { record } => record_mail(out, inputs, record),
        Compute::CompanyMail => scalar::string(out, &format!("{}@{MAIL_HOST}", inputs.schema.domain)),
        Compute::LocalDay { moment } => match inputs.int(moment) {
            Some(moment) => scalar::string(out, &local_date(moment, &inputs.schema.timezone)),
            None => scalar::null(out),
        },
        Compute::Hidden { reference } => {
            scalar::flag(out, inputs.referenced(reference).is_some_and(|(lookup, row)| !lookup.visible(row)));
        }
        Compute::CompanyId => scalar::int(out, inputs.schema.company.get()),
        Compute::Nothing | Compute::Concerned { .. } => scalar::null(out),
        Compute::No => scalar::flag(out, false),
        Compute::Yes => scalar::flag(out, true),
        Compute::Word(word) => scalar::string(out, word),
        Compute::RottenTime { .. } => rotten(out, how, inputs),
        Compute::Activity { activity } => match inputs.int(activity).and_then(|id| inputs.extras.activities.get(&id)) {
            Some(rendered) => out.extend_from_slice(rendered),
            None => scalar::null(out),
        },
        Compute::Age { add_time, close_time } => {
            span(out, inputs.int(add_time), inputs.int(close_time).or(Some(inputs.now)));
        }
        Compute::TimeToWon { add_time, won_time } => span(out, inputs.int(add_time), inputs.int(won_time)),
        Compute::StageTimes { .. } => stage_times(out, inputs),
        Compute::StageProgress { .. } => scalar::real(out, inputs.extras.stage_progress),
        Compute::ActivityTypeName { key } => {
            let key = inputs.text(key).unwrap_or("");
            let named = inputs.schema.activity_types.iter().find(|(k, _)| &**k == key);
            scalar::string(out, named.map_or(key, |(_, name)| name));
        }
        Compute::LinkedName { reference } => linked_name(out, inputs, reference),
        Compute::Author { user } => author(out, inputs, user),
        Compute::IsYou { user } => scalar::flag(out, inputs.int(user) == Some(inputs.user.get())),
        Compute::ZoneOffset { zone } => {
            scalar::string(out, &zone_offset(inputs.text(zone).unwrap_or("UTC"), inputs.now));
        }
        Compute::AppAccess { is_admin } => app_access(out, inputs.cell(is_admin).truth()),
    }
}

fn formatted(out: &mut Vec<u8>, amount: Option<i64>, code: Option<&str>) {
    match amount {
        Some(amount) => scalar::string(out, &currency::display(amount, code.unwrap_or(""))),
        None => scalar::null(out),
    }
}

/// Value times probability: the deal's own, else its stage's when the pipeline uses them (pipedrive-contract 12.5).
fn weighted(inputs: &Inputs<'_>, value: Input, probability: Input, stage: Input, pipeline: Input) -> i64 {
    let value = inputs.int(value).unwrap_or(0);
    let uses = inputs.referenced(pipeline).is_some_and(|(l, row)| l.get(row, "deal_probability").truth());
    if !uses {
        return value;
    }
    let percent = match inputs.cell(probability) {
        ValueRef::Real(p) => p,
        _ => inputs
            .referenced(stage)
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

fn record_mail(out: &mut Vec<u8>, inputs: &Inputs<'_>, record: Input) {
    match inputs.int(record) {
        Some(id) => {
            let about = record.to.unwrap_or(inputs.plan.object);
            scalar::string(out, &mail_address(&inputs.schema.domain, about, id));
        }
        None => scalar::null(out),
    }
}

/// The address that mails about a record are copied to: its own, or the company's.
pub(crate) fn mail_address(domain: &str, about: &Object, id: i64) -> String {
    if about.has_mail_address {
        format!("{domain}+{}{id}@{MAIL_HOST}", about.name)
    } else {
        format!("{domain}@{MAIL_HOST}")
    }
}

/// An open deal rots when nothing happened for the stage's days and nothing is planned.
fn rotten(out: &mut Vec<u8>, how: &Compute<Input>, inputs: &Inputs<'_>) {
    let Compute::RottenTime { status, is_deleted, stage, next_activity, stage_change_time, add_time, update_time } =
        *how
    else {
        return scalar::null(out);
    };
    let is_open = inputs.text(status) == Some("open") && !inputs.cell(is_deleted).truth();
    let is_left_alone = is_open && inputs.cell(next_activity).is_null();
    let stage = inputs.referenced(stage).filter(|(l, row)| l.get(*row, "rot_enabled").truth());
    let days = stage.and_then(|(l, row)| l.get(row, "rotten_days").int());
    let touched = [stage_change_time, add_time, update_time].into_iter().filter_map(|time| inputs.int(time)).max();
    match (is_left_alone, days, touched) {
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

fn linked_name(out: &mut Vec<u8>, inputs: &Inputs<'_>, reference: Input) {
    let found = reference.to.and_then(|to| Some((to, inputs.referenced(reference)?)));
    let Some((to, (lookup, row))) = found else { return scalar::null(out) };
    out.push(b'{');
    scalar::key(out, to.title);
    let shown = if lookup.visible(row) { lookup.get(row, to.title).text().unwrap_or("") } else { "(hidden)" };
    scalar::string(out, shown);
    out.push(b'}');
}

fn author(out: &mut Vec<u8>, inputs: &Inputs<'_>, user: Input) {
    let Some((lookup, row)) = inputs.referenced(user) else { return scalar::null(out) };
    out.push(b'{');
    for key in ["email", "name", "icon_url"] {
        scalar::key(out, key);
        super::codec::plain(out, Kind::Text, lookup.get(row, key));
    }
    scalar::key(out, "is_you");
    scalar::flag(out, inputs.int(user) == Some(inputs.user.get()));
    out.push(b'}');
}

fn zone_offset(zone: &str, now: i64) -> String {
    penstock_model::time::zone_offset(now, zone)
}

/// The applications that a user may use (pipedrive-contract 3.9). There are no permission sets yet: none is named.
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
        scalar::null(out);
        out.push(b'}');
    }
    out.push(b']');
}
