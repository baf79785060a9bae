//! Notes and comments.

use penstock_crm::Single;
use penstock_model::{
    Code, Value,
    objects::{COMMENT, DEAL, NOTE},
};

use crate::office::{ADMIN, ANN, BOB, offices, patch, refusal};

#[tokio::test]
async fn a_note_stands_somewhere_and_is_pinned_there() {
    for office in offices().await {
        let deal = office.deal(ANN, "x").await.id();
        let loose = patch(&NOTE, [("content", "a".into())]);
        assert_eq!(refusal(office.create(ANN, &NOTE, loose).await), Code::FieldRequired);
        let empty = patch(&NOTE, [("deal_id", deal.into()), ("content", " ".into())]);
        assert_eq!(refusal(office.create(ANN, &NOTE, empty).await), Code::FieldRequired);
        let wrong =
            patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into()), ("pinned_to_person_flag", true.into())]);
        assert_eq!(refusal(office.create(ANN, &NOTE, wrong).await), Code::RuleViolated);
        let note = patch(
            &NOTE,
            [
                ("content", "<b onclick=\"x()\">blue</b><script>1</script>".into()),
                ("deal_id", deal.into()),
                ("pinned_to_deal_flag", true.into()),
            ],
        );
        let note = office.create(ANN, &NOTE, note).await.unwrap();
        assert_eq!(note.get("content").text(), Some("<b>blue</b>"));
        assert_eq!(office.get(&DEAL, deal).await.get("notes_count").int(), Some(1));
        let person = office.person(ANN, "Carol").await.id();
        let moved = patch(&NOTE, [("deal_id", Value::Null), ("person_id", person.into())]);
        let moved = office.update(BOB, &NOTE, note.id(), moved).await.unwrap();
        assert!(!moved.get("pinned_to_deal_flag").truth(), "the pin goes with its place");
        assert_eq!(moved.get("last_update_user_id").int(), Some(BOB));
        assert_eq!(moved.get("owner_id").int(), Some(ANN));
    }
}

#[tokio::test]
async fn only_admins_say_whose_note_it_is() {
    for office in offices().await {
        let deal = office.deal(ANN, "x").await.id();
        let by =
            |user: i64| patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into()), ("owner_id", user.into())]);
        assert_eq!(refusal(office.create(ANN, &NOTE, by(BOB)).await), Code::Forbidden);
        let own = office.create(ANN, &NOTE, by(ANN)).await.unwrap().id();
        assert_eq!(refusal(office.update(ANN, &NOTE, own, by(BOB)).await), Code::Forbidden);
        office.update(ANN, &NOTE, own, by(ANN)).await.unwrap();
        let bobs = office.create(ADMIN, &NOTE, by(BOB)).await.unwrap();
        assert_eq!(bobs.get("owner_id").int(), Some(BOB));
    }
}

#[tokio::test]
async fn comments_stand_at_a_note_that_is_seen() {
    for office in offices().await {
        let secret = patch(&DEAL, [("title", "x".into()), ("visible_to", 1.into())]);
        let deal = office.create(ANN, &DEAL, secret).await.unwrap().id();
        let note = patch(&NOTE, [("content", "a".into()), ("deal_id", deal.into())]);
        let note = office.create(ANN, &NOTE, note).await.unwrap().id();
        let comment = patch(&COMMENT, [("content", "Really?".into()), ("note_id", note.into())]);
        let made = office.create(ANN, &COMMENT, comment.clone()).await.unwrap();
        assert_eq!(refusal(office.create(BOB, &COMMENT, comment).await), Code::ReferenceUnknown);
        let id = made.id();
        let sure = patch(&COMMENT, [("content", "Sure?".into())]);
        assert_eq!(refusal(office.update(BOB, &COMMENT, id, sure.clone()).await), Code::NotFound);
        let changed = office.update(ADMIN, &COMMENT, id, sure).await.unwrap();
        assert_eq!((changed.get("owner_id").int(), changed.get("updater_id").int()), (Some(ANN), Some(ADMIN)));
        let seen = |user| office.read(user, move |reader| reader.one(&Single::new(&COMMENT, &[]), id).map(|p| p.len()));
        assert_eq!(seen(ANN).await.unwrap(), 1);
        assert_eq!(refusal(seen(BOB).await), Code::NotFound);
    }
}
