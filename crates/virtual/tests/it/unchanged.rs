//! What was read can be sent back, and changes nothing.

use penstock_model::UserId;
use penstock_testing::tenants;
use serde_json::{Map, Value as Json, json};

use crate::{
    client::{Client, OBJECTS, path},
    sample::{Sample, with_custom_fields},
};

const EVENTS: &str = "SELECT COUNT(*) FROM event WHERE company_id = ?1";

#[tokio::test]
async fn a_patch_with_what_was_read_writes_nothing() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let before = client.read(&path(object, sample.id(object))).await;
            let events = tenant.number(EVENTS).await;
            let after = client.change(object, sample.id(object), before.clone()).await;
            assert_eq!(after, before, "{object}");
            for (name, value) in before.as_object().unwrap() {
                let after = client.change(object, sample.id(object), json!({ name: value })).await;
                assert_eq!(after, before, "{object}.{name}");
            }
            assert_eq!(tenant.number(EVENTS).await, events, "{object}");
        }
    }
}

#[tokio::test]
async fn a_whole_number_may_have_a_fraction_of_zero() {
    fn fractions(json: &Json) -> Json {
        match json {
            Json::Number(number) => json!(number.as_f64().unwrap()),
            Json::Array(list) => list.iter().map(fractions).collect(),
            Json::Object(map) => map.iter().map(|(k, v)| (k.clone(), fractions(v))).collect::<Map<_, _>>().into(),
            other => other.clone(),
        }
    }
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let before = client.read(&path(object, sample.id(object))).await;
            let after = client.change(object, sample.id(object), fractions(&before)).await;
            assert_eq!(after, before, "{object}");
        }
        let body = json!({ "title": "x", "organization": 1.0, "person": 1.0, "owner": 1.0, "probability": 50.0 });
        let deal = client.create("deal", body).await;
        assert_eq!((&deal["organization"], &deal["probability"]), (&json!("1"), &json!(50)));
        for wrong in [json!(1.5), json!(9_007_199_254_740_992.0), json!(1e19)] {
            let (status, _) = client.patch("deal", &deal["id"], &json!({ "organization": wrong })).await;
            assert_eq!(status, 400, "{wrong}");
        }
    }
}

#[tokio::test]
async fn other_spellings_of_the_same_value_change_nothing() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let deal =
            client.change("deal", sample.id("deal"), json!({ "value": { "amount": 5, "currency": "EUR" } })).await;
        let body = json!({
            "value": { "currency": "EUR", "amount": 5.0 },
            "owner": 1,
            "labels": null,
            "createdTime": "2026-03-02T10:00:00+01:00",
        });
        assert_eq!(client.change("deal", &deal["id"], body).await, deal);
        let amount_alone = json!({ "value": { "amount": 5 } });
        assert_eq!(client.change("deal", &deal["id"], amount_alone).await, deal);
    }
}

#[tokio::test]
async fn many_options_that_read_as_one_word_are_kept_by_it() {
    use penstock_model::objects;
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let deal = client.create("deal", json!({ "title": "Deal" })).await;
        let seven = penstock_testing::patch(&objects::DEAL, [("visible_to", 7.into())]);
        tenant.update(UserId::new(1), &objects::DEAL, 1, seven).await.unwrap();
        let body = json!({ "visible_to": "company", "title": "Other" });
        assert_eq!(client.change("deal", &deal["id"], body).await["visible_to"], "company");
        let stored = tenant.get(&objects::DEAL, 1).await;
        assert_eq!(stored.get("visible_to").int(), Some(7), "not rewritten to the preferred option");
        client.change("deal", &deal["id"], json!({ "visible_to": "owner" })).await;
        client.change("deal", &deal["id"], json!({ "visible_to": "company" })).await;
        assert_eq!(tenant.get(&objects::DEAL, 1).await.get("visible_to").int(), Some(3));
    }
}

/// A record with everything that an answer can have beside it.
async fn whole(client: &Client, object: &str, id: &Json) -> Json {
    let fields = client.fields(object).await;
    let references: Vec<&str> =
        fields.iter().filter(|(_, f)| f["expandable"] == true).map(|(name, _)| &**name).collect();
    client.read(&format!("{}?expand={}", path(object, id), references.join(","))).await
}

#[tokio::test]
async fn a_whole_record_with_what_stands_beside_it_can_be_sent_back_by_every_way() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| *o != "user") {
            let id = sample.id(object);
            client.change(object, id, json!({ "external_ids": [{ "source": "a", "key": object }] })).await;
            let before = whole(&client, object, id).await;
            let events = tenant.number(EVENTS).await;
            let (status, same) = client.patch(object, id, &before).await;
            assert_eq!(status, 200, "{object}: {same}");
            let by_key = format!("/objects/{object}/by/external_id/a/{object}");
            let (status, put) = client.call("PUT", &by_key, Some(&before)).await;
            assert_eq!(status, 200, "{object}: {put}");
            let mut warned = before.clone();
            warned["warnings"] = json!([{ "code": "provider.normalized" }]);
            assert_eq!(client.patch(object, id, &warned).await.0, 200, "{object}");
            assert_eq!(whole(&client, object, id).await, before, "{object}");
            assert_eq!(tenant.number(EVENTS).await, events, "{object}: nothing changed");
        }
    }
}

#[tokio::test]
async fn what_follows_from_other_records_is_ignored_and_what_else_is_read_only_must_be_as_it_is() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let (id, fields) = (sample.id("deal"), client.fields("deal").await);
        let mut read = client.read(&path("deal", id)).await;
        // Meanwhile a note is written, which changes a count and not the deal.
        client.create("note", json!({ "content": "More", "deal": id })).await;
        let now = client.read(&path("deal", id)).await;
        assert_eq!(now["etag"], read["etag"]);
        assert_ne!(now["notes_count"], read["notes_count"]);
        read["title"] = json!("Renamed");
        let changed = client.change("deal", id, read.clone()).await;
        assert_eq!((&changed["title"], &changed["notes_count"]), (&json!("Renamed"), &now["notes_count"]));
        for (name, field) in &fields {
            assert!(field["derived"] == false || field["read_only"]["update"] == true, "{name}");
        }
        for name in ["notes_count", "next_activity", "lastModifiedTime", "activities_count"] {
            assert_eq!(fields[name]["derived"], true, "{name}");
        }
        for (name, value) in
            [("id", json!("9")), ("creator", json!("9")), ("stage_changed_time", json!("2020-01-01T00:00:00Z"))]
        {
            assert_eq!(fields[name]["derived"], false, "{name}");
            let (status, answer) = client.patch("deal", id, &json!({ name: value })).await;
            assert_eq!((status, &answer["code"]), (422, &json!("field.read_only")), "{answer}");
            assert!(answer["message"].as_str().unwrap().starts_with(name), "{answer}");
        }
        let (status, answer) =
            client.call("POST", "/objects/deal", Some(&json!({ "title": "x", "notes_count": 3 }))).await;
        assert_eq!(
            (status, &answer["code"]),
            (422, &json!("field.read_only")),
            "who makes one has read none: {answer}"
        );
    }
}

#[tokio::test]
async fn a_record_that_was_read_before_someone_else_changed_it_is_not_written_back() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for object in OBJECTS.into_iter().filter(|o| !["user", "activity"].contains(o)) {
            let id = sample.id(object);
            let title = if object == "note" {
                "content"
            } else if ["deal", "lead"].contains(&object) {
                "title"
            } else {
                "name"
            };
            client.change(object, id, json!({ "external_ids": [{ "source": "a", "key": "1" }] })).await;
            let mut old = client.read(&path(object, id)).await;
            let new = client.change(object, id, json!({ title: "Changed" })).await;
            old[title] = json!("Older");
            for (method, place) in
                [("PATCH", path(object, id)), ("PUT", format!("/objects/{object}/by/external_id/a/1"))]
            {
                let (status, answer) = client.call(method, &place, Some(&old)).await;
                assert_eq!(
                    (status, &answer["code"]),
                    (412, &json!("precondition.failed")),
                    "{method} {object}: {answer}"
                );
                assert!(answer["message"].as_str().unwrap().contains("etag"), "{answer}");
                let mut untied = old.clone();
                untied["etag"] = Json::Null;
                let (status, answer) = client.call(method, &place, Some(&untied)).await;
                assert_eq!((status, &answer[title]), (200, &json!("Older")), "{method} {object}: {answer}");
                client.change(object, id, json!({ title: "Changed" })).await;
            }
            let tag = client.read(&path(object, id)).await["etag"].clone();
            assert_ne!(tag, new["etag"]);
            for tag in [tag.clone(), json!(format!("{}-0123456789abcdef", tag.as_str().unwrap()))] {
                let (status, answer) = client.patch(object, id, &json!({ "etag": tag })).await;
                assert_eq!(status, 200, "a version, and the tag of an answer: {answer}");
            }
            let place = format!("/objects/{object}/by/external_id/a/2");
            let (status, answer) = client.call("PUT", &place, Some(&json!({ "etag": tag }))).await;
            assert_eq!(
                (status, &answer["code"]),
                (412, &json!("precondition.failed")),
                "there is no such record: {answer}"
            );
        }
    }
}

#[tokio::test]
async fn an_option_that_was_deleted_may_stay_where_it_stands() {
    use penstock_model::objects;
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let options = client.fields("deal").await["my_set"]["options"].clone();
        let (small, large) = (options[0]["id"].clone(), options[1]["id"].clone());
        let body = json!({ "title": "Deal", "my_set": [small], "my_enum": client.fields("deal").await["my_enum"]["options"][0]["id"] });
        let deal = client.create("deal", body).await;
        for key in ["my_set", "my_enum"] {
            let name = client.fields("deal").await[key]["label"].as_str().unwrap().to_owned();
            tenant
                .write(penstock_testing::ADMIN, move |tx| {
                    let fields: Vec<_> = tx.schema.custom(&objects::DEAL).cloned().collect();
                    let field = fields.into_iter().find(|field| *field.name == *name).unwrap();
                    let first = field.options[0].id;
                    penstock_crm::fields::delete_options(tx, &objects::DEAL, field.number.into(), &[first])
                })
                .await
                .unwrap();
        }
        let (status, same) = client.patch("deal", &deal["id"], &client.read("/objects/deal/1").await).await;
        assert_eq!((status, &same["my_set"]), (200, &json!([small])), "{same}");
        let (status, more) = client.patch("deal", &deal["id"], &json!({ "my_set": [small, large] })).await;
        assert_eq!((status, &more["my_set"]), (200, &json!([small, large])), "{more}");
        client.change("deal", &deal["id"], json!({ "my_set": [large], "my_enum": null })).await;
        let (status, answer) = client.patch("deal", &deal["id"], &json!({ "my_set": [small, large] })).await;
        assert_eq!((status, &answer["code"]), (400, &json!("field.invalid")), "once it is gone it is gone: {answer}");
    }
}
