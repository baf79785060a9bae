//! Whose activities a record has: what stands beside v1's lists of them (published with those operations).

use serde_json::json;

use super::sale;
use crate::app::apps;

#[tokio::test]
async fn the_activities_of_a_record_are_counted_by_user_and_type() {
    for app in apps().await {
        let ann = app.ann();
        sale(&ann).await;
        for (user, kind, done) in [(2, "call", 0), (2, "meeting", 1), (3, "call", 0), (3, "call", 1), (3, "email", 0)] {
            let links = json!({ "deal_id": 1, "person_id": 1, "org_id": 1 });
            let mut body = json!({ "user_id": user, "type": kind, "done": done });
            body.as_object_mut().unwrap().extend(links.as_object().unwrap().clone());
            ann.post("/v1/activities", body).await.must(201);
        }
        for path in ["/v1/deals/1/activities", "/v1/persons/1/activities", "/v1/organizations/1/activities"] {
            let answer = ann.get(&format!("{path}?limit=1")).await.must(200);
            assert_eq!(answer.list().len(), 1);
            assert_eq!(answer.at("/additional_data/pagination/more_items_in_collection"), true);
            let name = async |user: &str| ann.get(user).await.must(200).at("/data/name").clone();
            let (ann_name, bob_name) = (name("/v1/users/2").await, name("/v1/users/3").await);
            let expected = json!({
                "2": { "activities": { "call": 2, "meeting": 1 }, "name": ann_name, "activity_count": 3, "share": 50 },
                "3": { "activities": { "call": 2, "email": 1 }, "name": bob_name, "activity_count": 3, "share": 50 },
            });
            assert_eq!(answer.at("/additional_data/activity_distribution"), &expected, "of all pages");
            let undone = ann.get(&format!("{path}?done=1")).await.must(200);
            assert_eq!(undone.at("/additional_data/activity_distribution/2/activity_count"), 1);
        }
        ann.post("/v1/deals", json!({ "title": "Quiet" })).await.must(201);
        let none = ann.get("/v1/deals/2/activities").await.must(200);
        assert_eq!(none.at("/additional_data/activity_distribution"), &json!({}));
        assert!(ann.get("/v1/activities").await.must(200).at("/additional_data/activity_distribution").is_null());
    }
}
