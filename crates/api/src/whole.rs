//! Whole numbers, however JSON writes them: `83`, `83.0` and `83e0` are one number (RFC 8259, 6), and clients whose
//! language has one type for all numbers write any of them.

use serde_json::Value as Json;

/// The largest whole number that every reader of JSON keeps: 2^53 - 1.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// The same value, every whole number in it without a fraction. What has a fraction, or more digits than a number of
/// JSON keeps, stays as it is.
pub(crate) fn with_whole_numbers(mut json: Json) -> Json {
    settle(&mut json);
    json
}

fn settle(json: &mut Json) {
    match json {
        Json::Number(number) if number.is_f64() => {
            if let Some(whole) = number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() <= LARGEST) {
                #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
                let whole = whole as i64;
                *json = whole.into();
            }
        }
        Json::Array(list) => list.iter_mut().for_each(settle),
        Json::Object(map) => map.values_mut().for_each(settle),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::json;

    proptest! {
        #[test]
        fn a_whole_number_is_the_same_however_it_is_written(
            number in -9_007_199_254_740_991_i64..=9_007_199_254_740_991,
            zeros in 1_usize..5,
            exponent in 0_u32..4,
        ) {
            let plain = json(number.to_string().as_bytes()).unwrap();
            prop_assert_eq!(plain.as_i64(), Some(number));
            let fraction = format!("{number}.{}", "0".repeat(zeros));
            let power = format!("{number}e0");
            let shifted = format!("{number}{}E-{exponent}", "0".repeat(exponent as usize));
            for written in [fraction, power, shifted] {
                prop_assert_eq!(&json(written.as_bytes()).unwrap(), &plain, "{}", written);
                let nested = json(format!(r#"{{"a":[{{"b":{written}}}]}}"#).as_bytes()).unwrap();
                prop_assert_eq!(&nested["a"][0]["b"], &plain, "{}", written);
            }
        }

        #[test]
        fn a_number_with_a_fraction_keeps_it(whole in -1_000_000_i64..1_000_000, fraction in 1_u32..1000) {
            let written = format!("{whole}.{fraction:03}");
            let read = json(written.as_bytes()).unwrap();
            prop_assert!(read.as_i64().is_none(), "{}", read);
            prop_assert_eq!(read.as_f64(), written.parse().ok());
        }
    }

    #[test]
    fn a_number_beyond_what_json_keeps_is_no_whole_number() {
        for written in ["9007199254740992.0", "1e16", "-1e300", "18446744073709551616"] {
            assert_eq!(json(written.as_bytes()).unwrap().as_i64(), None, "{written}");
        }
        assert_eq!(json(b"-0.0").unwrap().to_string(), "0");
        assert!(json(b"1e400").is_err());
    }
}
