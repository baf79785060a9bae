//! Totals of deals.

use penstock_crm::summary::{self, Total};
use penstock_model::{
    Code, Value,
    filter::Expr,
    objects::{DEAL, PIPELINE, STAGE},
};
use penstock_store::sql::Deleted;

use crate::office::{ADMIN, ANN, Office, offices, patch, refusal};

async fn totals(office: &Office, filter: Expr) -> penstock_model::Result<Vec<Total>> {
    office.read(ANN, move |reader| summary::deals(reader, &filter, Deleted::Hidden)).await
}

fn total(currency: &str, count: i64, value: i64, weighted: i64) -> Total {
    Total { currency: currency.to_owned(), count, value, weighted }
}

#[tokio::test]
async fn totals_are_by_currency_and_weigh_by_probability() {
    for office in offices().await {
        for (value, currency, probability) in
            [(1_000_000, "EUR", Value::Null), (500_001, "EUR", Value::Real(50.0)), (70_000, "USD", Value::Null)]
        {
            let deal = patch(
                &DEAL,
                [
                    ("title", "x".into()),
                    ("value", value.into()),
                    ("currency", currency.into()),
                    ("probability", probability),
                ],
            );
            office.create(ANN, &DEAL, deal).await.unwrap();
        }
        let plain = [total("EUR", 2, 1_500_001, 1_500_001), total("USD", 1, 70_000, 70_000)];
        assert_eq!(totals(&office, Expr::everything()).await.unwrap(), plain, "no probabilities: all of it");
        office.update(ADMIN, &PIPELINE, 1, patch(&PIPELINE, [("deal_probability", true.into())])).await.unwrap();
        office.update(ADMIN, &STAGE, 1, patch(&STAGE, [("deal_probability", 10.into())])).await.unwrap();
        let weighted = [total("EUR", 2, 1_500_001, 100_000 + 250_001), total("USD", 1, 70_000, 7_000)];
        assert_eq!(totals(&office, Expr::everything()).await.unwrap(), weighted);
        let dollars = Expr::eq(DEAL.field("currency").unwrap(), "USD");
        assert_eq!(totals(&office, dollars).await.unwrap(), weighted[1..]);
    }
}

#[tokio::test]
async fn sums_are_checked() {
    for office in offices().await {
        let huge =
            |sign: i64| patch(&DEAL, [("title", "x".into()), ("value", (sign * 8_999_999_999_999_999_999).into())]);
        for _ in 0..2 {
            office.create(ANN, &DEAL, huge(1)).await.unwrap();
        }
        assert_eq!(refusal(totals(&office, Expr::everything()).await), Code::RuleViolated);
        office.create(ANN, &DEAL, huge(-1)).await.unwrap();
        let sum = 8_999_999_999_999_999_999;
        assert_eq!(totals(&office, Expr::everything()).await.unwrap(), [total("EUR", 3, sum, sum)]);
    }
}
