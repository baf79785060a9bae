//! Totals of deals (pipedrive-contract 12.16).

use penstock_api::Reply;
use penstock_crm::{Reader, summary};
use penstock_model::{Result, currency::display, filter::Expr};
use serde_json::{Map, Value as Json, json};

use crate::{call::Call, envelope::data, query, wire::scalar};

fn amount(value: i64) -> Json {
    let mut out = Vec::new();
    scalar::money(&mut out, value);
    serde_json::from_slice(&out).unwrap_or(Json::Null)
}

/// Totals by currency, and together in the company's currency. Penstock knows no rates: amounts in other currencies
/// have no converted value and are left out of the converted totals.
pub(crate) fn deals(reader: &mut Reader<'_>, call: &Call) -> Result<Reply> {
    let asked = query::list(call, reader, &[], Expr::everything())?;
    let totals = summary::deals(reader, &asked.list.filter, asked.list.deleted)?;
    let own = reader.schema.currency.to_string();
    let (mut values, mut weighted) = (Map::new(), Map::new());
    let (mut count, mut sum, mut weighted_sum) = (0, 0, 0);
    for total in &totals {
        let converts = total.currency == own;
        count += total.count;
        if converts {
            (sum, weighted_sum) = (total.value, total.weighted);
        }
        let formatted = display(total.value, &total.currency);
        let converted = if converts { amount(total.value) } else { Json::Null };
        let converted_formatted = if converts { Json::from(formatted.clone()) } else { Json::Null };
        values.insert(
            total.currency.clone(),
            json!({
                "value": amount(total.value), "count": total.count, "value_converted": converted,
                "value_formatted": formatted, "value_converted_formatted": converted_formatted,
            }),
        );
        weighted.insert(
            total.currency.clone(),
            json!({
                "value": amount(total.weighted), "count": total.count,
                "value_formatted": display(total.weighted, &total.currency),
            }),
        );
    }
    let body = json!({
        "values_total": values,
        "weighted_values_total": weighted,
        "total_count": count,
        "total_currency_converted_value": amount(sum),
        "total_weighted_currency_converted_value": amount(weighted_sum),
        "total_currency_converted_value_formatted": display(sum, &own),
        "total_weighted_currency_converted_value_formatted": display(weighted_sum, &own),
    });
    Ok(data(call.operation.success, &body))
}
