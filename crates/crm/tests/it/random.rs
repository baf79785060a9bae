//! Several hundred random acts, after which everything derived must be what it is when it is computed anew.

use penstock_crm::{Patch, followers, participants};
use penstock_model::{
    Code, Object, UserId, Value, ValueRef,
    kind::{Strictness, id_list, parse},
    objects::{ACTIVITY, DEAL, LEAD, LEAD_LABEL, NOTE, ORGANIZATION, PERSON, PIPELINE, STAGE},
};
use serde_json::json;

use crate::{
    fields::define,
    policy,
    purge::purge,
    recount::Recount,
    test_company::{ADMIN, TestCompany, patch, tenants},
};

/// Acts per engine.
const ACTS: usize = 800;

/// A sequence of numbers that repeats from run to run.
pub(crate) struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }
    pub(crate) fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }
    pub(crate) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.roll(i64::try_from(of.len()).unwrap())).unwrap()].clone()
    }
    /// A record that may exist, or nothing.
    fn link(&mut self) -> Value {
        if self.roll(4) == 0 { Value::Null } else { Value::Int(self.roll(8) + 1) }
    }
    fn contacts(&mut self) -> Value {
        let addresses = ["a@x.org", "B@x.org", "b@X.org", "c@x.org"];
        let list: Vec<String> = (0..self.roll(4)).map(|_| self.pick(&addresses).to_owned()).collect();
        parse(penstock_model::Kind::Emails, &json!(list), Strictness::Lenient, "emails", &[]).unwrap()
    }
}

/// Random values for some of the object's fields.
fn values(dice: &mut Dice, object: &'static Object, custom: u32) -> Patch {
    let mut patch = Patch::default();
    let words = ["Ärger", "Boot and boat", "CAR", "door", "Ärger", "Emu", "fig"];
    let fields: &[&str] = match object.name {
        "deal" => &[
            "title",
            "person_id",
            "org_id",
            "owner_id",
            "visible_to",
            "status",
            "stage_id",
            "pipeline_id",
            "value",
            "is_deleted",
        ],
        "person" => &[
            "name",
            "first_name",
            "last_name",
            "org_id",
            "owner_id",
            "visible_to",
            "emails",
            "label_ids",
            "is_deleted",
        ],
        "organization" => &["name", "owner_id", "visible_to", "is_deleted"],
        "lead" => &["title", "person_id", "org_id", "owner_id", "value", "is_archived", "visible_to", "labels"],
        "activity" => &[
            "subject",
            "type",
            "done",
            "due_date",
            "due_time",
            "deal_id",
            "lead_id",
            "person_id",
            "org_id",
            "participants",
            "is_deleted",
        ],
        _ => &["content", "deal_id", "lead_id", "person_id", "org_id", "pinned_to_deal_flag"],
    };
    for name in fields {
        let wanted = ["title", "name", "content"].contains(name);
        if !(wanted && dice.roll(9) > 0) && dice.roll(3) > 0 {
            continue;
        }
        if *name == "labels" {
            let labels: Vec<i64> = (0..=dice.roll(2)).map(|_| dice.roll(6) + 1).collect();
            patch.set(object, "label_ids", dice.pick(&[Value::Null, id_list(&labels).into()]));
            continue;
        }
        let value = match *name {
            "owner_id" => Value::Int(dice.roll(3) + 1),
            "visible_to" => Value::Int(dice.pick(&[1, 3, 3, 7])),
            "status" => dice.pick(&["open", "open", "won", "lost", "deleted"]).into(),
            "stage_id" => Value::Int(dice.roll(8) + 1),
            "pipeline_id" => Value::Int(dice.roll(2) + 1),
            "value" => dice.pick(&[Value::Null, Value::Int(5), Value::Int(1_000_000)]),
            // Deletes, brings back, or makes what is deleted already.
            "is_deleted" => Value::Bool(dice.roll(4) == 0),
            "done" | "is_archived" | "pinned_to_deal_flag" => Value::Bool(dice.roll(3) == 0),
            "type" => dice.pick(&["call", "lunch", "task"]).into(),
            "due_date" => dice.pick(&[Value::Null, "2030-01-01".into(), "2030-01-02".into(), "2030-02-01".into()]),
            "due_time" => dice.pick(&[Value::Null, "09:00:00".into(), "17:30:00".into()]),
            "emails" => dice.contacts(),
            "label_ids" => dice.pick(&[Value::Null, id_list(&[1]).into(), id_list(&[2, 3]).into()]),
            "participants" => {
                let (one, two) = (dice.roll(6) + 1, dice.roll(6) + 7);
                let list =
                    format!("[{{\"person_id\":{one},\"primary\":false}},{{\"person_id\":{two},\"primary\":true}}]");
                dice.pick(&[Value::Null, list.into()])
            }
            name if name.ends_with("_id") => dice.link(),
            _ => dice.pick(&words).into(),
        };
        patch.set(object, name, value);
    }
    if object.custom == Some("deal") && dice.roll(2) == 0 {
        patch.custom = vec![(custom, dice.pick(&[Value::Null, "Red".into(), "blue".into()]))];
    }
    patch
}

async fn act(tenant: &TestCompany, dice: &mut Dice, custom: u32) -> penstock_model::Result<()> {
    let object = dice.pick(&[&DEAL, &DEAL, &PERSON, &ORGANIZATION, &LEAD, &ACTIVITY, &ACTIVITY, &ACTIVITY, &NOTE]);
    let (id, user) = (dice.roll(12) + 1, UserId::new(dice.roll(3) + 1));
    let patch = values(dice, object, custom);
    match dice.roll(17) {
        0..5 => tenant.create(user, object, patch).await.map(|_| ()),
        5..12 => tenant.update(user, object, id, patch).await.map(|_| ()),
        12 => tenant.delete(user, object, id).await,
        13 => {
            let followed = dice.pick(&[&DEAL, &PERSON, &ORGANIZATION]);
            tenant.write(user, move |tx| followers::follow(tx, followed, id, user).map(|_| ())).await
        }
        // A deleted label leaves its leads; another one takes its place.
        16 => {
            let label = dice.roll(6) + 1;
            tenant.delete(ADMIN, &LEAD_LABEL, label).await?;
            tenant.create(ADMIN, &LEAD_LABEL, new_label()).await.map(|_| ())
        }
        14 => tenant.write(user, move |tx| followers::unfollow_user(tx, &DEAL, id, user).map(|_| ())).await,
        _ => {
            let person = dice.roll(12) + 1;
            tenant.write(user, move |tx| participants::add(tx, id, person).map(|_| ())).await
        }
    }
}

fn new_label() -> Patch {
    patch(&LEAD_LABEL, [("name", "Hot".into()), ("color", "red".into())])
}

/// The last event, and whether some record has two events after `since`.
async fn told_twice(tenant: &TestCompany, since: i64) -> (i64, bool) {
    let key = [tenant.company.get(), since];
    tenant
        .read(ADMIN, move |reader| {
            let events = "SELECT COUNT(*), COUNT(DISTINCT object * 1000000 + record_id) FROM event \
                          WHERE company_id = ?1 AND seq > ?2";
            let counts = penstock_store::one(reader.conn, events, &key.map(ValueRef::Int), 2)?.unwrap();
            Ok((since + counts[0].int().unwrap(), counts[0] != counts[1]))
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_derived_is_right_after_random_acts() {
    for tenant in tenants().await {
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        for name in ["In", "Out"] {
            let stage = patch(&STAGE, [("name", name.into()), ("pipeline_id", other.into())]);
            tenant.create(ADMIN, &STAGE, stage).await.unwrap();
        }
        for _ in 0..4 {
            tenant.create(ADMIN, &LEAD_LABEL, new_label()).await.unwrap();
        }
        let custom = u32::try_from(define(&tenant, &DEAL, "varchar", &[]).await.unwrap().id()).unwrap();
        let mut dice = Dice::new(20_261_123);
        let mut done = 0;
        let mut seq = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        for number in 0..ACTS {
            tenant.clock.set(&format!("2026-04-{:02} {:02}:{:02}:00", number / 24 % 28 + 1, number % 24, number % 60));
            match act(&tenant, &mut dice, custom).await {
                Ok(()) => done += 1,
                Err(e) => {
                    let faulty = matches!(e.code, Code::Internal | Code::Unavailable | Code::Conflict);
                    assert!(!faulty, "act {number}: {e}");
                }
            }
            let (last, twice) = told_twice(&tenant, seq).await;
            assert!(!twice, "act {number} told of a record twice");
            seq = last;
            if number % 100 == 99 {
                tenant.recount().await;
            }
        }
        let (seen, hidden) = policy::agree(&tenant).await;
        assert!(seen > 200 && hidden > 10, "{seen} seen, {hidden} hidden");
        tenant.clock.set("2026-07-01 00:00:00");
        assert!(purge(&tenant).await > 0);
        tenant.recount().await;
        policy::agree(&tenant).await;
        let left = "SELECT COUNT(*) FROM deal WHERE company_id = ?1 AND is_deleted = TRUE";
        assert_eq!(tenant.number(left).await, 0, "what was deleted is purged");
        eprintln!("{done} of {ACTS} acts were done");
        assert!(done > ACTS / 3, "{done} of {ACTS} acts were done");
        assert!(tenant.number("SELECT COUNT(*) FROM event WHERE company_id = ?1").await > 300);
        let events = tenant.number("SELECT COUNT(*) FROM event WHERE company_id = ?1").await;
        let last = tenant.number("SELECT MAX(seq) FROM event WHERE company_id = ?1").await;
        assert_eq!(events, last, "without gaps");
    }
}
