//! Values that are made on output, and from which columns.

/// A value that is made on output. Each names its inputs by what they are to it. `C` is how a column is named: by name
/// in the objects' tables, by place where a plan has found it once for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each input is described with its value")]
pub enum Compute<C = &'static str> {
    /// Open and not deleted.
    Active { status: C, is_deleted: C },
    /// `deleted` in place of the status of a deleted deal.
    Status { status: C, is_deleted: C },
    /// The first character of a text, lower case.
    FirstCharacter { text: C },
    /// An amount with its currency's sign.
    Formatted { amount: C, currency: C },
    /// Value times probability: the deal's own, or its stage's where the pipeline uses them (pipedrive-contract 12.5).
    Weighted { value: C, probability: C, stage: C, pipeline: C },
    /// The weighted value with its currency's sign.
    FormattedWeighted { value: C, probability: C, stage: C, pipeline: C, currency: C },
    /// The smart-BCC address of a record: this one, by its id, or another, by a reference, and unset with it.
    RecordMail { record: C },
    /// The smart-BCC address of the company.
    CompanyMail,
    /// The day of a moment in the company's time zone.
    LocalDay { moment: C },
    /// Whether a referenced record is one that the reader can't see.
    Hidden { reference: C },
    /// The company's number.
    CompanyId,
    /// Always unset.
    Nothing,
    /// Always false.
    No,
    /// Always true.
    Yes,
    /// Always this word.
    Word(&'static str),
    /// The time after which an untouched open deal counts as rotten: its stage says how long after the last of the
    /// three times, and a planned activity keeps it fresh.
    RottenTime {
        status: C,
        is_deleted: C,
        stage: C,
        next_activity: C,
        stage_change_time: C,
        add_time: C,
        update_time: C,
    },
    /// The activity of that number as a whole, when the record is read alone.
    Activity { activity: C },
    /// How long a deal has been, or was, open.
    Age { add_time: C, close_time: C },
    /// How long a deal took until it was won.
    TimeToWon { add_time: C, won_time: C },
    /// Seconds in each stage of the pipeline.
    StageTimes { deal: C, close_time: C },
    /// The share of the pipeline's stages that a deal has passed.
    StageProgress { stage: C, pipeline: C },
    /// The name of an activity's type, from its key string. That of a type that can't be used any more is its key.
    ActivityTypeName { key: C },
    /// The display name of a referenced record, as an object of one key.
    LinkedName { reference: C },
    /// The persons whom a note concerns, for the Virtual API.
    Concerned { person: C, deal: C, lead: C },
    /// A user as an author: `{email, name, icon_url, is_you}`.
    Author { user: C },
    /// Whether a user is the asking one.
    IsYou { user: C },
    /// The offset of a named time zone as `+03:00`.
    ZoneOffset { zone: C },
    /// The applications that a user has.
    AppAccess { is_admin: C },
}

impl<C> Compute<C> {
    /// The same value from inputs that are named in another way.
    pub fn map<D>(self, mut n: impl FnMut(C) -> D) -> Compute<D> {
        match self {
            Self::Active { status, is_deleted } => Compute::Active { status: n(status), is_deleted: n(is_deleted) },
            Self::Status { status, is_deleted } => Compute::Status { status: n(status), is_deleted: n(is_deleted) },
            Self::FirstCharacter { text } => Compute::FirstCharacter { text: n(text) },
            Self::Formatted { amount, currency } => Compute::Formatted { amount: n(amount), currency: n(currency) },
            Self::Weighted { value, probability, stage, pipeline } => Compute::Weighted {
                value: n(value),
                probability: n(probability),
                stage: n(stage),
                pipeline: n(pipeline),
            },
            Self::FormattedWeighted { value, probability, stage, pipeline, currency } => Compute::FormattedWeighted {
                value: n(value),
                probability: n(probability),
                stage: n(stage),
                pipeline: n(pipeline),
                currency: n(currency),
            },
            Self::RecordMail { record } => Compute::RecordMail { record: n(record) },
            Self::CompanyMail => Compute::CompanyMail,
            Self::LocalDay { moment } => Compute::LocalDay { moment: n(moment) },
            Self::Hidden { reference } => Compute::Hidden { reference: n(reference) },
            Self::CompanyId => Compute::CompanyId,
            Self::Nothing => Compute::Nothing,
            Self::No => Compute::No,
            Self::Yes => Compute::Yes,
            Self::Word(word) => Compute::Word(word),
            Self::RottenTime { status, is_deleted, stage, next_activity, stage_change_time, add_time, update_time } => {
                Compute::RottenTime {
                    status: n(status),
                    is_deleted: n(is_deleted),
                    stage: n(stage),
                    next_activity: n(next_activity),
                    stage_change_time: n(stage_change_time),
                    add_time: n(add_time),
                    update_time: n(update_time),
                }
            }
            Self::Activity { activity } => Compute::Activity { activity: n(activity) },
            Self::Age { add_time, close_time } => Compute::Age { add_time: n(add_time), close_time: n(close_time) },
            Self::TimeToWon { add_time, won_time } => {
                Compute::TimeToWon { add_time: n(add_time), won_time: n(won_time) }
            }
            Self::StageTimes { deal, close_time } => Compute::StageTimes { deal: n(deal), close_time: n(close_time) },
            Self::StageProgress { stage, pipeline } => {
                Compute::StageProgress { stage: n(stage), pipeline: n(pipeline) }
            }
            Self::ActivityTypeName { key } => Compute::ActivityTypeName { key: n(key) },
            Self::LinkedName { reference } => Compute::LinkedName { reference: n(reference) },
            Self::Concerned { person, deal, lead } => {
                Compute::Concerned { person: n(person), deal: n(deal), lead: n(lead) }
            }
            Self::Author { user } => Compute::Author { user: n(user) },
            Self::IsYou { user } => Compute::IsYou { user: n(user) },
            Self::ZoneOffset { zone } => Compute::ZoneOffset { zone: n(zone) },
            Self::AppAccess { is_admin } => Compute::AppAccess { is_admin: n(is_admin) },
        }
    }
}

impl<C: Copy> Compute<C> {
    /// Its inputs, in the order of their description.
    #[must_use]
    pub fn inputs(self) -> Vec<C> {
        let mut inputs = Vec::new();
        self.map(|input| inputs.push(input));
        inputs
    }
}
