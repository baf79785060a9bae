//! Random filters, asked of both engines and worked out in memory over the same records: they must choose the same.

use std::collections::HashMap;

use penstock_crm::{List, Reader, participants};
use penstock_model::{
    Field, Kind, Object, Result, Value,
    filter::{Expr, Link, Op, Operand, RelativeDate, Test, Today},
    kind::{Strictness, fold, id_list, parse},
    objects::{DEAL, ORGANIZATION, PARTICIPANT, PERSON},
};
use penstock_store::sql::Record;
use serde_json::{Value as Json, json};

use crate::{
    fields::define,
    random::Dice,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, tenants},
};

const OBJECTS: [&Object; 4] = [&DEAL, &PERSON, &ORGANIZATION, &PARTICIPANT];
const WORDS: [&str; 9] = ["Ärger", "boot", "Boot and boat", "CAR", "a%b", "a_b", "Straße", "x", ""];
const DAYS: [&str; 4] = ["2026-02-28", "2026-03-02", "2026-03-03", "2026-04-01"];

/// The custom fields of deals.
#[derive(Clone, Copy)]
struct Custom {
    text: u32,
    number: u32,
    day: u32,
    set: u32,
    person: u32,
}

impl Custom {
    async fn define(tenant: &TestCompany) -> Self {
        let number = async |field_type, options| {
            u32::try_from(define(tenant, &DEAL, field_type, options).await.unwrap().id()).unwrap()
        };
        Self {
            text: number("varchar", &[]).await,
            number: number("double", &[]).await,
            day: number("date", &[]).await,
            set: number("set", &["A", "B", "C"]).await,
            person: number("people", &[]).await,
        }
    }
}

fn field(object: &'static Object, name: &str) -> &'static Field {
    object.field(name).unwrap()
}

fn word(dice: &mut Dice) -> Value {
    let text = dice.pick(&WORDS);
    if text.is_empty() { "y".into() } else { text.into() }
}

/// Some records of each object, some hidden, some deleted.
async fn furnish(tenant: &TestCompany, dice: &mut Dice, custom: Custom, options: &[i64]) {
    let shared = |dice: &mut Dice| Value::Int(dice.pick(&[1, 3, 3]));
    let maybe = |dice: &mut Dice, value: Value| if dice.roll(3) == 0 { Value::Null } else { value };
    for _ in 0..8 {
        let fields = [("name", word(dice)), ("visible_to", shared(dice))];
        tenant.create(dice.pick(&[ANN, BOB]), &ORGANIZATION, patch(&ORGANIZATION, fields)).await.unwrap();
    }
    for number in 0..12 {
        let emails: Vec<String> = (0..dice.roll(3)).map(|at| format!("P{number}.{at}@x.example")).collect();
        let emails = parse(Kind::Emails, &json!(emails), Strictness::Lenient, "emails", &[]).unwrap();
        let organization = Value::Int(dice.roll(8) + 1);
        let fields = [
            ("name", word(dice)),
            ("visible_to", shared(dice)),
            ("org_id", maybe(dice, organization)),
            ("emails", emails),
        ];
        // Who does not see the organization may not name it: then there is one record less.
        drop(tenant.create(dice.pick(&[ADMIN, ANN]), &PERSON, patch(&PERSON, fields)).await);
    }
    for number in 0..30 {
        tenant.clock.set(&format!("2026-03-{:02} 22:{:02}:00", number % 5 + 1, number));
        let (person, organization) = (Value::Int(dice.roll(10) + 1), Value::Int(dice.roll(8) + 1));
        let day = dice.pick(&DAYS).into();
        let mut deal = patch(
            &DEAL,
            [
                ("title", word(dice)),
                ("visible_to", shared(dice)),
                ("value", Value::Int(dice.roll(4) * 10_000)),
                ("status", dice.pick(&["open", "won", "lost"]).into()),
                ("person_id", maybe(dice, person)),
                ("org_id", maybe(dice, organization)),
                ("expected_close_date", maybe(dice, day)),
            ],
        );
        #[expect(clippy::cast_precision_loss, reason = "small")]
        let quarter = Value::Real(dice.roll(4) as f64 / 4.0);
        let members: Vec<i64> = options.iter().copied().filter(|_| dice.roll(2) == 0).collect();
        let set = if members.is_empty() { Value::Null } else { id_list(&members).into() };
        let (text, day, person) = (word(dice), dice.pick(&DAYS).into(), Value::Int(dice.roll(10) + 1));
        deal.custom = vec![
            (custom.text, maybe(dice, text)),
            (custom.number, maybe(dice, quarter)),
            (custom.day, maybe(dice, day)),
            (custom.set, set),
            (custom.person, maybe(dice, person)),
        ];
        let user = dice.pick(&[ADMIN, ANN, BOB]);
        if let Ok(deal) = tenant.create(user, &DEAL, deal).await {
            let (id, person) = (deal.id(), dice.roll(10) + 1);
            drop(tenant.write(ADMIN, move |tx| participants::add(tx, id, person)).await);
        }
    }
    for (object, id) in [(&DEAL, 3), (&PERSON, 2), (&ORGANIZATION, 4)] {
        tenant.delete(ADMIN, object, id).await.unwrap();
    }
}

/// Every record, and whether a user sees it.
struct World {
    records: HashMap<&'static str, Vec<(Record, bool)>>,
    now: i64,
    zone: String,
}

impl World {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut records = HashMap::new();
        for object in OBJECTS {
            let mut all = Vec::new();
            for id in 1..60 {
                let seen = reader.can_see(object, id)?;
                let found = penstock_store::sql::find(reader.conn, object, reader.access.company(), id)?;
                all.extend(found.map(|record| (record, seen)));
            }
            records.insert(object.name, all);
        }
        Ok(Self { records, now: reader.now, zone: reader.schema.timezone.to_string() })
    }

    /// The records that a list shows.
    fn chosen(&self, object: &'static Object, filter: &Expr) -> Vec<i64> {
        let seen = self.records[object.name].iter().filter(|(_, seen)| *seen).map(|(record, _)| record);
        let alive = seen.filter(|r| !object.is_marked() || !r.get("is_deleted").truth());
        alive.filter(|record| self.holds(record, filter)).map(Record::id).collect()
    }

    fn holds(&self, record: &Record, filter: &Expr) -> bool {
        match filter {
            Expr::All(parts) => parts.iter().all(|part| self.holds(record, part)),
            Expr::Any(parts) => parts.iter().any(|part| self.holds(record, part)),
            Expr::Not(part) => !self.holds(record, part),
            Expr::Field(operand, test) => self.passes(record, *operand, test),
            Expr::Related(Link::To { field, object }, part) => {
                let named = members(record, *field);
                let passes = |other: &Record| named.contains(&Value::Int(other.id())) && self.holds(other, part);
                self.records[&**object].iter().any(|(other, seen)| *seen && passes(other))
            }
            Expr::Related(Link::From { object, field }, part) => {
                let id = Value::Int(record.id());
                let passes = |other: &Record| members(other, *field).contains(&id) && self.holds(other, part);
                self.records[&**object].iter().any(|(other, seen)| *seen && passes(other))
            }
        }
    }

    fn passes(&self, record: &Record, operand: Operand, test: &Test) -> bool {
        let values = members(record, operand);
        match test {
            Test::Empty => values.is_empty(),
            Test::In(wanted) => values.iter().any(|v| wanted.iter().any(|w| compares(operand, v, Op::Eq, w))),
            Test::Is(op, wanted) => values.iter().any(|v| compares(operand, v, *op, wanted)),
            Test::Relative(op, date) => {
                let kind = if let Operand::Column(field) = operand { field.kind } else { Kind::Date };
                let today = Today { now: self.now, zone: &self.zone };
                self.holds(record, &date.resolve(*op, &operand, kind, today))
            }
        }
    }
}

/// The values of a field: one, none when it is unset, or those of a list.
fn members(record: &Record, operand: Operand) -> Vec<Value> {
    let list = |json: Json| -> Vec<Value> {
        let one = |json: &Json| Value::from_json(if json.is_object() { &json["value"] } else { json });
        json.as_array().map_or_else(|| vec![one(&json)], |list| list.iter().map(one).collect())
    };
    match operand {
        Operand::Custom(number) => {
            let all: Json = record.custom.text().map_or(Json::Null, |t| serde_json::from_str(t).unwrap());
            all.get(number.to_string()).filter(|v| !v.is_null()).map_or_else(Vec::new, |v| list(v.clone()))
        }
        Operand::Column(field) => match record.get(field.name) {
            Value::Null => Vec::new(),
            Value::Text(text) if field.is_indexed_by_value() => list(serde_json::from_str(text).unwrap()),
            one => vec![one.clone()],
        },
    }
}

fn compares(operand: Operand, value: &Value, op: Op, wanted: &Value) -> bool {
    let folded = match operand {
        Operand::Custom(_) => true,
        Operand::Column(field) => field.has_key_column() || field.is_indexed_by_value(),
    };
    #[expect(clippy::cast_precision_loss, reason = "small")]
    let number = |value: &Value| match value {
        Value::Int(int) => Some(*int as f64),
        Value::Real(real) => Some(*real),
        _ => None,
    };
    let order = match (value, wanted) {
        (Value::Text(a), Value::Text(b)) => {
            let (a, b) = if folded { (fold(a), fold(b)) } else { (a.to_string(), b.to_string()) };
            match op {
                Op::StartsWith => return a.starts_with(&b),
                Op::Contains => return a.to_ascii_lowercase().contains(&b.to_ascii_lowercase()),
                _ => a.cmp(&b),
            }
        }
        _ => match (number(value), number(wanted)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            _ => return false,
        },
    };
    match op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::StartsWith | Op::Contains => false,
    }
}

/// Makes random filters.
struct Maker<'a> {
    dice: &'a mut Dice,
    custom: Custom,
    options: &'a [i64],
}

impl Maker<'_> {
    fn filter(&mut self, object: &'static Object, depth: usize) -> Expr {
        if depth == 0 {
            return self.test(object);
        }
        let parts = |maker: &mut Self| (0..maker.dice.roll(4)).map(|_| maker.filter(object, depth - 1)).collect();
        match self.dice.roll(8) {
            0 | 1 => Expr::All(parts(self)),
            2 | 3 => Expr::Any(parts(self)),
            4 => self.filter(object, depth - 1).negated(),
            5 => self.test(object),
            _ => self.related(object, depth - 1),
        }
    }

    fn related(&mut self, object: &'static Object, depth: usize) -> Expr {
        let to = |name: &str| Link::to(field(object, name));
        let from = |other: &'static Object, name: &str| Link::from(other, field(other, name));
        let person = Operand::Custom(self.custom.person);
        let links = match object.name {
            "deal" => vec![
                (to("person_id"), &PERSON),
                (to("org_id"), &ORGANIZATION),
                (from(&PARTICIPANT, "deal_id"), &PARTICIPANT),
                (Link::To { field: person, object: "person".into() }, &PERSON),
            ],
            "person" => vec![
                (to("org_id"), &ORGANIZATION),
                (from(&DEAL, "person_id"), &DEAL),
                (from(&PARTICIPANT, "person_id"), &PARTICIPANT),
                (Link::From { object: "deal".into(), field: person }, &DEAL),
            ],
            "organization" => vec![(from(&DEAL, "org_id"), &DEAL), (from(&PERSON, "org_id"), &PERSON)],
            _ => vec![(to("deal_id"), &DEAL), (to("person_id"), &PERSON)],
        };
        let (link, other) = self.dice.pick(&links);
        Expr::related(link, self.filter(other, depth))
    }

    fn test(&mut self, object: &'static Object) -> Expr {
        let column = |name: &str| Operand::Column(field(object, name));
        let operands: Vec<(Operand, &str)> = match object.name {
            "deal" => vec![
                (column("title"), "text"),
                (column("status"), "word"),
                (column("value"), "money"),
                (column("owner_id"), "id"),
                (column("id"), "id"),
                (column("org_id"), "id"),
                (column("expected_close_date"), "day"),
                (column("add_time"), "moment"),
                (Operand::Custom(self.custom.text), "text"),
                (Operand::Custom(self.custom.number), "number"),
                (Operand::Custom(self.custom.day), "day"),
                (Operand::Custom(self.custom.set), "option"),
                (Operand::Custom(self.custom.person), "id"),
            ],
            "person" => vec![(column("name"), "text"), (column("emails"), "email"), (column("org_id"), "id")],
            "organization" => vec![(column("name"), "text"), (column("people_count"), "id")],
            _ => vec![(column("deal_id"), "id"), (column("person_id"), "id")],
        };
        let (operand, what) = self.dice.pick(&operands);
        let mut op = self.dice.pick(&[Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge, Op::StartsWith, Op::Contains]);
        let dated = matches!(what, "day" | "moment");
        if matches!(what, "option") {
            op = Op::Eq;
        }
        Expr::Field(
            operand,
            match self.dice.roll(6) {
                0 => Test::Empty,
                1 => Test::In((0..self.dice.roll(4)).map(|_| self.value(what)).collect()),
                2..4 if dated => Test::Relative(op, self.date()),
                _ => Test::Is(op, self.value(what)),
            },
        )
    }

    fn date(&mut self) -> RelativeDate {
        let number = i16::try_from(self.dice.roll(3) - 1).unwrap();
        let days = number.unsigned_abs();
        self.dice.pick(&[
            RelativeDate::Now,
            RelativeDate::Day(number),
            RelativeDate::Week(number),
            RelativeDate::Month(number),
            RelativeDate::LastDays(days),
            RelativeDate::NextDays(days),
        ])
    }

    #[expect(clippy::cast_precision_loss, reason = "small")]
    fn value(&mut self, what: &str) -> Value {
        match what {
            "text" => self.dice.pick(&["BOOT", "b", "ä", "%", "_", "straße", "a", ""]).into(),
            "word" => self.dice.pick(&["open", "won", "O", "o"]).into(),
            "money" => Value::Int(self.dice.roll(4) * 10_000),
            "number" => Value::Real(self.dice.roll(4) as f64 / 4.0),
            "day" => self.dice.pick(&DAYS).into(),
            "moment" => Value::Int(penstock_model::time::parse("2026-03-03 00:00:00").unwrap()),
            "option" => Value::Int(self.dice.pick(self.options)),
            "email" => self.dice.pick(&["p3.0@X.example", "P", "x.EX", ".1@"]).into(),
            _ => Value::Int(self.dice.roll(9)),
        }
    }
}

#[tokio::test]
async fn random_filters_choose_what_they_mean() {
    const FILTERS: usize = 1200;
    for tenant in tenants().await {
        let mut dice = Dice::new(20_261_128);
        let custom = Custom::define(&tenant).await;
        let number = custom.set;
        let options = move |r: &mut Reader<'_>| {
            Ok(r.schema.by_number(number).unwrap().options.iter().map(|option| option.id).collect::<Vec<_>>())
        };
        let options = tenant.read(ADMIN, options).await.unwrap();
        furnish(&tenant, &mut dice, custom, &options).await;
        tenant.clock.set("2026-03-03 12:00:00");
        let mut some = 0;
        for user in [ADMIN, ANN, BOB] {
            let world = tenant.read(user, World::read).await.unwrap();
            for _ in 0..FILTERS / 3 {
                let object = dice.pick(&OBJECTS);
                let filter = Maker { dice: &mut dice, custom, options: &options }.filter(object, 3);
                let asked = filter.clone();
                let list = move |reader: &mut Reader<'_>| {
                    let page = reader.list(&List { filter: asked.clone(), ..List::all(object, &[], 100) })?;
                    Ok((0..page.len()).map(|row| page.id(row)).collect::<Vec<_>>())
                };
                let found = tenant.read(user, list).await;
                let found = found.unwrap_or_else(|e| panic!("{object:?} {filter:?}: {e}"));
                let all = world.records[object.name].len();
                some += usize::from(!found.is_empty() && found.len() < all);
                assert_eq!(found, world.chosen(object, &filter), "{object:?} for {user}: {filter:?}");
            }
        }
        assert!(some > FILTERS / 4, "{some} filters chose some records and not all");
    }
}

#[tokio::test]
async fn a_hidden_related_record_fulfils_no_condition() {
    for tenant in tenants().await {
        let hidden = patch(&PERSON, [("name", "Carol".into()), ("visible_to", 1.into())]);
        let person = tenant.create(ANN, &PERSON, hidden).await.unwrap().id();
        let deal = patch(&DEAL, [("title", "x".into()), ("person_id", person.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        let named =
            |name: &str| Expr::related(Link::to(field(&DEAL, "person_id")), Expr::eq(field(&PERSON, "name"), name));
        for (user, filter, expected) in [
            (ANN, named("carol"), vec![deal]),
            (ADMIN, named("carol"), vec![deal]),
            (BOB, named("carol"), vec![]),
            (BOB, named("carol").negated(), vec![deal]),
            (ANN, named("carol").negated(), vec![]),
        ] {
            let list = move |reader: &mut Reader<'_>| {
                let page = reader.list(&List { filter: filter.clone(), ..List::all(&DEAL, &[], 9) })?;
                Ok((0..page.len()).map(|row| page.id(row)).collect::<Vec<_>>())
            };
            assert_eq!(tenant.read(user, list).await.unwrap(), expected, "{user}");
        }
    }
}
