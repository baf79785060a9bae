//! Followers, participants, and who may see a record.

use penstock_crm::{Action, followers, participants, permitted_users::permitted_users};
use penstock_model::{
    Code, UserId,
    objects::{DEAL, NOTE, PERSON},
};

use crate::test_company::{ADMIN, ANN, BOB, TestCompany, patch, refusal, tenants};

async fn secret(tenant: &TestCompany) -> i64 {
    let deal = patch(&DEAL, [("title", "x".into()), ("visible_to", 1.into())]);
    tenant.create(ANN, &DEAL, deal).await.unwrap().id()
}

async fn followed_by(tenant: &TestCompany, deal: i64) -> Vec<UserId> {
    tenant
        .read(ADMIN, move |reader| {
            let page = followers::list(reader, &DEAL, deal, None, 100)?;
            Ok((0..page.len()).filter_map(|row| page.get(row, 0).int()).map(UserId::new).collect())
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_follower_sees_the_record_until_it_ends() {
    for tenant in tenants().await {
        let deal = secret(&tenant).await;
        let follow = |by, who| tenant.write(by, move |tx| followers::follow(tx, &DEAL, deal, who));
        assert_eq!(refusal(follow(BOB, BOB).await), Code::NotFound, "one must see it to follow it");
        assert_eq!(refusal(follow(ANN, UserId::new(99)).await), Code::ReferenceUnknown);
        let follower = follow(ANN, BOB).await.unwrap();
        let again = follow(ANN, BOB).await.unwrap();
        assert_eq!((follower.id(), follower.version), (again.id(), again.version), "twice is once");
        assert_eq!(followed_by(&tenant, deal).await, [ANN, BOB]);
        assert_eq!(tenant.get(&DEAL, deal).await.get("followers_count").int(), Some(2));
        let follows =
            tenant.read(BOB, |reader| followers::following(reader, BOB, Some(&DEAL), None, 10)).await.unwrap();
        assert_eq!(follows.get(0, 3).int(), Some(deal));
        let id = follower.id();
        let other = tenant.deal(ANN, "y").await.id();
        let wrong = tenant.write(ANN, move |tx| followers::unfollow(tx, &DEAL, other, id)).await;
        assert_eq!(refusal(wrong), Code::NotFound, "it follows another record");
        tenant.write(BOB, move |tx| followers::unfollow(tx, &DEAL, deal, id)).await.unwrap();
        assert_eq!(followed_by(&tenant, deal).await, [ANN]);
        assert!(!tenant.read(BOB, move |reader| reader.can_see(&DEAL, deal)).await.unwrap());
        let gone = tenant.write(ANN, move |tx| followers::unfollow_user(tx, &DEAL, deal, BOB)).await;
        assert_eq!(refusal(gone), Code::NotFound);
        tenant.write(ANN, move |tx| followers::unfollow_user(tx, &DEAL, deal, ANN)).await.unwrap();
        assert!(tenant.read(ANN, move |reader| reader.can_see(&DEAL, deal)).await.unwrap(), "she owns it");
    }
}

#[tokio::test]
async fn the_changelog_tells_of_followers_who_are_gone() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        tenant.write(ANN, move |tx| followers::follow(tx, &DEAL, deal, BOB)).await.unwrap();
        tenant.clock.set("2026-03-03 10:00:00");
        tenant.write(BOB, move |tx| followers::unfollow_user(tx, &DEAL, deal, BOB)).await.unwrap();
        tenant.write(ADMIN, move |tx| followers::follow(tx, &DEAL, deal, BOB)).await.unwrap();
        let lines = tenant.read(ANN, move |reader| followers::changes(reader, &DEAL, deal, None, 100)).await.unwrap();
        let told: Vec<_> = lines.iter().map(|l| (l.action, l.actor, l.user)).collect();
        assert_eq!(
            told,
            [
                (Action::Create, ADMIN, BOB),
                (Action::Delete, BOB, BOB),
                (Action::Create, ANN, BOB),
                (Action::Create, ANN, ANN),
            ]
        );
        assert!(lines[0].time > lines[2].time);
        let before = lines[1].seq;
        let older = tenant.read(ANN, move |r| followers::changes(r, &DEAL, deal, Some(before), 1)).await.unwrap();
        assert_eq!(older, lines[2..3]);
    }
}

#[tokio::test]
async fn persons_take_part_in_deals() {
    for tenant in tenants().await {
        let [main, other] = [tenant.person(ANN, "Main").await.id(), tenant.person(ANN, "Other").await.id()];
        let deal = patch(&DEAL, [("title", "x".into()), ("person_id", main.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        let added = tenant.write(BOB, move |tx| participants::add(tx, deal, other)).await.unwrap();
        let again = tenant.write(ANN, move |tx| participants::add(tx, deal, other)).await.unwrap();
        assert_eq!(added.id(), again.id());
        assert_eq!(added.get("added_by_user_id").int(), Some(BOB.get()));
        let page = tenant.read(ANN, move |reader| participants::list(reader, deal, 0, 10)).await.unwrap();
        assert_eq!((0..page.len()).filter_map(|r| page.get(r, 1).int()).collect::<Vec<_>>(), [main, other]);
        let first = page.id(0);
        let main_one = tenant.write(ANN, move |tx| participants::remove(tx, deal, first)).await;
        assert_eq!(refusal(main_one), Code::RuleViolated);
        let id = added.id();
        tenant.write(ANN, move |tx| participants::remove(tx, deal, id)).await.unwrap();
        assert_eq!(tenant.get(&DEAL, deal).await.get("participants_count").int(), Some(1));
        let lines = tenant.read(ANN, move |reader| participants::changes(reader, deal, None, 10)).await.unwrap();
        let told: Vec<_> = lines.iter().map(|l| (l.action, l.actor, l.person)).collect();
        assert_eq!(told, [(Action::Delete, ANN, other), (Action::Create, BOB, other), (Action::Create, ANN, main),]);
    }
}

#[tokio::test]
async fn the_users_who_may_see_a_record_are_known() {
    for tenant in tenants().await {
        let open = tenant.deal(ANN, "x").await.id();
        let hidden = secret(&tenant).await;
        let person = patch(&PERSON, [("name", "Carol".into()), ("visible_to", 1.into())]);
        let person = tenant.create(ANN, &PERSON, person).await.unwrap().id();
        let note = patch(&NOTE, [("content", "a".into()), ("deal_id", hidden.into()), ("person_id", person.into())]);
        let note = tenant.create(ANN, &NOTE, note).await.unwrap().id();
        let deal_users = |id| tenant.read(ANN, move |reader| permitted_users(reader, &DEAL, id));
        let note_users = || tenant.read(ANN, move |reader| permitted_users(reader, &NOTE, note));
        assert_eq!(deal_users(open).await.unwrap(), [ADMIN, ANN, BOB]);
        assert_eq!(deal_users(hidden).await.unwrap(), [ADMIN, ANN]);
        tenant.write(ANN, move |tx| followers::follow(tx, &DEAL, hidden, BOB)).await.unwrap();
        assert_eq!(deal_users(hidden).await.unwrap(), [ADMIN, ANN, BOB]);
        assert_eq!(note_users().await.unwrap(), [ADMIN, ANN], "Bob does not see the person");
        tenant.write(ANN, move |tx| followers::follow(tx, &PERSON, person, BOB)).await.unwrap();
        assert_eq!(note_users().await.unwrap(), [ADMIN, ANN, BOB]);
    }
}

/// Writes that wait together are run in one transaction and hand on what they found.
#[tokio::test]
async fn a_write_knows_what_those_before_it_in_its_group_did() {
    for tenant in tenants().await {
        let hidden = patch(&PERSON, [("name", "Hidden".into()), ("visible_to", 1.into())]);
        let hidden = tenant.create(ANN, &PERSON, hidden).await.unwrap().id();
        let shared = tenant.person(ANN, "Shared").await.id();
        let refer = |user, person: i64| {
            tenant.create(user, &DEAL, patch(&DEAL, [("title", "x".into()), ("person_id", person.into())]))
        };
        // The others wait while the first one sleeps.
        let sleeps = tenant.write(ANN, |_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            Ok(())
        });
        let (_, owner, other, admin, before, deleted, after) = tokio::join!(
            sleeps,
            refer(ANN, hidden),
            refer(BOB, hidden),
            refer(ADMIN, hidden),
            refer(ANN, shared),
            tenant.delete(ANN, &PERSON, shared),
            refer(ANN, shared),
        );
        assert_eq!(refusal(other), Code::ReferenceUnknown, "what she sees is hidden from him");
        assert_eq!(refusal(after), Code::ReferenceUnknown, "the person is deleted");
        let made = [owner, admin, before].map(Result::unwrap);
        assert!(deleted.is_ok() && made.iter().all(|deal| deal.get("person_id").int().is_some()));
    }
}
