//! Notes and comments.

use penstock_crm::Single;
use penstock_model::{
    Code, UserId, Value,
    objects::{COMMENT, DEAL, NOTE},
};

use crate::test_company::{ADMIN, ANN, BOB, patch, refusal, tenants};

#[tokio::test]
async fn a_note_stands_somewhere_and_is_pinned_there() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        let loose = patch(&NOTE, [("content", "a".into())]);
        assert_eq!(refusal(tenant.create(ANN, &NOTE, loose).await), Code::FieldRequired);
        let empty = patch(&NOTE, [("deal_id", deal.into()), ("content", " ".into())]);
        assert_eq!(refusal(tenant.create(ANN, &NOTE, empty).await), Code::FieldRequired);
        let wrong =
            patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into()), ("pinned_to_person_flag", true.into())]);
        assert_eq!(refusal(tenant.create(ANN, &NOTE, wrong).await), Code::RuleViolated);
        let note = patch(
            &NOTE,
            [
                ("content", "<b onclick=\"x()\">blue</b><script>1</script>".into()),
                ("deal_id", deal.into()),
                ("pinned_to_deal_flag", true.into()),
            ],
        );
        let note = tenant.create(ANN, &NOTE, note).await.unwrap();
        assert_eq!(note.get("content").text(), Some("<b>blue</b>"));
        assert_eq!(tenant.get(&DEAL, deal).await.get("notes_count").int(), Some(1));
        let person = tenant.person(ANN, "Carol").await.id();
        let moved = patch(&NOTE, [("deal_id", Value::Null), ("person_id", person.into())]);
        let moved = tenant.update(BOB, &NOTE, note.id(), moved).await.unwrap();
        assert!(!moved.get("pinned_to_deal_flag").truth(), "the pin goes with its place");
        assert_eq!(moved.get("last_update_user_id").int(), Some(BOB.get()));
        assert_eq!(moved.get("owner_id").int(), Some(ANN.get()));
    }
}

#[tokio::test]
async fn only_admins_say_whose_note_it_is() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        let by =
            |user: UserId| patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into()), ("owner_id", user.into())]);
        assert_eq!(refusal(tenant.create(ANN, &NOTE, by(BOB)).await), Code::Forbidden);
        let own = tenant.create(ANN, &NOTE, by(ANN)).await.unwrap().id();
        assert_eq!(refusal(tenant.update(ANN, &NOTE, own, by(BOB)).await), Code::Forbidden);
        tenant.update(ANN, &NOTE, own, by(ANN)).await.unwrap();
        let bobs = tenant.create(ADMIN, &NOTE, by(BOB)).await.unwrap();
        assert_eq!(bobs.get("owner_id").int(), Some(BOB.get()));
    }
}

#[tokio::test]
async fn comments_stand_at_a_note_that_is_seen() {
    for tenant in tenants().await {
        let secret = patch(&DEAL, [("title", "x".into()), ("visible_to", 1.into())]);
        let deal = tenant.create(ANN, &DEAL, secret).await.unwrap().id();
        let note = patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into())]);
        let note = tenant.create(ANN, &NOTE, note).await.unwrap().id();
        let comment = patch(&COMMENT, [("content", "Really?".into()), ("note_id", note.into())]);
        let made = tenant.create(ANN, &COMMENT, comment.clone()).await.unwrap();
        assert_eq!(refusal(tenant.create(BOB, &COMMENT, comment).await), Code::ReferenceUnknown);
        let id = made.id();
        let sure = patch(&COMMENT, [("content", "Sure?".into())]);
        assert_eq!(refusal(tenant.update(BOB, &COMMENT, id, sure.clone()).await), Code::NotFound);
        let changed = tenant.update(ADMIN, &COMMENT, id, sure).await.unwrap();
        assert_eq!(
            (changed.get("owner_id").int(), changed.get("updater_id").int()),
            (Some(ANN.get()), Some(ADMIN.get()))
        );
        let seen = |user| tenant.read(user, move |reader| reader.one(&Single::new(&COMMENT, &[]), id).map(|p| p.len()));
        assert_eq!(seen(ANN).await.unwrap(), 1);
        assert_eq!(refusal(seen(BOB).await), Code::NotFound);
    }
}
