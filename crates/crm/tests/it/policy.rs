//! The policy of visibility has three readings: a condition of statements, branches of lists, and the users who see a
//! record in memory. They must say the same of every record.

use penstock_crm::{List, permitted_users::permitted_users};
use penstock_model::{
    Object, UserId, ValueRef,
    object::Visibility,
    objects::{self, COMMENT, DEAL, NOTE},
    visibility::viewers,
};
use penstock_store::{
    ints,
    sql::{self, Column, Deleted},
};

use crate::test_company::{ADMIN, ANN, BOB, TestCompany, patch, tenants};

/// Compares them for every record that there is and both users who don't see everything. Gives how many records some
/// of them sees and how many are hidden from one.
pub(crate) async fn agree(tenant: &TestCompany) -> (usize, usize) {
    let (mut seen, mut hidden) = (0, 0);
    for object in objects::ALL.iter().copied().filter(|object| object.visibility != Visibility::Company) {
        let in_memory = tenant
            .read(ADMIN, move |reader| {
                let all = format!("SELECT id FROM {} WHERE company_id = ?1 ORDER BY id", object.table());
                let company = reader.access.company();
                let ids = ints(reader.conn, &all, &[ValueRef::from(company)])?;
                ids.into_iter()
                    .map(|id| {
                        let record = sql::find(reader.conn, object, company, id)?.unwrap();
                        Ok((id, viewers(reader, object, &record)?, permitted_users(reader, object, id)?))
                    })
                    .collect::<penstock_model::Result<Vec<_>>>()
            })
            .await
            .unwrap();
        for user in [ANN, BOB] {
            let listed = listed(tenant, user, object).await;
            let ids: Vec<i64> = in_memory.iter().map(|(id, ..)| *id).collect();
            let alone = tenant.read(user, move |reader| {
                ids.iter().map(|id| reader.can_see(object, *id)).collect::<penstock_model::Result<Vec<bool>>>()
            });
            for ((id, viewers, permitted), alone) in in_memory.iter().zip(alone.await.unwrap()) {
                let said = [alone, listed.contains(id), viewers.include(user), permitted.contains(&user)];
                assert!(said == [alone; 4], "{} {id} and user {user}: alone, listed, in memory: {said:?}", object.name);
                *(if alone { &mut seen } else { &mut hidden }) += 1;
            }
        }
    }
    (seen, hidden)
}

async fn listed(tenant: &TestCompany, user: UserId, object: &'static Object) -> Vec<i64> {
    let read = move |reader: &mut penstock_crm::Reader<'_>| {
        let columns = [Column::Field(&object.fields[0])];
        let page = reader.list(&List { deleted: Deleted::Shown, ..List::all(object, &columns, 100_000) })?;
        Ok((0..page.len()).map(|row| page.id(row)).collect())
    };
    tenant.read(user, read).await.unwrap()
}

#[tokio::test]
async fn what_is_said_at_a_hidden_record_is_hidden_however_it_is_looked_at() {
    for tenant in tenants().await {
        let deal = tenant.create(ANN, &DEAL, patch(&DEAL, [("title", "x".into()), ("visible_to", 1.into())])).await;
        let deal = deal.unwrap().id();
        let note = patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into()), ("owner_id", ADMIN.into())]);
        let note = tenant.create(ADMIN, &NOTE, note).await.unwrap().id();
        let comment = patch(&COMMENT, [("content", "b".into()), ("note_id", note.into())]);
        let comment = tenant.create(ANN, &COMMENT, comment).await.unwrap().id();
        let seen = |user| tenant.read(user, move |reader| reader.can_see(&COMMENT, comment));
        assert!(seen(ANN).await.unwrap() && !seen(BOB).await.unwrap());
        let (seen, hidden) = agree(&tenant).await;
        assert!(seen >= 3 && hidden >= 3, "{seen} {hidden}");
    }
}
