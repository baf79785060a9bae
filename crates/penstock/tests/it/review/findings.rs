//! What the review found, one test per finding. Each first shows Pipedrive's behaviour, which clients rely on.

use serde_json::{Value as Json, json};

use super::{Shop, shops};
use crate::support::Running;

/// A field of a list of fields, by key.
fn field<'a>(fields: &'a [Json], key: &str) -> Option<&'a Json> {
    fields.iter().find(|field| field["key"] == key)
}

fn keys(record: &Json) -> Vec<&str> {
    record.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn references_are_objects_here_and_integers_there() {
    for shop in shops() {
        let Shop { deal, person, organization, activity, note, .. } = shop;
        let shown = shop.data(&format!("/v1/deals/{deal}"));
        for (key, id) in [("org_id", organization), ("person_id", person), ("user_id", 1)] {
            assert!(shown[key].is_object() && shown[key]["value"] == id, "{key}: {}", shown[key]);
        }
        let shown = shop.data(&format!("/v1/activities/{activity}"));
        for (key, id) in [("org_id", organization), ("person_id", person), ("deal_id", deal), ("user_id", 1)] {
            assert_eq!(shown[key], id, "{key}");
        }
        let shown = shop.data(&format!("/v1/notes/{note}"));
        assert_eq!((&shown["org_id"], &shown["deal_id"]), (&json!(organization), &json!(deal)));
    }
}

#[test]
fn references_are_read_one_way_and_written_another() {
    for shop in shops() {
        let path = format!("/v1/persons/{}", shop.person);
        let read = shop.data(&path)["org_id"].clone();
        assert!(read.is_object());
        let body = json!({ "org_id": shop.organization }).to_string();
        let written = shop.server.ask("PUT", &path, &body).data();
        assert_eq!(written["org_id"]["value"], shop.organization);
    }
}

#[test]
fn moments_and_days_have_several_spellings() {
    for shop in shops() {
        let deal = shop.data(&format!("/v1/deals/{}", shop.deal));
        let spelt = deal["add_time"].as_str().expect("a text");
        assert!(spelt.len() == 19 && spelt.as_bytes()[10] == b' ', "{spelt}");
        let activity = shop.data(&format!("/v1/activities/{}", shop.activity));
        assert_eq!(activity["due_date"], "2026-03-02");
        let lead =
            shop.server.post("/v1/leads", &json!({ "title": "A well", "person_id": shop.person }).to_string()).data();
        let spelt = lead["add_time"].as_str().expect("a text");
        assert!(spelt.ends_with('Z') && spelt.contains('T'), "{spelt}");
    }
}

#[test]
fn everything_is_updated_by_put_but_leads() {
    for shop in shops() {
        let body = json!({ "title": "Thirteen pumps" }).to_string();
        let path = format!("/v1/deals/{}", shop.deal);
        assert_eq!(shop.server.ask("PUT", &path, &body).status, 200);
        assert_eq!(shop.server.ask("PATCH", &path, &body).status, 404);
        let lead =
            shop.server.post("/v1/leads", &json!({ "title": "A well", "person_id": shop.person }).to_string()).data();
        let path = format!("/v1/leads/{}", lead["id"].as_str().expect("a UUID"));
        assert_eq!(shop.server.ask("PUT", &path, &body).status, 404);
        assert_eq!(shop.server.ask("PATCH", &path, &body).status, 200);
    }
}

#[test]
fn field_lists_of_activities_and_notes_name_their_parents_and_participants() {
    for shop in shops() {
        let activities = shop.fields("/v1/activityFields");
        for key in ["org_id", "person_id", "deal_id", "lead_id", "participants"] {
            assert!(field(&activities, key).is_some(), "activities have {key}");
        }
        let notes = shop.fields("/v1/noteFields");
        for key in ["org_id", "person_id", "deal_id", "lead_id"] {
            assert!(field(&notes, key).is_some(), "notes have {key}");
        }
        // What records show beyond that has no metadata there: names of linked records among it.
        assert!(keys(&shop.data(&format!("/v1/activities/{}", shop.activity))).contains(&"org_name"));
        assert!(field(&activities, "org_name").is_none());
    }
}

#[test]
fn field_lists_do_not_say_what_can_be_written() {
    for shop in shops() {
        let deals = shop.fields("/v1/dealFields");
        let (title, added) =
            (field(&deals, "title").expect("title"), field(&deals, "update_time").expect("update_time"));
        for flag in ["read_only", "is_writable", "read_only_flag"] {
            assert!(title.get(flag).is_none() && added.get(flag).is_none(), "{flag}");
        }
        // `edit_flag` tells custom fields from built-in ones.
        assert_eq!((&title["edit_flag"], &added["edit_flag"]), (&json!(false), &json!(false)));
    }
}

#[test]
fn flags_are_typed_as_options_though_their_values_are_true_and_false() {
    for shop in shops() {
        let notes = shop.fields("/v1/noteFields");
        let flag = field(&notes, "pinned_to_deal_flag").expect("the flag");
        assert_eq!(flag["field_type"], "enum");
        assert_eq!(flag["options"], json!([{ "id": 1, "label": "Yes" }, { "id": 0, "label": "No" }]));
        assert_eq!(shop.data(&format!("/v1/notes/{}", shop.note))["pinned_to_deal_flag"], false);
    }
}

#[test]
fn a_clock_time_and_a_duration_have_one_type() {
    for shop in shops() {
        let activities = shop.fields("/v1/activityFields");
        for key in ["due_time", "duration"] {
            assert_eq!(field(&activities, key).expect(key)["field_type"], "time");
        }
    }
}

#[test]
fn leads_have_a_field_list() {
    for shop in shops() {
        let body = json!({ "name": "Voltage", "field_type": "enum", "options": [{ "label": "400 V" }] });
        let custom = shop.server.post("/v1/dealFields", &body.to_string()).data();
        let leads = shop.fields("/v1/leadFields");
        for key in ["title", "owner_id", "person_id", "organization_id", "value", "label_ids"] {
            assert!(field(&leads, key).is_some(), "leads have {key}");
        }
        assert!(field(&leads, custom["key"].as_str().expect("a key")).is_some(), "leads carry the fields of deals");
    }
}

#[test]
fn field_lists_say_which_pipelines_show_a_field() {
    for shop in shops() {
        let deals = shop.fields("/v1/dealFields");
        let shown = &field(&deals, "title").expect("title")["show_in_pipelines"];
        assert_eq!(shown, &json!({ "show_in_all": true, "pipeline_ids": [] }));
    }
}

#[test]
fn lists_of_everything_are_for_every_user_and_narrowed_to_what_the_user_sees() {
    for mut shop in shops() {
        let hidden = json!({ "title": "Nobody's business", "visible_to": 1 }).to_string();
        let hidden = shop.server.post("/v1/deals", &hidden).data()["id"].clone();
        shop.place.say(&["user", "add", "--company", "1", "--name", "Bo", "--email", "bo@example.com"]);
        let token = shop.place.say(&["token", "--company", "1", "--user", "bo@example.com"]).trim().to_owned();
        let ids = |server: &Running| {
            let list = server.get("/v1/deals/collection").data();
            list.as_array().expect("a list").iter().map(|deal| deal["id"].clone()).collect::<Vec<_>>()
        };
        let admins = ids(&shop.server);
        assert!(admins.contains(&hidden) && admins.contains(&json!(shop.deal)));
        shop.server.token = token;
        assert_eq!(ids(&shop.server), [json!(shop.deal)]);
    }
}
