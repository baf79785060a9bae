//! The envelope of an answer: `{"success":true,"data":..,"additional_data":{..},"related_objects":..}`, written in this
//! order into one buffer. Nothing is joined afterwards: whoever comes later in the answer writes later.

use crate::Reply;

/// An answer that is being written.
#[derive(Debug)]
pub struct Envelope {
    out: Vec<u8>,
    place: Place,
}

/// What was begun last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Data,
    Additional,
    NoAdditional,
    Related,
}

impl Envelope {
    /// Begins an answer.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "an envelope without data is no answer")]
    pub fn new() -> Self {
        let mut out = Vec::with_capacity(4096);
        out.extend_from_slice(b"{\"success\":true,\"data\":");
        Self { out, place: Place::Data }
    }

    /// Where `data` is to be written: one JSON value.
    pub fn data(&mut self) -> &mut Vec<u8> {
        debug_assert_eq!(self.place, Place::Data, "data comes first");
        &mut self.out
    }

    /// Where the value of a key of `additional_data` is to be written. Keys are plain words.
    pub fn additional(&mut self, key: &str) -> &mut Vec<u8> {
        debug_assert!(self.place <= Place::Additional, "additional_data comes before related_objects");
        debug_assert!(key.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\'), "{key} needs escapes");
        self.out.extend_from_slice(if self.place == Place::Data { b",\"additional_data\":{\"" } else { b",\"" });
        self.place = Place::Additional;
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        &mut self.out
    }

    /// Says that there is no additional data: `"additional_data":null`.
    pub fn no_additional(&mut self) {
        debug_assert_eq!(self.place, Place::Data, "it is said once");
        self.place = Place::NoAdditional;
        self.out.extend_from_slice(b",\"additional_data\":null");
    }

    /// Where `related_objects` is to be written: one JSON value.
    pub fn related(&mut self) -> &mut Vec<u8> {
        debug_assert!(self.place < Place::Related, "related_objects come once");
        if self.place == Place::Additional {
            self.out.push(b'}');
        }
        self.place = Place::Related;
        self.out.extend_from_slice(b",\"related_objects\":");
        &mut self.out
    }

    /// The answer.
    #[must_use]
    pub fn finish(mut self, status: u16) -> Reply {
        if self.place == Place::Additional {
            self.out.push(b'}');
        }
        self.out.push(b'}');
        Reply::json(status, self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;

    fn text(envelope: Envelope) -> String {
        let Content::Json(bytes) = envelope.finish(200).content else { panic!("it is JSON") };
        String::from_utf8(bytes.into()).unwrap()
    }

    fn with(additional: &[(&str, &str)], related: bool) -> String {
        let mut envelope = Envelope::new();
        envelope.data().extend_from_slice(b"[1]");
        for (key, value) in additional {
            envelope.additional(key).extend_from_slice(value.as_bytes());
        }
        if related {
            envelope.related().extend_from_slice(b"{}");
        }
        text(envelope)
    }

    #[test]
    fn parts_stand_in_their_order() {
        assert_eq!(with(&[], false), r#"{"success":true,"data":[1]}"#);
        assert_eq!(with(&[("a", "1")], false), r#"{"success":true,"data":[1],"additional_data":{"a":1}}"#);
        assert_eq!(
            with(&[("a", "1"), ("b", "{}")], true),
            r#"{"success":true,"data":[1],"additional_data":{"a":1,"b":{}},"related_objects":{}}"#
        );
        assert_eq!(with(&[], true), r#"{"success":true,"data":[1],"related_objects":{}}"#);
        let mut none = Envelope::new();
        none.data().extend_from_slice(b"[]");
        none.no_additional();
        assert_eq!(text(none), r#"{"success":true,"data":[],"additional_data":null}"#);
    }
}
