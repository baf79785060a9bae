//! Rights: what a user may do beyond working with the records that they see. An object's table names the one that
//! changing its records takes, and the rules check it below every face.

/// A right. Until users have permission sets, each is the admins' ([`Access::may`](crate::Access::may)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Add users, and activate or deactivate them.
    ManageUsers,
    /// Define pipelines and their stages.
    ManagePipelines,
    /// Define the types of activities.
    ManageActivityTypes,
    /// Define custom fields and the options of fields.
    ManageFields,
    /// Make somebody else a note's author.
    ReassignNotes,
    /// Reset a sandbox, turn its clock and make it fail on purpose.
    ControlSandbox,
}

impl Right {
    /// What it allows, in words that follow "may".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ManageUsers => "manage users",
            Self::ManagePipelines => "manage pipelines",
            Self::ManageActivityTypes => "manage activity types",
            Self::ManageFields => "manage fields",
            Self::ReassignNotes => "reassign notes",
            Self::ControlSandbox => "control a sandbox",
        }
    }
}
