//! Who sees a record, from the record in memory and the records that it names.

use std::collections::{BTreeSet, HashMap};

use penstock_model::{
    Object, Result, UserId,
    objects::{ACTIVITY, COMMENT, DEAL, DEAL_STAGE_VISIT, FOLLOWER, LEAD, NOTE, ORGANIZATION, PERSON, PIPELINE},
    visibility::{Facts, LEVELS, Level, Openness, Records, Viewers, viewers, viewers_without_following},
};

const ANN: i64 = 2;
const BOB: i64 = 3;
const CAROL: i64 = 4;

/// A record: its number, and what its fields hold.
#[derive(Clone, Debug)]
struct Row(i64, Vec<(&'static str, i64)>);

impl Facts for Row {
    fn id(&self) -> i64 {
        self.0
    }
    fn number(&self, field: &str) -> Option<i64> {
        self.1.iter().find(|(name, _)| *name == field).map(|(_, number)| *number)
    }
}

#[derive(Default)]
struct World {
    rows: HashMap<(&'static str, i64), Row>,
    followers: HashMap<(&'static str, i64), Vec<i64>>,
}

impl World {
    fn with(mut self, object: &'static Object, id: i64, fields: &[(&'static str, i64)]) -> Self {
        self.rows.insert((object.name, id), Row(id, fields.to_vec()));
        self
    }
    fn followed(mut self, object: &'static Object, id: i64, by: &[i64]) -> Self {
        self.followers.insert((object.name, id), by.to_vec());
        self
    }
    /// Who sees a record with these values.
    fn seen(&mut self, object: &'static Object, fields: &[(&'static str, i64)]) -> Viewers {
        viewers(self, object, &Row(1, fields.to_vec())).expect("what is in memory can be read")
    }
}

impl Records for World {
    type Record = Row;
    fn find(&mut self, object: &'static Object, id: i64) -> Result<Option<Row>> {
        Ok(self.rows.get(&(object.name, id)).cloned())
    }
    fn followers(&mut self, object: &'static Object, id: i64) -> Result<BTreeSet<UserId>> {
        let users = self.followers.get(&(object.name, id)).cloned().unwrap_or_default();
        Ok(users.into_iter().map(UserId::new).collect())
    }
}

const EVERYONE: Viewers = Viewers::Everyone;

fn only(users: &[i64]) -> Viewers {
    Viewers::Only(users.iter().copied().map(UserId::new).collect())
}

#[test]
fn an_owned_record_is_seen_by_all_its_owner_or_its_followers() {
    for object in [&DEAL, &LEAD, &PERSON, &ORGANIZATION] {
        let mut world = World::default();
        assert_eq!(world.seen(object, &[("owner_id", ANN), ("visible_to", 3)]), EVERYONE);
        assert_eq!(world.seen(object, &[("owner_id", ANN), ("visible_to", 1)]), only(&[ANN]));
        assert_eq!(world.seen(object, &[("visible_to", 1)]), only(&[]));
        let mut world = world.followed(object, 1, &[BOB]);
        assert_eq!(world.seen(object, &[("owner_id", ANN), ("visible_to", 1)]), only(&[ANN, BOB]));
    }
}

#[test]
fn what_the_whole_company_has_is_seen_by_all() {
    assert_eq!(World::default().seen(&PIPELINE, &[]), EVERYONE);
}

#[test]
fn a_linked_record_is_seen_by_who_sees_all_that_it_names() {
    let mut world = World::default()
        .with(&DEAL, 7, &[("owner_id", ANN), ("visible_to", 1)])
        .followed(&DEAL, 7, &[BOB])
        .with(&PERSON, 8, &[("owner_id", BOB), ("visible_to", 1)])
        .with(&ORGANIZATION, 9, &[("owner_id", ANN), ("visible_to", 3)]);
    for object in [&ACTIVITY, &NOTE] {
        assert_eq!(world.seen(object, &[("owner_id", CAROL)]), EVERYONE, "linked to nothing");
        assert_eq!(world.seen(object, &[("owner_id", CAROL), ("org_id", 9)]), EVERYONE);
        assert_eq!(world.seen(object, &[("owner_id", CAROL), ("deal_id", 7)]), only(&[ANN, BOB, CAROL]));
        let both = [("owner_id", CAROL), ("deal_id", 7), ("person_id", 8)];
        assert_eq!(world.seen(object, &both), only(&[BOB, CAROL]));
        assert_eq!(world.seen(object, &[("owner_id", CAROL), ("deal_id", 77)]), only(&[CAROL]), "it is gone");
    }
}

#[test]
fn what_belongs_to_a_record_is_seen_with_it() {
    let mut world = World::default().with(&DEAL, 7, &[("owner_id", ANN), ("visible_to", 1)]).with(
        &NOTE,
        5,
        &[("owner_id", BOB), ("deal_id", 7)],
    );
    assert_eq!(world.seen(&COMMENT, &[("owner_id", CAROL), ("note_id", 5)]), only(&[ANN, BOB]));
    assert_eq!(world.seen(&COMMENT, &[("owner_id", CAROL), ("note_id", 55)]), only(&[]));
    assert_eq!(world.seen(&COMMENT, &[("owner_id", CAROL)]), only(&[]));
    assert_eq!(world.seen(&DEAL_STAGE_VISIT, &[("deal_id", 7)]), only(&[ANN]));
}

#[test]
fn what_is_about_a_record_by_object_and_number_is_seen_with_it() {
    let mut world = World::default().with(&DEAL, 7, &[("owner_id", ANN), ("visible_to", 1)]).with(
        &PERSON,
        7,
        &[("owner_id", BOB), ("visible_to", 1)],
    );
    let about = |object: &Object, id| [("object", i64::from(object.code)), ("record_id", id)];
    assert_eq!(world.seen(&FOLLOWER, &about(&DEAL, 7)), only(&[ANN]));
    assert_eq!(world.seen(&FOLLOWER, &about(&PERSON, 7)), only(&[BOB]));
    assert_eq!(world.seen(&FOLLOWER, &about(&DEAL, 8)), only(&[]), "there is no such record");
    assert_eq!(world.seen(&FOLLOWER, &about(&PIPELINE, 8)), EVERYONE, "what everyone sees need not be there");
    assert_eq!(world.seen(&FOLLOWER, &about(&DEAL, 7)[..1]), only(&[]), "no number");
    assert_eq!(world.seen(&FOLLOWER, &about(&DEAL, 7)[1..]), only(&[]), "no object");
}

#[test]
fn following_aside_an_owned_record_is_seen_by_all_or_its_owner() {
    let seen = |visible_to| viewers_without_following(&Row(1, vec![("owner_id", ANN), ("visible_to", visible_to)]));
    assert_eq!(seen(3), EVERYONE);
    assert_eq!(seen(1), only(&[ANN]));
}

#[test]
fn viewers_include_who_is_named() {
    let ann = only(&[ANN]);
    assert!(ann.include(UserId::new(ANN)) && !ann.include(UserId::new(BOB)));
    assert!(EVERYONE.include(UserId::new(BOB)));
}

#[test]
fn levels_are_found_by_their_numbers_alone() {
    for level in LEVELS {
        assert_eq!(Level::find(level.number), Ok(level));
    }
    for number in [-1, 0, 2, 4, 6, 8] {
        assert_eq!(Level::find(number), Err("must be 1, 3, 5 or 7"));
    }
    assert_eq!([Openness::Owner, Openness::Company].map(Openness::word), ["owner", "company"]);
}
