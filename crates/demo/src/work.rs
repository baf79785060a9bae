//! The work around deals: calls, meetings and the like, planned and done, and notes.

use penstock_model::{
    Micros, objects,
    time::{self, DAY, SECOND},
};
use serde_json::{Map, Value as Json, json};

use super::{
    plan::{Act, DAYS, body},
    random::Random,
    sales::day,
    words,
};

/// What a record is linked to: field and number.
type Links<'a> = &'a [(&'a str, Option<i64>)];

/// Activities and notes while they are gathered; they get their numbers when all are known.
pub(super) struct Work {
    random: Random,
    start: Micros,
    activities: Vec<Activity>,
    notes: Vec<(Micros, i64, Map<String, Json>)>,
}

struct Activity {
    made: Micros,
    done: Option<Micros>,
    user: i64,
    body: Map<String, Json>,
}

impl Work {
    pub(super) fn new(seed: i64, start: Micros) -> Self {
        Self { random: Random::new(seed, "work"), start, activities: Vec::new(), notes: Vec::new() }
    }

    fn end(&self) -> Micros {
        self.start + DAYS * DAY
    }

    /// The first contact about a deal, soon after it was made.
    pub(super) fn first_contact(&mut self, at: Micros, user: i64, links: Links<'_>) {
        let due = self.random.working_time(self.start, at, (1, 5));
        let what = *self.random.pick(&words::FIRST_CONTACT);
        self.plan(at + 40 * SECOND, due, user, what, links);
    }

    /// What was done before a deal moved on; not always written down.
    pub(super) fn along_the_way(&mut self, known: Micros, moved: Micros, user: i64, links: Links<'_>) {
        if self.random.chance(55) {
            let what = *self.random.pick(&words::ALONG_THE_WAY);
            let due = moved - self.random.between(2, 30) * 3600 * SECOND;
            self.plan((due - 2 * DAY).max(known + 90 * SECOND), due, user, what, links);
        }
    }

    /// What is planned for an open deal: mostly something to come, now and then something overdue or nothing.
    pub(super) fn next_step(&mut self, known: Micros, user: i64, links: Links<'_>) {
        let what = *self.random.pick(&words::ALONG_THE_WAY);
        let (from, days) = match self.random.between(1, 10) {
            1 | 2 => return,
            3 => (self.end() - 12 * DAY, (0, 10)),
            _ => (self.end(), (0, 25)),
        };
        let due = self.random.working_time(self.start, from, days);
        let made = self.end() - self.random.between(1, 40) * 600 * SECOND - 3 * DAY;
        self.add(made.max(known + 90 * SECOND), due, None, user, what, links);
    }

    /// An activity that is done when it is due, if that is in the past.
    fn plan(
        &mut self,
        made: Micros,
        due: Micros,
        user: i64,
        what: (&'static str, &'static str, i64),
        links: Links<'_>,
    ) {
        let done = due + (what.2 * 60 + self.random.between(60, 4000)) * SECOND;
        let done = (done < self.end() && !self.random.chance(4)).then_some(done);
        self.add(made, due, done, user, what, links);
    }

    fn add(
        &mut self,
        made: Micros,
        due: Micros,
        done: Option<Micros>,
        user: i64,
        (kind, subject, minutes): (&'static str, &'static str, i64),
        links: Links<'_>,
    ) {
        // Clock times are in quarters of an hour; what takes no time is due some day.
        let clock = due.rem_euclid(DAY) / SECOND / 900 * 900;
        let mut body = body! {
            "subject" => subject,
            "type" => kind,
            "owner_id" => user,
            "due_date" => day(due),
            "due_time" => (minutes > 0).then(|| time::clock_text(clock)),
            "duration" => (minutes > 0).then(|| time::clock_text(minutes * 60)),
        };
        for (name, id) in links {
            if let Some(id) = id {
                body.insert((*name).to_owned(), json!(id));
            }
        }
        self.activities.push(Activity { made, done, user, body });
    }

    /// Sometimes a note is left.
    pub(super) fn perhaps_noted(&mut self, at: Micros, user: i64, first: &str, (link, id): (&str, i64)) {
        if self.random.chance(if link == "person_id" { 9 } else { 22 }) {
            let content = self.random.pick(&words::NOTES).replace("{}", first);
            let moment = at + self.random.between(5, 200) * 60 * SECOND;
            let pinned = (link == "deal_id" && self.random.chance(8)).then_some(true);
            let body = body! { "content" => content, link => id, "pinned_to_deal_flag" => pinned };
            self.notes.push((moment, user, body));
        }
    }

    /// Numbers everything by the time at which it was made.
    pub(super) fn finish(mut self, acts: &mut Vec<Act>) {
        self.activities.sort_by_key(|a| a.made);
        self.notes.sort_by_key(|n| n.0);
        for (Activity { made, done, user, body }, id) in self.activities.into_iter().zip(1..) {
            acts.push(Act { at: made, user, object: &objects::ACTIVITY, id, makes: true, body });
            if let Some(at) = done {
                let body = body! { "done" => true };
                acts.push(Act { at, user, object: &objects::ACTIVITY, id, makes: false, body });
            }
        }
        for ((at, user, body), id) in self.notes.into_iter().zip(1..) {
            acts.push(Act { at, user, object: &objects::NOTE, id, makes: true, body });
        }
    }
}
