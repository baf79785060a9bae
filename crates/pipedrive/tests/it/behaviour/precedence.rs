//! Parameters of which one takes the place of another (pipedrive-contract 6).

use serde_json::json;

use crate::app::apps;

#[tokio::test]
async fn a_parameter_that_another_sets_aside_means_nothing() {
    for app in apps().await {
        for client in [app.admin(), app.ann()] {
            client.post("/v1/deals", json!({ "title": "x" })).await.must(201);
        }
        let seen = async |query: &str| app.ann().get(query).await.must(200).list().len();
        for (query, expected) in [
            ("/v1/pipelines/1/deals", 1),
            ("/v1/pipelines/1/deals?user_id=1", 1),
            ("/v1/pipelines/1/deals?everyone=0", 1),
            ("/v1/pipelines/1/deals?everyone=1", 2),
            ("/v1/pipelines/1/deals?everyone=1&user_id=1", 2),
            ("/v1/deals?user_id=3", 0),
            ("/v1/deals?user_id=3&owned_by_you=0", 0),
            ("/v1/deals?user_id=3&owned_by_you=1", 1),
        ] {
            assert_eq!(seen(query).await, expected, "{query}");
        }
    }
}
