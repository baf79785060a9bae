//! How a field's value is spelt on Pipedrive's wire: named codecs, never closures, so that they can be documented
//! and tested by round trip. What each name writes and reads is `pipedrive`'s business.

/// A spelling of a value. Unless said otherwise an unset value is `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// The kind's own JSON: number, string, flag, list or object.
    Plain,
    /// `2024-01-01 00:00:00` (pipedrive-contract 0).
    SpaceTime,
    /// `2024-01-01 00:00:00`, `""` when unset (v1 `marked_as_done_time`).
    SpaceTimeOrEmpty,
    /// `2024-01-01T00:00:00Z`.
    RfcTime,
    /// `2024-01-01T00:00:00.000Z` (leads).
    RfcMillis,
    /// `HH:MM`, `""` when unset (v1 activities).
    ClockMinutes,
    /// `HH:MM:SS`.
    ClockSeconds,
    /// Option ids as `"2,3"`.
    CommaList,
    /// The first of a list of ids.
    FirstOfList,
    /// A list; `[]` when unset.
    List,
    /// A number as a string: `"3"`.
    DigitText,
    /// A flag, negated (`active_flag` for `is_deleted`).
    Negated,
    /// A flag as `1` or `0`.
    ZeroOne,
    /// Text; `""` when unset.
    TextOrEmpty,
    /// A number; `0` when unset.
    NumberOrZero,
    /// Contact entries; one empty entry when unset (pipedrive-contract 3.0).
    Contacts,
    /// The value of the primary contact entry.
    PrimaryContact,
    /// The referenced user, person or organization as an object with `value`, or its id, as the operation says.
    Embedded,
    /// An address as its one line.
    AddressLine,
    /// An address as `key` and `key_subpremise`, `key_street_number` ... at the root.
    AddressParts,
    /// An address's parts only: the key ends in `_`, and each part's name follows it (v1 activity `location_*`).
    AddressPartsOnly,
    /// The UUID of a record (leads).
    Uuid,
    /// The UUIDs of a list of records (lead labels).
    UuidList,
    /// `{amount, currency}` (lead value); the currency is the object's `currency` field.
    MoneyPair,
    /// Participants as `{person_id, primary_flag}`.
    ParticipantFlags,
    /// Attendees with `email_address` and `is_organizer` as 0 or 1.
    AttendeeFlags,
}
