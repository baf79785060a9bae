//! Values on the wire: one form each, exact, and refused when they are of another.

use penstock_testing::tenants;
use serde_json::{Value as Json, json};

use crate::{
    client::{Client, OBJECTS, faults},
    sample::{Sample, with_custom_fields},
};

#[tokio::test]
async fn values_of_another_form_are_refused_and_nothing_is_written() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        for (object, field, value) in [
            ("deal", "title", json!(5)),
            ("deal", "title", json!("a\u{0}b")),
            ("deal", "title", json!("x".repeat(256))),
            ("deal", "value", json!(5)),
            ("deal", "value", json!({ "amount": "5", "currency": "EUR" })),
            ("deal", "value", json!({ "amount": 5, "currency": "XXQ" })),
            ("deal", "value", json!({ "amount": 5, "curency": "EUR" })),
            ("deal", "value", json!({ "amount": 1e300, "currency": "EUR" })),
            ("deal", "value", Json::Null),
            ("deal", "probability", json!("50")),
            ("deal", "probability", json!(101)),
            ("deal", "status", json!("WON")),
            ("deal", "status", json!("deleted")),
            ("deal", "owner", json!({ "id": "1" })),
            ("deal", "owner", json!(1.5)),
            ("deal", "owner", Json::Null),
            ("deal", "labels", json!("1")),
            ("deal", "labels", json!(["999"])),
            ("deal", "visible_to", json!("3")),
            ("deal", "expected_close_date", json!("2026-02-30")),
            ("deal", "expected_close_date", json!("2026-02-01T00:00:00Z")),
            ("activity", "due_time", json!("25:00")),
            ("activity", "due_time", json!("PT1H")),
            ("activity", "duration", json!("01:30")),
            ("activity", "duration", json!("P1M")),
            ("activity", "is_done", json!(1)),
            ("activity", "is_done", json!("true")),
            ("activity", "type", json!("no_such_type")),
            ("activity", "participants", json!([{ "person": "1" }])),
            ("activity", "attendees", json!([{ "mail": "a@b.example" }])),
            ("person", "emails", json!("a@b.example")),
            ("person", "emails", json!([{ "value": "a", "primary": true }, { "value": "b", "primary": true }])),
            ("person", "postal_address", json!("Main Street 1")),
            ("person", "postal_address", json!({ "street": "Main Street 1" })),
            ("note", "createdTime", json!("2026-01-01")),
            ("note", "createdTime", json!("2026-01-01 00:00:00")),
            ("note", "createdTime", json!("2026-01-01T00:00:00")),
            ("deal", "my_daterange", json!({ "end": "2026-01-01" })),
            ("deal", "my_time", json!("10:00")),
            ("deal", "external_ids", json!([{ "source": "a/b", "key": "c" }])),
            ("deal", "external_ids", json!([{ "source": "a", "key": "" }])),
        ] {
            let (status, answer) = client.patch(object, sample.id(object), &json!({ field: value })).await;
            assert_eq!(status, 400, "{object}.{field} = {value}: {answer}");
            assert_eq!(faults(&answer), [(field.to_owned(), "field.invalid".to_owned())], "{value}: {answer}");
        }
    }
}

#[tokio::test]
async fn amounts_are_exact_to_four_digits_and_refused_beyond() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let deal = client.create("deal", json!({ "title": "Deal" })).await;
        assert_eq!(deal["value"], json!({ "amount": 0, "currency": "EUR" }), "the user's currency");
        for amount in [json!(0.1), json!(1234.5678), json!(-0.0001), json!(899_999_999_999.123_4), json!(7)] {
            let sent = json!({ "amount": amount, "currency": "USD" });
            assert_eq!(client.change("deal", &deal["id"], json!({ "value": sent })).await["value"], sent);
        }
        let (status, answer) =
            client.patch("deal", &deal["id"], &json!({ "value": { "amount": 1.000_05, "currency": "EUR" } })).await;
        assert_eq!((status, &answer["code"]), (422, &json!("mapping.not_representable")), "{answer}");
        assert_eq!(faults(&answer)[0].0, "value");
    }
}

#[tokio::test]
async fn ids_may_be_sent_as_numbers_and_are_always_read_as_texts() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let body = json!({ "organization": 1, "participants": [1, "1"], "lead": null });
        let activity = client.change("activity", sample.id("activity"), body).await;
        assert_eq!(activity["organization"], "1");
        assert_eq!(activity["participants"], json!(["1"]));
        assert_eq!(activity["person"], "1", "the primary participant");
        let lead = sample.id("lead");
        assert_eq!(lead.as_str().unwrap().len(), 36);
        let moved = client.change("activity", sample.id("activity"), json!({ "lead": lead })).await;
        assert_eq!((&moved["lead"], &moved["deal"]), (lead, &Json::Null), "one of deal and lead");
    }
}

#[tokio::test]
async fn what_the_crm_keeps_in_another_form_is_told() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let person = client.create("person", json!({ "name": "  Ann Lee " })).await;
        assert_eq!(person["name"], "Ann Lee");
        let warning = json!([{
            "code": "provider.normalized", "field": "name", "sent": "  Ann Lee ", "stored": "Ann Lee",
        }]);
        assert_eq!(person["warnings"], warning);
        let note = client.create("note", json!({ "content": "<script>x</script><b>Hi</b>", "person": "1" })).await;
        assert_eq!(note["content"], "<b>Hi</b>");
        assert_eq!(note["warnings"][0]["field"], "content");
    }
}

#[tokio::test]
async fn moments_days_times_and_spans_have_one_form() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let body = json!({
            "due_date": "2026-05-01", "due_time": "9:05", "duration": "P1DT90M",
            "createdTime": "2026-01-01T00:00:00.000001+02:00",
        });
        let activity = client.create("activity", body).await;
        assert_eq!(activity["due_date"], "2026-05-01");
        assert_eq!(activity["due_time"], "09:05:00");
        assert_eq!(activity["duration"], "PT25H30M");
        assert_eq!(activity["createdTime"], "2025-12-31T22:00:00.000001Z");
        assert_eq!(activity["lastModifiedTime"], "2026-03-02T09:00:00.000000Z");
        assert_eq!(activity.get("warnings"), None, "another spelling is no other value");
    }
}

#[tokio::test]
async fn a_list_with_one_member_too_many_is_refused_by_name() {
    for tenant in tenants().await {
        with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let mut tried = 0;
        for object in OBJECTS {
            for (name, field) in client.fields(object).await {
                let Some(most) = field["max_items"].as_u64() else { continue };
                if field["read_only"]["update"] == true {
                    continue;
                }
                let most = usize::try_from(most).unwrap();
                let many = vec![json!("1"); most + 1];
                let (status, answer) = client.patch(object, sample.id(object), &json!({ (&name): many })).await;
                let said = answer.to_string();
                assert_eq!(
                    (status, said.contains(&format!("at most {most} entries"))),
                    (400, true),
                    "{object} {name}: {said}"
                );
                tried += 1;
            }
        }
        assert!(tried >= 6, "{tried}");
    }
}

#[tokio::test]
async fn marked_up_text_that_grows_without_bounds_is_refused() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let sample = Sample::fill(&client).await;
        let fonts: String = (0..200).flat_map(|n| ["<font color=".to_owned(), n.to_string(), ">".to_owned()]).collect();
        let grown = format!("<p>{fonts}{}", "<p>x".repeat(2400));
        for (object, field) in [("note", "content"), ("activity", "note")] {
            let (status, answer) = client.patch(object, sample.id(object), &json!({ field: grown })).await;
            assert_eq!(status, 400, "{object}: {answer}");
            assert_eq!(faults(&answer), [(field.to_owned(), "field.invalid".to_owned())], "{answer}");
        }
    }
}
