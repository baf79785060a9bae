//! Lists as the query asks for them: filters, order, page.

use penstock_crm::{List, Reader};
use penstock_model::{
    Access, Code, CompanySchema, Error, Faults, Field, Kind, Object, Result, Value,
    filter::{Expr, Link, Op, Operand},
    objects, time, uuid,
};
use penstock_store::sql::{Column, Deleted, Direction};

use crate::{
    call::Call,
    cursor::Place,
    operations::{Paging, Param, ParamEffect, ParamType, Version},
    order,
};

/// The page size when none is asked for, and the largest (pipedrive-contract 2.3).
pub(crate) const LIMIT: i64 = 100;
pub(crate) const LARGEST: i64 = 500;

/// Lists that are never paged end here: pipelines, types, labels, followers.
const EVERYTHING: i64 = 100_000;

/// A list's page: what was asked, one record more than shown.
pub(crate) struct ListRequest<'a> {
    pub(crate) list: List<'a>,
    pub(crate) start: i64,
    pub(crate) limit: i64,
}

/// Reads the query of a list operation. `base` restricts it further.
pub(crate) fn list<'a>(
    call: &Call,
    reader: &mut Reader<'_>,
    columns: &'a [Column],
    base: Expr,
) -> Result<ListRequest<'a>> {
    let object = call.object();
    let mut list = List::all(object, columns, LIMIT + 1);
    list.filter = base;
    let mut faults = Faults::up_to(if call.version() == Version::V1 { 1 } else { Faults::MOST });
    for param in call.operation.params {
        let outcome = narrow(call, reader, param, &mut list);
        faults.take(outcome);
        if faults.is_full() {
            break;
        }
    }
    faults.into_result()?;
    list.order = order::read(call, &reader.schema)?;
    let archived =
        call.operation.params.iter().any(|p| p.does == ParamEffect::Archived && call.param(p.name).is_some());
    if let Some(field) = object.field("is_archived").filter(|_| !archived) {
        add(&mut list, Expr::eq(field, false));
    }
    let (start, limit) = page(call, &reader.schema, &mut list)?;
    Ok(ListRequest { list, start, limit })
}

/// Narrows a list by one parameter.
fn narrow(call: &Call, reader: &mut Reader<'_>, param: &Param, list: &mut List<'_>) -> Result<()> {
    let given = call.param(param.name);
    if let Some(text) = given {
        fits(call, param, text)?;
    } else if param.required {
        return Err(Error::parameter(param.name, "is required"));
    }
    match given {
        _ if is_set_aside(call, param)? => Ok(()),
        Some(text) => apply(call, reader, param, text, list),
        None => left_out(reader, param, list),
    }
}

fn field_of(object: &'static Object, name: &str) -> Result<&'static Field> {
    object.known(name)
}

/// The records that some row of a link table names in `record`, beside the other record's number in `column`.
pub(crate) fn linked(object: &str, record: &str, column: &str, value: i64) -> Result<Expr> {
    let object = objects::get(object);
    let names_it = Expr::eq(field_of(object, column)?, value);
    Ok(Expr::related(Link::from(object, field_of(object, record)?), names_it))
}

fn add(list: &mut List<'_>, expr: Expr) {
    let filter = std::mem::replace(&mut list.filter, Expr::everything());
    list.filter = filter.and(expr);
}

fn apply(call: &Call, reader: &mut Reader<'_>, param: &Param, text: &str, list: &mut List<'_>) -> Result<()> {
    let (object, access) = (list.object, reader.access);
    let column = |name: &str| field_of(object, name).map(Operand::Column);
    let value = || taken(call, access, param, text, object);
    let compare = |name: &str, op| -> Result<Expr> { Ok(Expr::is(column(name)?, op, value()?)) };
    match param.does {
        ParamEffect::Equal(name) => add(list, compare(name, Op::Eq)?),
        ParamEffect::From(name) => add(list, compare(name, Op::Ge)?),
        ParamEffect::Until(name) => add(list, compare(name, Op::Lt)?),
        ParamEffect::FromDay(name) => add(list, day(object, name, param, text, Op::Ge)?),
        ParamEffect::UntilDay(name) => add(list, day(object, name, param, text, Op::Le)?),
        ParamEffect::StartsWith(name) => add(list, compare(name, Op::StartsWith)?),
        ParamEffect::Ids => {
            let ids = call.ids(param.name)?;
            if ids.len() > 100 {
                return Err(Error::parameter(param.name, "must name at most 100 records"));
            }
            add(list, Expr::one_of(column("id")?, ids));
        }
        ParamEffect::Except => {
            add(list, Expr::one_of(column("id")?, call.ids(param.name)?).negated());
        }
        ParamEffect::Linked { object, record, column } => {
            add(list, linked(object, record, column, value()?.int().unwrap_or(0))?);
        }
        ParamEffect::OfUser(name) => {
            if let Some(user) = value()?.int().filter(|user| *user != 0) {
                add(list, Expr::eq(field_of(object, name)?, user));
            }
        }
        ParamEffect::Mine(name) => {
            if call.flag(param.name)? == Some(true) {
                add(list, Expr::eq(field_of(object, name)?, access.user()));
            }
        }
        ParamEffect::DealStatus => deal_status(call, param, list)?,
        ParamEffect::Archived => match text {
            "archived" => add(list, Expr::eq(field_of(object, "is_archived")?, true)),
            "not_archived" => add(list, Expr::eq(field_of(object, "is_archived")?, false)),
            _ => {}
        },
        ParamEffect::Types(name) => {
            add(list, Expr::one_of(column(name)?, call.parts(param.name)?));
        }
        ParamEffect::ByHandler | ParamEffect::Extension | ParamEffect::Everyone => {}
        ParamEffect::Unimplemented(_) if matches!(text, "0" | "false") => {}
        ParamEffect::Unimplemented(what) => {
            let message = format!("{}: {what} are not part of Penstock yet", param.name);
            return Err(Error::new(Code::NotImplemented, message).at(param.name));
        }
    }
    Ok(())
}

/// Checks a parameter against what it takes, whatever it does.
fn fits(call: &Call, param: &Param, text: &str) -> Result<()> {
    match param.takes {
        ParamType::Bool => call.flag(param.name).map(drop),
        ParamType::Int | ParamType::Start | ParamType::Limit => call.int(param.name).map(drop),
        ParamType::Ids => call.ids(param.name).map(drop),
        ParamType::Word(words) if !words.contains(&text) => {
            Err(Error::parameter(param.name, &format!("must be one of {}", words.join(", "))))
        }
        _ => Ok(()),
    }
}

/// What a parameter means that was not given.
fn left_out(reader: &Reader<'_>, param: &Param, list: &mut List<'_>) -> Result<()> {
    if let ParamEffect::OfUser(name) = param.does {
        add(list, Expr::eq(field_of(list.object, name)?, reader.access.user()));
    }
    Ok(())
}

/// Whether another parameter of the request takes this one's place.
fn is_set_aside(call: &Call, param: &Param) -> Result<bool> {
    for other in call.operation.params.iter().filter(|other| other.sets_aside.contains(&param.name)) {
        let in_force = match other.takes {
            ParamType::Bool => call.flag(other.name)? == Some(true),
            _ => call.param(other.name).is_some(),
        };
        if in_force {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A day as a bound, itself included, of a field that holds days or moments.
fn day(object: &'static Object, name: &str, param: &Param, text: &str, op: Op) -> Result<Expr> {
    let field = field_of(object, name)?;
    let day = time::parse_date(text).ok_or_else(|| Error::parameter(param.name, "must be a date as YYYY-MM-DD"))?;
    if field.kind == Kind::Date {
        return Ok(Expr::is(field, op, day));
    }
    let start = time::parse(&format!("{day} 00:00:00")).unwrap_or(0);
    let (op, bound) = if op == Op::Le { (Op::Lt, start + time::DAY) } else { (op, start) };
    Ok(Expr::is(field, op, bound))
}

/// `deleted`, and on v1 `all_not_deleted`, are states of their own beside the stored ones (live facts 2.10).
fn deal_status(call: &Call, param: &Param, list: &mut List<'_>) -> Result<()> {
    let status = field_of(list.object, "status")?;
    let words = call.parts(param.name)?;
    let first = call.version() == Version::V1;
    let known = |w: &&str| objects::DEAL_STATUS.contains(w) || *w == "deleted" || (first && *w == "all_not_deleted");
    if !words.iter().all(known) || (words.len() > 1 && first) {
        return Err(Error::parameter(param.name, "must be open, won, lost or deleted"));
    }
    let deleted = words.contains(&"deleted");
    let stored: Vec<Value> =
        words.iter().filter(|w| objects::DEAL_STATUS.contains(w)).map(|w| Value::from(*w)).collect();
    match (deleted, stored.len()) {
        (true, 0) => list.deleted = Deleted::Only,
        (false, 0) => {}
        (true, _) => {
            list.deleted = Deleted::Shown;
            let gone = Expr::eq(field_of(list.object, "is_deleted")?, true);
            add(list, Expr::Any(vec![gone, Expr::one_of(status, stored)]));
        }
        (false, 1) => add(list, Expr::eq(status, stored[0].clone())),
        (false, _) => add(list, Expr::one_of(status, stored)),
    }
    Ok(())
}

fn taken(call: &Call, access: &Access, param: &Param, text: &str, object: &Object) -> Result<Value> {
    let name = param.name;
    let wrong = |expected: &str| Error::parameter(name, expected);
    match param.takes {
        ParamType::Int => text.trim().parse().map(Value::Int).map_err(|_| wrong("must be a whole number")),
        ParamType::Bool => Ok(call.flag(name)?.map_or(Value::Null, Value::Bool)),
        ParamType::Date => {
            let day = time::parse_date(text).ok_or_else(|| wrong("must be a date as YYYY-MM-DD"))?;
            let compared = if let ParamEffect::From(field) | ParamEffect::Until(field) = param.does {
                object.field(field)
            } else {
                None
            };
            if compared.is_some_and(|f| f.kind == Kind::DateTime) {
                return Ok(time::parse(&format!("{day} 00:00:00")).map_or(Value::Null, Value::Int));
            }
            Ok(Value::from(day))
        }
        ParamType::Moment => {
            let parsed = if call.version() == Version::V1 { time::parse(text) } else { time::parse_strict(text) };
            let expected = if call.version() == Version::V1 { "YYYY-MM-DD HH:MM:SS" } else { "YYYY-MM-DDTHH:MM:SSZ" };
            parsed.map(Value::Int).ok_or_else(|| wrong(&format!("must be a time as {expected}")))
        }
        ParamType::Uuid => {
            let to = match param.does {
                ParamEffect::Equal(field) => object.field(field),
                _ => object.field(name),
            };
            let to = to.and_then(|f| if let Kind::Reference(to) = f.kind { Some(to) } else { None });
            let code = to.map_or(object.code, |to| objects::get(to).code);
            // A well-formed UUID that is none of ours names nothing.
            let id = uuid::parse(access.company(), code, text);
            if id.is_none() && text.len() != 36 {
                return Err(wrong("must be a UUID"));
            }
            Ok(Value::Int(id.unwrap_or(0)))
        }
        _ => Ok(Value::from(text)),
    }
}

/// The first key of the order: what a cursor holds.
pub(crate) fn first_key(list: &List<'_>) -> (&'static Field, Direction) {
    let id = list.object.id();
    list.order.first().map_or((id, Direction::Ascending), |(key, direction)| (key.field().unwrap_or(id), *direction))
}

fn page(call: &Call, schema: &CompanySchema, list: &mut List<'_>) -> Result<(i64, i64)> {
    let limit = call.int("limit")?;
    match call.operation.paging {
        Paging::None => {
            list.limit = EVERYTHING;
            Ok((0, EVERYTHING))
        }
        Paging::OffsetIfAsked if call.param("start").is_none() && limit.is_none() => {
            list.limit = EVERYTHING;
            Ok((0, EVERYTHING))
        }
        Paging::Offset | Paging::OffsetIfAsked => {
            let start = call.int("start")?.unwrap_or(0);
            if start < 0 {
                return Err(Error::parameter("start", "must not be negative"));
            }
            let limit = bounded(call, limit)?;
            (list.offset, list.limit) = (start, limit + 1);
            Ok((start, limit))
        }
        Paging::Cursor => {
            let limit = bounded(call, limit)?;
            let (field, direction) = first_key(list);
            if let Some(text) = call.param("cursor") {
                list.after = Some(Place::new(call, schema, field, direction).read(text)?);
            }
            list.limit = limit + 1;
            Ok((0, limit))
        }
    }
}

/// What a client wrote, short enough for a message.
pub(crate) fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}

/// The page size of a list that its handler pages itself.
pub(crate) fn limit(call: &Call) -> Result<i64> {
    bounded(call, call.int("limit")?)
}

/// Start and size of a page that its handler reads itself.
pub(crate) fn window(call: &Call) -> Result<(i64, i64)> {
    let start = call.int("start")?.unwrap_or(0);
    if start < 0 {
        return Err(Error::parameter("start", "must not be negative"));
    }
    Ok((start, limit(call)?))
}

/// v1 caps a limit that is too large, v2 refuses it.
fn bounded(call: &Call, limit: Option<i64>) -> Result<i64> {
    match limit {
        None => Ok(LIMIT),
        Some(n) if n < 1 => Err(Error::parameter("limit", "must be at least 1")),
        Some(n) if n > LARGEST && call.version() == Version::V2 => {
            Err(Error::parameter("limit", "must be at most 500"))
        }
        Some(n) => Ok(n.min(LARGEST)),
    }
}
