//! What admins alone may do is refused to others with 403, and nothing changes.

use penstock_pipedrive::operations;

use super::{
    requests::{body, own_target},
    world::{Names, furniture, records},
};
use crate::app::apps;

#[tokio::test]
async fn rows_of_admins_refuse_everyone_else() {
    for app in apps().await {
        let mut names = Names::default();
        furniture(&app, "Shared", &mut names).await;
        records(&app.ann(), "Shared", 3, &mut names).await;
        let events = "SELECT event_seq FROM company WHERE id = ?1";
        let before = app.tenant.number(events).await;
        let mut asked = 0;
        for row in operations::all().filter(|row| row.right.is_some()) {
            asked += 1;
            let json = body(row, &names);
            let bytes = if json.is_null() { Vec::new() } else { json.to_string().into_bytes() };
            let answer = app.ann().ask(row.method.word(), &own_target(row, &names), bytes).await;
            assert_eq!(answer.status, 403, "{}: {}", row.title(), answer.json);
            assert_eq!(answer.error(), "You do not have permissions to do this.", "{}", row.title());
            // Whether it would have been understood is told to admins only.
            let answer = app.ann().ask(row.method.word(), &own_target(row, &names), b"{".to_vec()).await;
            assert_eq!(answer.status, 403, "{} with a broken body: {}", row.title(), answer.json);
        }
        assert!(asked > 30, "{asked}");
        assert_eq!(app.tenant.number(events).await, before, "nothing changed");
    }
}
