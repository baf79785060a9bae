//! Totals of deals by currency, plain and weighted (pipedrive-contract 12.5, 12.16).

use penstock_model::{Code, Error, Result, filter::Expr, objects};
use penstock_store::sql::{Deleted, Select, VisibilityScope};

use crate::read::Reader;

/// The totals of one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// ISO 4217 code.
    pub currency: String,
    /// The number of deals.
    pub count: i64,
    /// The sum of their values, in 1/10,000.
    pub value: i64,
    /// The sum of their weighted values, in 1/10,000.
    pub weighted: i64,
}

/// The whole and the rest of values are summed apart, so that no engine's sum can overflow.
const PART: i128 = 1_000_000_000;

/// The totals of the deals that a filter keeps and the asking user sees, by currency. A deal weighs what its own
/// probability says, else its stage's, where its pipeline has probabilities; elsewhere it weighs all.
///
/// # Errors
/// `RuleViolated` when a sum is beyond what an amount can be; `Unavailable` when the engine can't work now.
pub fn deals(reader: &mut Reader<'_>, filter: &Expr, deleted: Deleted) -> Result<Vec<Total>> {
    let select = Select {
        object: &objects::DEAL,
        columns: &[],
        filter,
        deleted,
        scope: VisibilityScope::from(reader.access),
        today: reader.today(),
        order: &[],
        after: None,
        offset: 0,
        limit: 0,
    };
    let statement = select.grouped(
        reader.conn.engine(),
        reader.access.company(),
        "COUNT(*), CAST(SUM(t.value / 1000000000) AS BIGINT), CAST(SUM(t.value % 1000000000) AS BIGINT), t.currency, \
         CAST(CASE WHEN pl.deal_probability = TRUE THEN COALESCE(t.probability, s.deal_probability) ELSE 100 END \
         AS DOUBLE PRECISION)",
        "JOIN stage s ON s.company_id = t.company_id AND s.id = t.stage_id \
         JOIN pipeline pl ON pl.company_id = t.company_id AND pl.id = t.pipeline_id",
        "4, 5",
    );
    let mut sums: Vec<(String, i64, i128, i128)> = Vec::new();
    reader.conn.query(&statement.text, &statement.bound(), &mut |row| {
        let int = |column| row.get(column).int().unwrap_or(0);
        let value = i128::from(int(1)) * PART + i128::from(int(2));
        let percent = match row.get(4) {
            penstock_model::ValueRef::Real(percent) => percent,
            other => f64::from(i32::try_from(other.int().unwrap_or(100)).unwrap_or(100)),
        };
        let currency = row.get(3).text().unwrap_or_default();
        if sums.last().is_none_or(|s| s.0 != currency) {
            sums.push((currency.to_owned(), 0, 0, 0));
        }
        if let Some(sum) = sums.last_mut() {
            sum.1 += int(0);
            sum.2 += value;
            sum.3 += share(value, percent);
        }
        Ok(())
    })?;
    let amount = |sum: i128| {
        i64::try_from(sum).map_err(|_| Error::new(Code::RuleViolated, "the sum of the deals' values is too large"))
    };
    let total = |(currency, count, value, weighted): (String, i64, i128, i128)| {
        Ok(Total { currency, count, value: amount(value)?, weighted: amount(weighted)? })
    };
    sums.into_iter().map(total).collect()
}

/// A percentage of an amount, rounded half away from zero.
#[must_use]
pub fn share(amount: i128, percent: f64) -> i128 {
    const SCALE: f64 = 1e6;
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100 times the scale")]
    let scaled = (percent * SCALE).round() as i128;
    let whole = 100 * 1_000_000;
    let product = amount * scaled;
    (product + product.signum() * whole / 2) / whole
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_rounded_half_away_from_zero() {
        assert_eq!(share(10_000, 12.5), 1_250);
        assert_eq!(share(1, 50.0), 1);
        assert_eq!(share(-1, 50.0), -1);
        assert_eq!(share(9_000_000_000_000_000_000, 33.3), 2_997_000_000_000_000_000);
    }
}
