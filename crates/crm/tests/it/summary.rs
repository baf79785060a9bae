//! Totals of deals.

use penstock_crm::summary::{self, Total};
use penstock_model::{
    Code, Value,
    filter::Expr,
    objects::{DEAL, PIPELINE, STAGE},
};
use penstock_store::sql::Deleted;

use crate::test_company::{ADMIN, ANN, TestCompany, patch, refusal, tenants};

async fn totals(tenant: &TestCompany, filter: Expr) -> penstock_model::Result<Vec<Total>> {
    tenant.read(ANN, move |reader| summary::deals(reader, &filter, Deleted::Hidden)).await
}

fn total(currency: &str, count: i64, value: i64, weighted: i64) -> Total {
    Total { currency: currency.to_owned(), count, value, weighted }
}

#[tokio::test]
async fn totals_are_by_currency_and_weigh_by_probability() {
    for tenant in tenants().await {
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
            tenant.create(ANN, &DEAL, deal).await.unwrap();
        }
        let plain = [total("EUR", 2, 1_500_001, 1_500_001), total("USD", 1, 70_000, 70_000)];
        assert_eq!(totals(&tenant, Expr::everything()).await.unwrap(), plain, "no probabilities: all of it");
        tenant.update(ADMIN, &PIPELINE, 1, patch(&PIPELINE, [("deal_probability", true.into())])).await.unwrap();
        tenant.update(ADMIN, &STAGE, 1, patch(&STAGE, [("deal_probability", 10.into())])).await.unwrap();
        let weighted = [total("EUR", 2, 1_500_001, 100_000 + 250_001), total("USD", 1, 70_000, 7_000)];
        assert_eq!(totals(&tenant, Expr::everything()).await.unwrap(), weighted);
        let dollars = Expr::eq(DEAL.field("currency").unwrap(), "USD");
        assert_eq!(totals(&tenant, dollars).await.unwrap(), weighted[1..]);
    }
}

#[tokio::test]
async fn sums_are_checked() {
    for tenant in tenants().await {
        let huge =
            |sign: i64| patch(&DEAL, [("title", "x".into()), ("value", (sign * 8_999_999_999_999_999_999).into())]);
        for _ in 0..2 {
            tenant.create(ANN, &DEAL, huge(1)).await.unwrap();
        }
        assert_eq!(refusal(totals(&tenant, Expr::everything()).await), Code::RuleViolated);
        tenant.create(ANN, &DEAL, huge(-1)).await.unwrap();
        let sum = 8_999_999_999_999_999_999;
        assert_eq!(totals(&tenant, Expr::everything()).await.unwrap(), [total("EUR", 3, sum, sum)]);
    }
}
