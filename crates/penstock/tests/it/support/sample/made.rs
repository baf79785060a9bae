//! A made data set in the form of the sample, with the same dirt and with totals that are known: names spelt in two
//! ways, blank accounts, open deals without values, dates as in the United States; and cells in quotes besides.

use std::{fmt::Write, fs, path::Path};

use super::Totals;

const PRODUCTS: [(&str, &str, i64); 7] = [
    ("GTX Basic", "GTX", 550),
    ("GTX Pro", "GTX", 4821),
    ("MG Special", "MG", 55),
    ("MG Advanced", "MG", 3393),
    ("GTX Plus Pro", "GTX", 5482),
    ("GTX Plus Basic", "GTX", 1096),
    ("GTK 500", "GTK", 26768),
];
const SECTORS: [&str; 4] = ["technolgy", "medical", "retail", "finance"];
const AGENTS: usize = 12;
const ACCOUNTS: usize = 30;

/// Numbers that are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }
    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
    fn day(&mut self, year: usize) -> String {
        format!("{}/{}/{year}", 1 + self.below(12), 1 + self.below(28))
    }
}

/// The name of an agent: no two are alike.
fn agent(number: usize) -> String {
    let first = ["Anna", "Mei-Mei", "Zane", "Carl", "Rosie", "Vicki"][number % 6];
    let last = ["Snelling", "Levy"][number / 6 % 2];
    format!("{first} {last}")
}

/// The name of an account, in quotes where a comma stands in it.
fn account(number: usize) -> String {
    match number % 5 {
        0 => format!("\"Account {number}, Sons & Co\""),
        1 => format!("\"The \"\"{number}\"\" Group\""),
        _ => format!("Account {number}"),
    }
}

/// Writes a data set with so many deals into a folder.
pub(super) fn generate(folder: &Path, deals: usize) -> Totals {
    let mut draw = Draw(7);
    let mut totals = Totals { users: AGENTS, organizations: ACCOUNTS, deals, ..Totals::default() };
    let mut teams = "sales_agent,manager,regional_office\n".to_owned();
    for number in 0..AGENTS {
        let tenant = ["Central", "East", "West"][number % 3];
        let _ = writeln!(teams, "{},Manager {},{tenant}", agent(number), number % 3);
    }
    let mut accounts = "account,sector,year_established,revenue,employees,office_location,subsidiary_of\r\n".to_owned();
    for number in 0..ACCOUNTS {
        // A parent may stand below its subsidiary.
        let parent = if number % 7 == 3 { account((number * 5 + 11) % ACCOUNTS) } else { String::new() };
        totals.subsidiaries += usize::from(!parent.is_empty());
        let (sector, revenue, place) = (draw.of(&SECTORS), draw.below(900_000), draw.of(&["Philipines", "Kenya"]));
        let _ = write!(
            accounts,
            "{},{sector},{},{}.{:02},{},{place},{parent}\r\n",
            account(number),
            1979 + draw.below(39),
            revenue / 100,
            revenue % 100,
            9 + draw.below(9000),
        );
    }
    let mut products = "product,series,sales_price\n".to_owned();
    for (name, series, price) in PRODUCTS {
        let _ = writeln!(products, "{name},{series},{price}");
    }
    let mut pipeline =
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n".to_owned();
    for number in 0..deals {
        let line = deal(&mut draw, number, &mut totals);
        pipeline.push_str(&line);
    }
    for (name, text) in [
        ("sales_teams.csv", teams),
        // As spreadsheets write it: with a byte order mark and two characters at each line's end.
        ("accounts.csv", format!("\u{feff}{accounts}")),
        ("products.csv", products),
        ("sales_pipeline.csv", pipeline),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
    totals
}

fn deal(draw: &mut Draw, number: usize, totals: &mut Totals) -> String {
    let (product, _, price) = *draw.of(&PRODUCTS);
    let spelt = if product == "GTX Pro" && draw.below(3) > 0 { "GTXPro" } else { product };
    totals.two_spellings += usize::from(product == "GTX Pro");
    let stage = *draw.of(&["Won", "Won", "Won", "Won", "Lost", "Lost", "Engaging", "Prospecting"]);
    let closed = matches!(stage, "Won" | "Lost");
    let account = if !closed && draw.below(3) > 0 { String::new() } else { account(draw.below(ACCOUNTS)) };
    totals.without_organization += usize::from(account.is_empty());
    let engaged = if stage == "Prospecting" { String::new() } else { draw.day(2016) };
    let end = if closed { draw.day(2017) } else { String::new() };
    let value = match stage {
        "Won" => {
            let value = price + i64::try_from(draw.below(100)).unwrap_or(0);
            totals.won += 1;
            totals.won_value += value;
            value.to_string()
        }
        "Lost" => {
            totals.lost += 1;
            "0".to_owned()
        }
        _ => {
            totals.open += 1;
            String::new()
        }
    };
    let agent = agent(draw.below(AGENTS));
    format!("OP{number:06},{agent},{spelt},{account},{stage},{engaged},{end},{value}\n")
}
