//! The words that the demo's records are made of. All names are invented; domains and telephone numbers are of the
//! ranges that are kept for fiction.

/// What the demo's company is called at the first start.
pub const COMPANY: &str = "Millrace Water Systems";
/// The domain of its users.
pub(super) const DOMAIN: &str = "millrace.example";

pub(super) const FIRST: [&str; 64] = [
    "Ada", "Aino", "Alma", "Amir", "Anouk", "Ansel", "Arlo", "Astrid", "Bram", "Briar", "Callum", "Carys", "Cleo",
    "Dario", "Delia", "Edda", "Eero", "Elif", "Emeka", "Enzo", "Esme", "Farah", "Finn", "Freya", "Gale", "Greta",
    "Hana", "Hugo", "Ida", "Ines", "Ivo", "Jonas", "Juno", "Kaito", "Kerr", "Laila", "Leif", "Lior", "Lotte", "Mads",
    "Maren", "Milo", "Mira", "Nadia", "Nell", "Niamh", "Odin", "Oona", "Otis", "Petra", "Quinn", "Rafe", "Rhea",
    "Romy", "Saskia", "Senna", "Soren", "Tamsin", "Theo", "Tove", "Una", "Viggo", "Wren", "Yusuf",
];

pub(super) const LAST: [&str; 72] = [
    "Abernathy",
    "Aldous",
    "Anker",
    "Barrow",
    "Beckett",
    "Bergen",
    "Brandt",
    "Calder",
    "Castell",
    "Corrigan",
    "Dahl",
    "Denholm",
    "Drummond",
    "Eklund",
    "Ellery",
    "Engel",
    "Falk",
    "Farrell",
    "Fenwick",
    "Garrick",
    "Gillan",
    "Grange",
    "Haldane",
    "Harker",
    "Hobday",
    "Holm",
    "Ingram",
    "Jansen",
    "Jory",
    "Kasper",
    "Keane",
    "Kestrel",
    "Lang",
    "Larkin",
    "Lindqvist",
    "Locke",
    "Maddox",
    "Marlow",
    "Mercer",
    "Morrow",
    "Nyland",
    "Oakes",
    "Okafor",
    "Orme",
    "Paget",
    "Penrose",
    "Pike",
    "Quill",
    "Raines",
    "Rask",
    "Redfern",
    "Rook",
    "Sadler",
    "Sand",
    "Sayer",
    "Selwyn",
    "Stroud",
    "Tarn",
    "Thorne",
    "Tolland",
    "Trevane",
    "Ulrich",
    "Vance",
    "Vesper",
    "Voss",
    "Wade",
    "Waring",
    "Weir",
    "Whitlock",
    "Winter",
    "Yarrow",
    "Zander",
];

pub(super) const PLACE_HEADS: [&str; 24] = [
    "Alder", "Brack", "Carrow", "Dun", "Elm", "Fen", "Glen", "Hart", "Iver", "Kel", "Lark", "Mill", "North", "Oaken",
    "Pen", "Quarr", "Rook", "Stone", "Thorn", "Ulver", "Vale", "West", "Yar", "Ash",
];
pub(super) const PLACE_TAILS: [&str; 16] = [
    "moor", "well", "dale", "ford", "bridge", "ham", "stead", "wick", "combe", "field", "mere", "ton", "by", "holt",
    "haven", "burn",
];

/// A trade: its name among the options, what its firms are called after a place or a family, and whether it is large.
pub(super) struct Trade {
    pub(super) name: &'static str,
    pub(super) firms: [&'static str; 3],
    pub(super) people: (i64, i64),
}

pub(super) const TRADES: [Trade; 10] = [
    Trade { name: "Brewing", firms: ["Brewing", "Cider Works", "Maltings"], people: (8, 140) },
    Trade { name: "Dairy", firms: ["Dairy", "Creamery", "Cheese Makers"], people: (10, 220) },
    Trade { name: "Water supply", firms: ["Water Board", "Waterworks", "Reservoir Trust"], people: (40, 900) },
    Trade { name: "Farming", firms: ["Orchards", "Farms", "Growers"], people: (3, 60) },
    Trade { name: "Greenhouses", firms: ["Greenhouses", "Nurseries", "Seedlings"], people: (5, 120) },
    Trade { name: "Hospitality", firms: ["Spa Hotel", "Baths", "Lido"], people: (12, 180) },
    Trade { name: "Food processing", firms: ["Preserves", "Canning", "Frozen Foods"], people: (30, 600) },
    Trade { name: "Textile care", firms: ["Laundry", "Linen Service", "Dye House"], people: (10, 150) },
    Trade { name: "Quarrying", firms: ["Quarries", "Aggregates", "Slate"], people: (20, 400) },
    Trade { name: "Aquaculture", firms: ["Trout Farm", "Oysters", "Hatchery"], people: (4, 70) },
];

pub(super) const STREETS: [&str; 16] = [
    "Mill Lane",
    "Canal Street",
    "Weir Road",
    "Foundry Yard",
    "Station Road",
    "Orchard Row",
    "Harbour Quay",
    "Tannery Lane",
    "Chapel Hill",
    "Lock Side",
    "Market Square",
    "Ferry Road",
    "Kiln Street",
    "Bridge End",
    "Pump House Road",
    "Meadow Way",
];

/// Country, and how its telephone numbers begin.
pub(super) const COUNTRIES: [&str; 6] = ["Ireland", "Netherlands", "Denmark", "Germany", "Estonia", "Portugal"];

pub(super) const JOBS: [&str; 14] = [
    "Operations manager",
    "Plant engineer",
    "Head of maintenance",
    "Owner",
    "Purchasing",
    "Technical director",
    "Site manager",
    "Finance director",
    "Process engineer",
    "Head grower",
    "Estate manager",
    "Utilities lead",
    "Managing director",
    "Production planner",
];

/// What is sold in the first pipeline, with the range of its price in whole currency units.
pub(super) const EQUIPMENT: [(&str, i64, i64); 10] = [
    ("booster pump station", 18_000, 95_000),
    ("irrigation control", 6_000, 48_000),
    ("filtration skid", 22_000, 160_000),
    ("borehole pump", 9_000, 40_000),
    ("valve retrofit", 3_000, 26_000),
    ("flow metering", 4_000, 30_000),
    ("lift station", 30_000, 185_000),
    ("dosing system", 7_000, 52_000),
    ("heat recovery loop", 15_000, 88_000),
    ("rainwater storage", 8_000, 60_000),
];

/// What is sold in the second pipeline.
pub(super) const SERVICE: [(&str, i64, i64); 5] = [
    ("maintenance contract", 1_800, 24_000),
    ("annual inspection", 600, 4_500),
    ("spare parts agreement", 1_200, 15_000),
    ("remote monitoring", 900, 9_600),
    ("operator training", 750, 5_000),
];

pub(super) const LOST_REASONS: [&str; 7] = [
    "Price",
    "Went with a competitor",
    "No budget this year",
    "Project put off",
    "No answer",
    "Built it themselves",
    "Delivery time too long",
];

pub(super) const COMPETITORS: [&str; 5] = ["Torrent", "Bluepipe", "Halden Pumps", "Norrflow", "In-house"];
pub(super) const PUMPS: [&str; 4] = ["Centrifugal", "Submersible", "Diaphragm", "Peristaltic"];
pub(super) const SOURCES: [&str; 5] = ["Mains", "Borehole", "River", "Rainwater", "Reservoir"];
pub(super) const HEARD_OF_US: [&str; 6] =
    ["Trade fair", "Recommendation", "Search", "Trade magazine", "Installer", "Former customer"];

/// Type, subject, minutes.
pub(super) const FIRST_CONTACT: [(&str, &str, i64); 4] = [
    ("call", "First call", 20),
    ("email", "Send the brochure", 15),
    ("meeting", "Introduction", 45),
    ("call", "Ask about their water use", 30),
];
pub(super) const ALONG_THE_WAY: [(&str, &str, i64); 12] = [
    ("call", "Follow up on the quote", 20),
    ("meeting", "Walk through the design", 60),
    ("site_visit", "Measure on site", 180),
    ("task", "Revise the drawing", 90),
    ("email", "Send reference projects", 15),
    ("call", "Clarify delivery dates", 15),
    ("lunch", "Lunch with the plant team", 75),
    ("deadline", "Quote must be out", 0),
    ("task", "Ask the workshop for lead times", 30),
    ("meeting", "Price talk", 60),
    ("site_visit", "Water test", 120),
    ("call", "Check in", 10),
];

/// What notes say; `{}` is a person's first name.
pub(super) const NOTES: [&str; 14] = [
    "<p>{} wants two quotes: with and without installation.</p>",
    "<p>Talked to {}. Budget is agreed, the board meets at the end of the month.</p>",
    "<p>{} prefers to be called before ten.</p>",
    "<p>The old pump is from the seventies. {} sent photographs.</p>",
    "<p>They compare us with two others. <b>Lead time</b> matters more than price.</p>",
    "<p>{} asks for a reference nearby. <ul><li>same trade</li><li>not older than two years</li></ul></p>",
    "<p>Access road is narrow: deliver with the small truck.</p>",
    "<p>Water analysis arrived: iron is high, we need the larger filter.</p>",
    "<p>{} is away until the middle of next month.</p>",
    "<p>Can be combined with the service visit in the area.</p>",
    "<p>Legal wants our general terms as a document. Sent to {}.</p>",
    "<p>Very friendly talk. {} would like to see the workshop.</p>",
    "<p>Power supply on site is 400 V, 32 A. Enough.</p>",
    "<p>They had a failure last summer and do not want another.</p>",
];
