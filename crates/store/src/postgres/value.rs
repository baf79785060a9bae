//! Values on Postgres's wire: bound by the type that the prepared statement asks for, read by the type that a
//! column has. Nothing is copied on the way out.

use std::{error, fmt};

use penstock_model::ValueRef;
// The `ToSql` trait names this type in its signature; its own macro takes it from here.
use bytes::BytesMut;
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use crate::Row;

type Refused = Box<dyn error::Error + Sync + Send>;

/// A value that does not fit the parameter that it was given for: a fault of the statement, not of the server.
#[derive(Debug)]
pub(super) struct Mismatch(String);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for Mismatch {}

/// How a type is spelt on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wire {
    Int2,
    Int4,
    Int8,
    Oid,
    Real4,
    Real8,
    Bool,
    Numeric,
    Text,
    /// Text after a byte with the number of the format.
    Jsonb,
    Void,
    /// Bound in text form, for instance `tsquery`; can't be read.
    Other,
}

fn wire(ty: &Type) -> Wire {
    match *ty {
        Type::INT2 => Wire::Int2,
        Type::INT4 => Wire::Int4,
        Type::INT8 => Wire::Int8,
        Type::OID => Wire::Oid,
        Type::FLOAT4 => Wire::Real4,
        Type::FLOAT8 => Wire::Real8,
        Type::BOOL => Wire::Bool,
        Type::NUMERIC => Wire::Numeric,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::CHAR | Type::JSON => Wire::Text,
        Type::JSONB => Wire::Jsonb,
        Type::VOID => Wire::Void,
        _ => match ty.kind() {
            Kind::Domain(base) => wire(base),
            Kind::Enum(_) => Wire::Text,
            _ => Wire::Other,
        },
    }
}

/// Whether a column of this type can be read; others have to be cast.
pub(super) fn is_readable(ty: &Type) -> bool {
    wire(ty) != Wire::Other
}

/// A bound value.
pub(super) struct Param<'a>(pub(super) ValueRef<'a>);

impl fmt::Debug for Param<'_> {
    /// Without the value: the client writes its parameters into a log when it is asked for details.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl Param<'_> {
    fn kind(&self) -> &'static str {
        match self.0 {
            ValueRef::Null => "nothing",
            ValueRef::Bool(_) => "a flag",
            ValueRef::Int(_) => "a whole number",
            ValueRef::Real(_) => "a number",
            ValueRef::Text(_) => "a text",
        }
    }

    fn whole(&self, ty: &Type) -> Result<i64, Mismatch> {
        match self.0 {
            ValueRef::Int(i) => Ok(i),
            ValueRef::Bool(b) => Ok(i64::from(b)),
            // SQLite's strict tables take such a number for a whole one, too.
            #[expect(clippy::cast_possible_truncation, reason = "checked: it has no fraction and is in range")]
            ValueRef::Real(r) if r.fract() == 0.0 && r.abs() < 9.0e18 => Ok(r as i64),
            _ => Err(self.mismatch(ty)),
        }
    }

    fn narrow<N: TryFrom<i64>>(&self, ty: &Type) -> Result<N, Mismatch> {
        N::try_from(self.whole(ty)?).map_err(|_| self.mismatch(ty))
    }

    fn real(&self, ty: &Type) -> Result<f64, Mismatch> {
        match self.0 {
            ValueRef::Real(r) => Ok(r),
            #[expect(clippy::cast_precision_loss, reason = "a column of this type keeps no more")]
            ValueRef::Int(i) => Ok(i as f64),
            _ => Err(self.mismatch(ty)),
        }
    }

    fn flag(&self, ty: &Type) -> Result<bool, Mismatch> {
        match self.0 {
            ValueRef::Bool(b) => Ok(b),
            ValueRef::Int(i) => Ok(i != 0),
            _ => Err(self.mismatch(ty)),
        }
    }

    fn text(&self, ty: &Type) -> Result<&str, Mismatch> {
        self.0.text().ok_or_else(|| self.mismatch(ty))
    }

    /// Without the value, which may be a secret.
    fn mismatch(&self, ty: &Type) -> Mismatch {
        Mismatch(format!("{} was bound where the statement takes {ty}", self.kind()))
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Refused> {
        if self.0.is_null() {
            return Ok(IsNull::Yes);
        }
        match wire(ty) {
            Wire::Int2 => out.extend_from_slice(&self.narrow::<i16>(ty)?.to_be_bytes()),
            Wire::Int4 => out.extend_from_slice(&self.narrow::<i32>(ty)?.to_be_bytes()),
            Wire::Int8 => out.extend_from_slice(&self.whole(ty)?.to_be_bytes()),
            Wire::Oid => out.extend_from_slice(&self.narrow::<u32>(ty)?.to_be_bytes()),
            #[expect(clippy::cast_possible_truncation, reason = "a column of this type keeps no more")]
            Wire::Real4 => out.extend_from_slice(&(self.real(ty)? as f32).to_be_bytes()),
            Wire::Real8 => out.extend_from_slice(&self.real(ty)?.to_be_bytes()),
            Wire::Bool => out.extend_from_slice(&[u8::from(self.flag(ty)?)]),
            Wire::Text => out.extend_from_slice(self.text(ty)?.as_bytes()),
            Wire::Jsonb => {
                out.extend_from_slice(&[1]);
                out.extend_from_slice(self.text(ty)?.as_bytes());
            }
            Wire::Numeric | Wire::Void | Wire::Other => match self.0 {
                ValueRef::Int(i) => out.extend_from_slice(i.to_string().as_bytes()),
                ValueRef::Real(r) => out.extend_from_slice(r.to_string().as_bytes()),
                _ => out.extend_from_slice(self.text(ty)?.as_bytes()),
            },
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, ty: &Type) -> Format {
        if matches!(wire(ty), Wire::Numeric | Wire::Void | Wire::Other) { Format::Text } else { Format::Binary }
    }

    to_sql_checked!();
}

/// A value that borrows from its row.
struct Cell<'a>(ValueRef<'a>);

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Refused> {
        let text = |raw| std::str::from_utf8(raw).map(ValueRef::Text);
        Ok(Self(match wire(ty) {
            Wire::Int2 => ValueRef::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Wire::Int4 => ValueRef::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Wire::Int8 => ValueRef::Int(i64::from_be_bytes(raw.try_into()?)),
            Wire::Oid => ValueRef::Int(u32::from_be_bytes(raw.try_into()?).into()),
            Wire::Real4 => ValueRef::Real(f32::from_be_bytes(raw.try_into()?).into()),
            Wire::Real8 => ValueRef::Real(f64::from_be_bytes(raw.try_into()?)),
            Wire::Bool => ValueRef::Bool(raw.first().is_some_and(|b| *b != 0)),
            Wire::Numeric => numeric(raw),
            Wire::Text => text(raw)?,
            Wire::Jsonb => text(raw.get(1..).unwrap_or_default())?,
            Wire::Void | Wire::Other => ValueRef::Null,
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Refused> {
        Ok(Self(ValueRef::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Row for tokio_postgres::Row {
    fn get(&self, column: usize) -> ValueRef<'_> {
        self.try_get::<_, Cell<'_>>(column).map_or(ValueRef::Null, |cell| cell.0)
    }
}

/// A decimal number, as `sum(bigint)` gives one: whole when it is whole and fits, else the nearest real.
fn numeric(raw: &[u8]) -> ValueRef<'static> {
    let mut words = raw.chunks_exact(2).map(|w| u16::from_be_bytes([w[0], w[1]]));
    let (Some(count), Some(weight), Some(sign)) = (words.next(), words.next(), words.next()) else {
        return ValueRef::Null;
    };
    let negative = match sign {
        0x0000 => false,
        0x4000 => true,
        0xD000 => return ValueRef::Real(f64::INFINITY),
        0xF000 => return ValueRef::Real(f64::NEG_INFINITY),
        _ => return ValueRef::Real(f64::NAN),
    };
    // Digits are in base 10,000; the first one counts 10,000 to the power of the weight.
    let digits = words.skip(1).take(count.into());
    let weight = i32::from(weight.cast_signed());
    let (mut whole, mut real) = (Some(0_i64), 0.0_f64);
    let mut place = weight;
    for digit in digits {
        let signed = if negative { -i64::from(digit) } else { i64::from(digit) };
        real += f64::from(digit) * 10_000_f64.powi(place);
        whole = match (whole, place) {
            (Some(sum), 0..) => sum.checked_mul(10_000).and_then(|s| s.checked_add(signed)),
            (sum, _) if digit == 0 => sum,
            _ => None,
        };
        place -= 1;
    }
    // Trailing zeros are not sent.
    while place >= 0 && whole.is_some_and(|w| w != 0) {
        whole = whole.and_then(|sum| sum.checked_mul(10_000));
        place -= 1;
    }
    whole.map_or(ValueRef::Real(if negative { -real } else { real }), ValueRef::Int)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(value: ValueRef<'_>, ty: &Type) -> Option<Vec<u8>> {
        let mut out = BytesMut::new();
        Param(value).to_sql(ty, &mut out).ok().map(|_| out.to_vec())
    }

    fn read(ty: &Type, raw: &[u8]) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        match Cell::from_sql(ty, raw).ok()?.0 {
            ValueRef::Int(i) => Some(i as f64),
            ValueRef::Real(r) => Some(r),
            _ => None,
        }
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|w| w.to_be_bytes()).collect()
    }

    #[test]
    fn a_whole_number_takes_the_width_of_the_parameter() {
        assert_eq!(bound(ValueRef::Int(7), &Type::INT8), Some(vec![0, 0, 0, 0, 0, 0, 0, 7]));
        assert_eq!(bound(ValueRef::Int(7), &Type::INT4), Some(vec![0, 0, 0, 7]));
        assert_eq!(bound(ValueRef::Int(-1), &Type::INT2), Some(vec![255, 255]));
        assert_eq!(bound(ValueRef::Int(40_000), &Type::INT2), None);
        assert_eq!(bound(ValueRef::Real(3.0), &Type::INT2), Some(vec![0, 3]));
        assert_eq!(bound(ValueRef::Real(3.5), &Type::INT8), None);
        assert_eq!(bound(ValueRef::Text("3"), &Type::INT8), None);
    }

    #[test]
    fn flags_and_whole_numbers_stand_for_each_other() {
        assert_eq!(bound(ValueRef::Int(1), &Type::BOOL), Some(vec![1]));
        assert_eq!(bound(ValueRef::Bool(false), &Type::BOOL), Some(vec![0]));
        assert_eq!(bound(ValueRef::Bool(true), &Type::INT2), Some(vec![0, 1]));
    }

    #[test]
    fn other_types_are_bound_as_text() {
        assert_eq!(bound(ValueRef::Int(-12), &Type::NUMERIC), Some(b"-12".to_vec()));
        assert_eq!(bound(ValueRef::Text("a & b"), &Type::TSQUERY), Some(b"a & b".to_vec()));
        assert_eq!(bound(ValueRef::Text("[1]"), &Type::JSONB), Some(b"\x01[1]".to_vec()));
        assert!(matches!(Param(ValueRef::Int(1)).encode_format(&Type::NUMERIC), Format::Text));
        assert!(matches!(Param(ValueRef::Int(1)).encode_format(&Type::INT8), Format::Binary));
    }

    #[test]
    fn a_refusal_does_not_show_the_value() {
        let mut out = BytesMut::new();
        let refused = Param(ValueRef::Text("secret")).to_sql(&Type::INT8, &mut out).err().unwrap();
        assert_eq!(refused.to_string(), "a text was bound where the statement takes int8");
    }

    #[test]
    fn decimals_are_whole_when_they_are() {
        // 0, 12_345_678, -1_0000_0000 with its zeros left out, 1.5, and one beyond the range of whole numbers.
        assert_eq!(Cell::from_sql(&Type::NUMERIC, &words(&[0, 0, 0, 0])).unwrap().0, ValueRef::Int(0));
        let number = words(&[2, 1, 0, 0, 1234, 5678]);
        assert_eq!(Cell::from_sql(&Type::NUMERIC, &number).unwrap().0, ValueRef::Int(12_345_678));
        let number = words(&[1, 2, 0x4000, 0, 1]);
        assert_eq!(Cell::from_sql(&Type::NUMERIC, &number).unwrap().0, ValueRef::Int(-100_000_000));
        assert_eq!(read(&Type::NUMERIC, &words(&[2, 0, 0x4000, 1, 1, 5000])), Some(-1.5));
        assert_eq!(read(&Type::NUMERIC, &words(&[2, 0, 0, 4, 7, 0])), Some(7.0));
        assert_eq!(read(&Type::NUMERIC, &words(&[1, 5, 0, 0, 1])), Some(1e20));
    }

    #[test]
    fn a_broken_cell_is_refused() {
        assert!(Cell::from_sql(&Type::INT8, &[1, 2]).is_err());
        assert!(Cell::from_sql(&Type::TEXT, &[0xFF]).is_err());
    }
}
