//! The company that a person names on the command line.

use penstock_crm::{
    Crm,
    company::{Company, all},
};

use crate::failure::{Failure, Outcome};

/// The company that a person names, by name (case does not count) or number.
pub(crate) async fn find(crm: &Crm, name: &str) -> Outcome<Company> {
    let all = all(crm).await?;
    let folded = name.trim().to_lowercase();
    let mut named: Vec<&Company> = all.iter().filter(|c| c.name.to_lowercase() == folded).collect();
    if named.is_empty() {
        named = all.iter().filter(|c| Ok(c.id.get()) == folded.parse()).collect();
    }
    match named[..] {
        [one] => Ok(one.clone()),
        [] => {
            let there: Vec<String> = all.iter().take(20).map(|c| format!("{} {}", c.id, c.name)).collect();
            let advice = if there.is_empty() {
                "There is none yet: `penstock company create NAME` makes one.".to_owned()
            } else {
                format!("There are: {}", there.join(", "))
            };
            Err(Failure::new(format!("no company is called {name}")).advise(advice))
        }
        _ => {
            let ids: Vec<String> = named.iter().map(|c| c.id.to_string()).collect();
            Err(Failure::new(format!("several companies are called {name}"))
                .advise(format!("Name one by its number: {}", ids.join(", "))))
        }
    }
}

/// What a reset brings a company back to, in words.
pub(crate) fn seed_words(company: &Company) -> String {
    company.seed.map_or_else(|| "an empty company".to_owned(), |seed| format!("the demo records of seed {seed}"))
}
