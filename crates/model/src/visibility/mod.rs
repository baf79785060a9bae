//! Who sees which records: the one policy (pipedrive-contract 12.7, DESIGN 10), as a rule per object.
//!
//! From a rule come the condition of a statement (`store::sql::visibility_scope`) and, for a record in memory, who sees
//! it ([`viewers`]) and whether a user does ([`Viewers::include`]). A test of `crm` holds them against each other on
//! random records. What groups and roles change is changed here. Admins see everything; no rule speaks of them.

mod level;
mod viewers;

pub use level::{DECIDING, DEFAULT, LEVELS, Level, Openness};
pub use viewers::{Facts, Records, Viewers, viewers, viewers_without_following};

use crate::{Object, object::Visibility, objects};

/// What makes a user see a record.
#[derive(Clone, Debug)]
pub enum Rule {
    /// Nothing: everyone in the company does.
    Everyone,
    /// Its level of `visible_to` opens it to the whole company ([`Openness::Company`]; the column `shared`).
    Open,
    /// Its `owner_id` names the user.
    Owner,
    /// The user follows it.
    Follower,
    /// The user sees the record of an object that a field of it names.
    Linked {
        /// The field.
        field: &'static str,
        /// The object of the record that the field names.
        to: &'static Object,
        /// Whether a field that names none is no obstacle.
        optional: bool,
    },
    /// Its fields `object` and `record_id` name a record of this object, which the user sees.
    About(&'static Object),
    /// One of several. Of none: nobody does.
    Any(Vec<Self>),
    /// Several at once.
    All(Vec<Self>),
}

/// The rule of an object's records.
#[must_use]
pub fn rule(object: &'static Object) -> Rule {
    match object.visibility {
        Visibility::Company => Rule::Everyone,
        Visibility::Owned => Rule::Any(vec![Rule::Open, Rule::Owner, Rule::Follower]),
        Visibility::Linked(links) => {
            let linked = |&(field, to)| Rule::Linked { field, to: objects::get(to), optional: true };
            Rule::Any(vec![Rule::Owner, Rule::All(links.iter().map(linked).collect())])
        }
        // Either `object` and `record_id` name what it belongs to, or the first reference that is always there does.
        Visibility::Parent if object.field("record_id").is_some() => {
            let parents = objects::ALL.iter().copied().filter(|of| of.visibility != Visibility::Parent);
            Rule::Any(parents.map(Rule::About).collect())
        }
        Visibility::Parent => object.references().find(|(_, field, _)| field.required).map_or_else(
            || Rule::Any(Vec::new()),
            |(_, field, to)| Rule::Linked { field: field.name, to: objects::get(to), optional: false },
        ),
    }
}
