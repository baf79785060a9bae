//! What someone may have meant by a name that does not exist.

/// The longest name, in bytes, for which one is looked for: whoever errs by a letter or two writes no more.
const LONGEST: usize = 100;

/// The candidate that is nearest to a name, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let folded = folded(name);
    let allowed = (folded.len() / 3).clamp(1, 3);
    let near = candidates.filter_map(|candidate| {
        let other = self::folded(candidate);
        // Each letter more is one that differs.
        let far = folded.len().abs_diff(other.len()) > allowed;
        (!far).then(|| (distance(&folded, &other), candidate))
    });
    near.filter(|(differs, _)| *differs <= allowed).min_by_key(|(differs, _)| *differs).map(|(_, candidate)| candidate)
}

/// `Did you mean title?`, or nothing.
pub(crate) fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// Names are compared without case, underscores, and the `_id` that references do not have here.
fn folded(name: &str) -> Vec<char> {
    let name = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id")).unwrap_or(name);
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).take(LONGEST).collect()
}

/// How many letters differ, two that changed places counted once (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), (0..=b.len()).collect()];
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let changed = rows[2][j] + usize::from(a[i] != b[j]);
            row[j + 1] = changed.min(rows[2][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(rows[1][j - 1] + 1);
            }
        }
        rows.rotate_left(1);
        rows[2] = row;
    }
    rows[2][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let fields = ["title", "owner", "organization", "created_time"];
        let near = |name| nearest(name, fields.into_iter());
        assert_eq!(near("titel"), Some("title"));
        assert_eq!(near("owner_id"), Some("owner"));
        assert_eq!(near("createdTime"), Some("created_time"));
        assert_eq!(near("weather"), None);
        assert_eq!(near("tilte"), Some("title"));
        let distance = |a: &str, b: &str| distance(&folded(a), &folded(b));
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!((distance("", "ab"), distance("ab", ""), distance("abcd", "badc")), (2, 2, 2));
        let long = "title".repeat(100);
        assert_eq!(nearest(&long, [&*long].into_iter()), None, "a name that nobody can have meant costs nothing");
    }
}
