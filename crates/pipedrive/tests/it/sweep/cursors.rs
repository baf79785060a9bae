//! Cursors are made by the list that they are sent to, for the company that asks; nobody else can make one.

use penstock_pipedrive::operations::{self, Operation, Paging};

use super::{
    requests::own_target,
    world::{Names, furniture, records},
};
use crate::app::{App, Client, apps};

/// Every list by cursor that has a second page, with the cursor of it.
async fn cursors(client: &Client, names: &Names) -> Vec<(&'static Operation, String, String)> {
    let mut found = Vec::new();
    for row in operations::all().filter(|row| row.method.is_read() && row.paging == Paging::Cursor) {
        let target = own_target(row, names);
        let target = target.split('?').next().unwrap().to_owned();
        let page = client.get(&format!("{target}?limit=1")).await.must(200);
        if let Some(cursor) = page.at("/additional_data/next_cursor").as_str() {
            found.push((row, target, cursor.to_owned()));
        }
    }
    found
}

async fn furnished(app: &App, word: &'static str) -> Names {
    let mut names = Names::default();
    furniture(app, word, &mut names).await;
    records(&app.admin(), word, 3, &mut names).await;
    names
}

#[tokio::test]
async fn a_cursor_of_another_list_or_company_or_maker_is_refused() {
    for app in apps().await {
        let names = furnished(&app, "Some").await;
        let others = app.other_tenant("Other").await;
        let their_names = furnished(&others, "Other").await;
        let (client, them) = (app.admin(), others.admin());
        let own = cursors(&client, &names).await;
        let theirs = cursors(&them, &their_names).await;
        assert!(own.len() >= 7 && theirs.len() == own.len(), "{} {}", own.len(), theirs.len());
        for ((row, target, cursor), (_, their_target, their_cursor)) in own.iter().zip(&theirs) {
            let refused = async |asking: &Client, target: &str, cursor: &str| {
                let answer = asking.get(&format!("{target}?limit=1&cursor={cursor}")).await.must(400);
                let told = answer.error().contains("cursor: was not made by this list");
                assert!(told && answer.error().len() < 120, "{}: {}", row.title(), answer.error());
            };
            client.get(&format!("{target}?limit=1&cursor={cursor}")).await.must(200);
            them.get(&format!("{their_target}?limit=1&cursor={their_cursor}")).await.must(200);
            refused(&client, target, their_cursor).await;
            refused(&them, their_target, cursor).await;
            for (other, _, elsewhere) in &own {
                if other.id != row.id || other.version != row.version {
                    refused(&client, target, elsewhere).await;
                }
            }
            for end in [1, cursor.len() / 2, cursor.len() - 1] {
                refused(&client, target, &cursor[..end]).await;
            }
            let flipped = if cursor.starts_with('e') { "f" } else { "e" };
            refused(&client, target, &format!("{flipped}{}", &cursor[1..])).await;
        }
    }
}
