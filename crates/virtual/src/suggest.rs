//! What someone may have meant by a name that does not exist.

/// The candidate that is nearest to a name, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = folded(name);
    let allowed = (folded.chars().count() / 3).clamp(1, 3);
    let near = candidates.map(|c| (distance(&folded, &self::folded(c)), c)).filter(|(d, _)| *d <= allowed);
    near.min_by_key(|(d, _)| *d).map(|(_, c)| c)
}

/// `Did you mean title?`, or nothing.
pub(crate) fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// Names are compared without case, underscores, and the `_id` that references do not have here.
fn folded(name: &str) -> String {
    let name = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id")).unwrap_or(name);
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).take(64).collect()
}

/// How many letters differ, two that changed places counted once (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
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
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!((distance("", "ab"), distance("ab", ""), distance("abcd", "badc")), (2, 2, 2));
    }
}
