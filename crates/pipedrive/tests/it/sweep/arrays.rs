//! Lists in queries, in each form that client libraries give them, and values that are given twice.

use penstock_pipedrive::operations::{self, Operation, Param, ParamEffect, ParamType};

use serde_json::json;

use super::{
    requests::own_target,
    world::{Names, fields, furniture, records},
};
use crate::app::apps;

/// Two members of a list that an operation takes, by its parameter.
fn members(row: &Operation, param: &Param, names: &Names, custom: &[String]) -> Option<[String; 2]> {
    let words = |words: &[&str]| Some([(*words.first()?).to_owned(), (*words.last()?).to_owned()]);
    match param.takes {
        ParamType::Ids => Some([names.text(row.object.name), "999".to_owned()]),
        ParamType::Words(known) => words(known),
        ParamType::Keys => Some([custom[0].clone(), custom[1].clone()]),
        ParamType::Asked => {
            let asked = row.object.fields.iter().filter(|f| f.v2.shown == penstock_model::field::Shown::Asked);
            words(&asked.map(|f| f.v2.key).collect::<Vec<_>>())
        }
        ParamType::Order(keys) => words(if keys.is_empty() { &["add_time", "id"] } else { keys }),
        _ if matches!(param.does, ParamEffect::Types(_)) => words(&["call", "meeting"]),
        _ => None,
    }
}

#[tokio::test]
async fn a_list_in_a_query_is_the_same_in_each_of_its_forms() {
    for app in apps().await {
        let mut names = Names::default();
        furniture(&app, "Some", &mut names).await;
        records(&app.admin(), "Some", 3, &mut names).await;
        let custom = fields(&app, "Some").await;
        let mut tried = 0;
        for row in operations::all().filter(|row| row.method.is_read()) {
            let own: Vec<String> =
                custom.iter().filter(|(of, ..)| row.object.custom == Some(of)).map(|(_, key, _)| key.clone()).collect();
            for param in row.params {
                let Some([a, b]) = members(row, param, &names, &own) else { continue };
                let (name, target) = (param.name, own_target(row, &names));
                let target = target.split('?').next().unwrap();
                let with_commas = app.admin().get(&format!("{target}?{name}={a},{b}")).await.must(200);
                for query in [
                    format!("{name}={a}&{name}={b}"),
                    format!("{name}[]={a}&{name}[]={b}"),
                    format!("{name}%5B%5D={a}&{name}%5B%5D={b}"),
                    format!("{name}[0]={a}&{name}[1]={b}"),
                ] {
                    let answer = app.admin().get(&format!("{target}?{query}")).await.must(200);
                    assert_eq!(answer.json, with_commas.json, "{target}?{query}");
                }
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried}");
    }
}

#[tokio::test]
async fn an_array_of_ids_keeps_and_deletes_these_records_alone() {
    for app in apps().await {
        let ann = app.ann();
        for title in ["a", "b", "c"] {
            ann.post("/v1/deals", json!({ "title": title })).await.must(201);
            ann.post("/v1/organizations", json!({ "name": title })).await.must(201);
        }
        let shown = ann.get("/api/v2/deals?ids[]=1&ids[]=3").await.must(200);
        assert_eq!(shown.list().iter().map(|deal| deal["id"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 3]);
        ann.delete("/v1/organizations?ids[]=1&ids[]=3").await.must(200);
        let left = ann.get("/api/v2/organizations").await.must(200);
        assert_eq!(left.list().iter().map(|one| one["id"].as_i64().unwrap()).collect::<Vec<_>>(), [2]);
        ann.get("/api/v2/deals?ids[]=1&ids[]=x").await.must(400);
    }
}

#[tokio::test]
async fn of_one_value_that_is_given_twice_v1_takes_the_last_and_v2_none() {
    for app in apps().await {
        let admin = app.admin();
        for status in ["open", "won"] {
            let deal = json!({ "title": status, "status": status });
            admin.post("/v1/deals", deal).await.must(201);
        }
        let last = admin.get("/v1/deals?status=open&status=won").await.must(200);
        assert_eq!((last.list().len(), &last.list()[0]["title"]), (1, &json!("won")));
        let page = admin.get("/v1/deals?start=0&limit=1&start=1").await.must(200);
        assert_eq!(page.list()[0]["title"], "won", "as who walks pages by adding a parameter means it");
        admin.get("/v1/deals?status[]=open&status[]=won").await.must(400);
        let one = admin.get("/v1/deals?status[]=won").await.must(200);
        assert_eq!(one.list().len(), 1);
        let refused = admin.get("/api/v2/deals?limit=1&limit=2").await.must(400);
        assert!(refused.error().contains("limit: must be given once"), "{}", refused.error());
        admin.get("/api/v2/deals?limit=2&limit=2").await.must(200);
        let two = admin.get("/api/v2/deals?status=open&status=won").await.must(200);
        assert_eq!(two.list().len(), 2);
    }
}
