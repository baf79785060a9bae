//! The policy of visibility has three readings: a condition of statements, branches of lists, and the users who see a
//! record in memory. They must say the same of every record.

use penstock_crm::{List, Patch, followers, participants, permitted_users::permitted_users};
use penstock_model::{
    Object, UserId, ValueRef,
    object::Visibility,
    objects::{self, ACTIVITY, COMMENT, DEAL, LEAD, NOTE, ORGANIZATION, PERSON},
    visibility::viewers,
};
use penstock_store::{
    ints,
    sql::{self, Column, Deleted},
};

use crate::{
    random::Dice,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, tenants},
};

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

/// A record with a text that stands at others, drawn at random.
fn linked(dice: &mut Dice, object: &'static Object, text: &str, each: i64) -> Patch {
    let mut patch = Patch::default();
    patch.set(object, text, "x");
    for link in ["deal_id", "lead_id", "person_id", "org_id"] {
        if dice.roll(2) == 0 {
            patch.set(object, link, dice.roll(each) + 1);
        }
    }
    patch
}

/// Records of each object, many of them hidden, of all three users, some of them followed.
async fn strew(tenant: &TestCompany, dice: &mut Dice, each: i64) {
    for (object, title) in [(&PERSON, "name"), (&ORGANIZATION, "name"), (&DEAL, "title"), (&LEAD, "title")] {
        for number in 1..=each {
            let owner = dice.pick(&[ADMIN, ANN, ANN, BOB]);
            let mut made = patch(object, [(title, "x".into()), ("owner_id", owner.into())]);
            made.set(object, "visible_to", dice.pick(&[1, 1, 3, 5, 7]));
            if object.name == LEAD.name {
                made.set(object, "person_id", number);
            }
            let id = tenant.create(ADMIN, object, made).await.unwrap().id();
            for user in [ANN, BOB] {
                if object.name != LEAD.name && dice.roll(4) == 0 {
                    tenant.write(ADMIN, move |tx| followers::follow(tx, object, id, user)).await.unwrap();
                }
            }
        }
    }
    for _ in 0..each {
        let mut activity = linked(dice, &ACTIVITY, "subject", each);
        activity.set(&ACTIVITY, "owner_id", dice.pick(&[ADMIN, ANN, BOB]));
        // One that stands at a lead can't stand at a deal as well.
        tenant.create(ADMIN, &ACTIVITY, activity).await.ok();
        let note = linked(dice, &NOTE, "content", each);
        if let Ok(note) = tenant.create(ADMIN, &NOTE, note).await {
            let comment = patch(&COMMENT, [("content", "b".into()), ("note_id", note.id().into())]);
            tenant.create(ADMIN, &COMMENT, comment).await.unwrap();
        }
        let (deal, person) = (dice.roll(each) + 1, dice.roll(each) + 1);
        tenant.write(ADMIN, move |tx| participants::add(tx, deal, person)).await.ok();
    }
}

#[tokio::test]
async fn every_reading_of_the_policy_says_the_same_of_random_records() {
    for tenant in tenants().await {
        let mut dice = Dice::new(12_007);
        strew(&tenant, &mut dice, 30).await;
        let (seen, hidden) = agree(&tenant).await;
        assert!(seen > 200 && hidden > 100, "{seen} seen, {hidden} hidden");
        // Owners and levels change, and with them what following grants.
        for object in [&DEAL, &PERSON, &ORGANIZATION] {
            for id in 1..=30 {
                let owner = dice.pick(&[ADMIN, ANN, BOB]);
                let level = dice.pick(&[1_i64, 3, 7]);
                let changed = patch(object, [("owner_id", owner.into()), ("visible_to", level.into())]);
                tenant.update(ADMIN, object, id, changed).await.unwrap();
            }
        }
        agree(&tenant).await;
    }
}
