//! Every page: it renders, its links lead somewhere, and it asks nothing of anyone else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use penstock_web::{Page, Site};

const ORIGIN: &str = "http://127.0.0.1:8080";

fn site() -> Site {
    Site::new(ORIGIN)
}

fn text(page: &Page) -> String {
    String::from_utf8(page.body.to_vec()).expect("pages are UTF-8")
}

/// Every page of HTML by its path.
fn samples() -> &'static BTreeMap<String, String> {
    static SAMPLES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    SAMPLES.get_or_init(render)
}

fn render() -> BTreeMap<String, String> {
    let site = site();
    let mut pages = BTreeMap::new();
    for path in site.paths() {
        let page = site.respond(&path).unwrap_or_else(|| panic!("no page at {path}"));
        if page.content_type.starts_with("text/html") {
            assert_eq!(page.status, 200, "{path}");
            pages.insert(path, text(&page));
        }
    }
    pages
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let marker = format!(" {attribute}=\"");
    html.match_indices(&marker).map(|(at, _)| html[at + marker.len()..].split('"').next().unwrap_or("")).collect()
}

#[test]
fn every_key_and_parameter_of_the_reference_says_what_it_means() {
    let mut silent = Vec::new();
    for (path, html) in samples() {
        for row in html.split("<tr>").skip(1).filter(|row| row.contains("<td class=\"kind\">")) {
            let key = row.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or("");
            if row.split("</tr>").next().unwrap_or("").ends_with("<td></td>") {
                silent.push(format!("{key} at {path}"));
            }
        }
    }
    assert!(silent.is_empty(), "{} keys say nothing: {silent:#?}", silent.len());
}

#[test]
fn every_page_renders_whole() {
    let pages = samples();
    assert!(pages.len() > 250, "{} pages", pages.len());
    let mut titles = BTreeMap::new();
    for (path, html) in pages {
        assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>"), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path} has one title");
        let title = html.split("<title>").nth(1).and_then(|t| t.split("</title>").next()).unwrap_or("");
        assert!(title.len() > 12, "{path}: {title}");
        if let Some(other) = titles.insert(title.to_owned(), path.clone()) {
            panic!("{path} and {other} are both titled {title}");
        }
    }
}

#[test]
fn no_link_is_dead() {
    let site = site();
    let pages = samples();
    let known: BTreeSet<String> = site.paths().into_iter().collect();
    for (path, html) in pages {
        let links = values(html, "href").into_iter().chain(values(html, "src"));
        for link in links {
            let link = link.replace("&amp;", "&");
            if link.starts_with("https://") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if target.is_empty() { path.as_str() } else { target };
            assert!(known.contains(target), "{path} leads to {link}, where nothing is");
            let there = pages.get(target).map_or("", String::as_str);
            assert!(
                anchor.is_empty() || values(there, "id").contains(&anchor),
                "{path} leads to {link}: no such place"
            );
        }
    }
}

#[test]
fn every_page_can_be_reached_from_the_first() {
    let pages = samples();
    let mut seen = BTreeSet::from(["/"]);
    let mut open = vec!["/"];
    while let Some(path) = open.pop() {
        let Some(html) = pages.get(path) else { continue };
        for link in values(html, "href") {
            let target = link.split('#').next().unwrap_or("");
            if let Some((target, _)) = pages.get_key_value(target)
                && seen.insert(target)
            {
                open.push(target);
            }
        }
    }
    let lonely: Vec<&String> = pages.keys().filter(|path| !seen.contains(path.as_str())).collect();
    assert!(lonely.is_empty(), "no way leads to {lonely:?}");
}

#[test]
fn pages_carry_no_script_and_no_style_of_their_own_and_load_nothing_from_elsewhere() {
    let site = site();
    let script = site.paths().into_iter().find(|path| path.ends_with("/main.mjs")).unwrap();
    let script = format!("<script type=\"module\" src=\"{script}\" blocking=\"render\"></script>");
    for (path, html) in samples() {
        let html = html.replacen(&script, "", 1);
        for forbidden in ["<script", " style=\"", "<style", "javascript:", " onclick", "<iframe"] {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
        for source in values(&html, "src") {
            assert!(source.starts_with("/assets/"), "{path} loads {source}");
        }
        let page = site.respond(path).unwrap();
        let policy = page.headers.iter().find(|(name, _)| *name == "content-security-policy").unwrap().1;
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self';"), "{path}: {policy}");
    }
    let style = site.paths().into_iter().find(|p| p.starts_with("/assets/site.")).unwrap();
    let css = text(&site.respond(&style).unwrap());
    assert!(!css.contains("url(") && !css.contains("@import"), "the style loads nothing");
}

#[test]
fn every_module_that_a_script_imports_is_served_beside_it() {
    let site = site();
    let scripts: Vec<String> = site.paths().into_iter().filter(|path| path.starts_with("/assets/scripts.")).collect();
    assert!(scripts.len() > 4, "{scripts:?}");
    for path in &scripts {
        let page = site.respond(path).unwrap();
        assert_eq!(page.content_type, "text/javascript; charset=utf-8", "browsers refuse other modules");
        let folder = path.rsplit_once('/').unwrap().0;
        for line in text(&page).lines().filter(|line| line.starts_with("import ")) {
            let module = line.split('\'').nth(1).and_then(|name| name.strip_prefix("./")).expect("a relative path");
            assert!(scripts.contains(&format!("{folder}/{module}")), "{path} imports {module}");
        }
    }
}

#[test]
fn the_search_knows_every_page_and_leads_nowhere_else() {
    let site = site();
    let path = site.paths().into_iter().find(|path| path.starts_with("/assets/search.")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&site.respond(&path).unwrap().body).expect("JSON");
    let listed: BTreeSet<&str> =
        index.as_array().unwrap().iter().map(|entry| entry["path"].as_str().expect("a path")).collect();
    for entry in &listed {
        let (target, anchor) = entry.split_once('#').unwrap_or((entry, ""));
        let page = samples().get(target).unwrap_or_else(|| panic!("{entry} leads nowhere"));
        assert!(anchor.is_empty() || values(page, "id").contains(&anchor), "{entry}: no such place");
    }
    for path in samples().keys().filter(|path| !["/", "/docs", "/docs/openapi"].contains(&path.as_str())) {
        assert!(listed.contains(path.as_str()), "{path} can't be found");
    }
    assert!(index.to_string().contains("/docs/v2/deals/updateDeal"));
}

#[test]
fn what_never_changes_may_be_kept_for_ever_and_the_rest_is_asked_again() {
    let site = site();
    for path in site.paths() {
        let page = site.respond(&path).unwrap();
        let cached = page.headers.iter().find(|(name, _)| *name == "cache-control").unwrap().1;
        assert_eq!(cached.contains("immutable"), path.starts_with("/assets/"), "{path}");
    }
}

#[test]
fn an_operation_s_page_says_what_is_needed_to_call_it() {
    let page = text(&site().respond("/docs/v2/deals/updateDeal").unwrap());
    for part in [
        "PATCH",
        "/api/v2",
        "deals:full",
        "curl -s -X PATCH",
        "expected_close_date",
        "custom_fields",
        "read only",
        "Answer",
        "Errors",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

/// The pages of operations: those that lie below an API and a group of it.
fn operations() -> impl Iterator<Item = (&'static String, &'static String)> {
    samples().iter().filter(|(path, _)| {
        let parts: Vec<&str> = path.split('/').collect();
        parts.len() == 5 && ["v1", "v2", "virtual"].contains(&parts[2]) && parts[3] != "schemas"
    })
}

#[test]
fn every_operation_s_page_has_the_request_in_each_language_its_errors_and_a_recorded_answer_and_refusal() {
    assert!(operations().count() > 240, "{} pages", operations().count());
    for (path, html) in operations() {
        for language in ["curl -s", "fetch(", "urlopen("] {
            assert!(html.contains(language), "{path} has no sample with {language}");
        }
        assert!(html.contains("id=\"answer\"") && html.contains("id=\"errors\""), "{path} says no answer or errors");
        let recorded = html.split("id=\"examples\"").nth(1).unwrap_or_else(|| panic!("{path} has nothing recorded"));
        assert!(recorded.contains("status good"), "{path} has no recorded success");
        assert!(recorded.contains("status bad"), "{path} has no recorded refusal");
    }
}

#[test]
fn no_page_is_listed_twice() {
    let mut seen = BTreeSet::new();
    for path in site().paths() {
        assert!(seen.insert(path.clone()), "{path}");
    }
}

#[test]
fn a_path_of_the_documentation_that_leads_nowhere_says_so_and_others_are_not_ours() {
    let site = site();
    for path in ["/docs/nothing", "/docs/v1/deals/nothing", "/docs/v1/schemas/Nothing", "/docs/guides/<b>"] {
        let page = site.respond(path).unwrap();
        assert_eq!(page.status, 404, "{path}");
        assert!(!text(&page).contains("<b>"));
    }
    for path in ["/v1/deals", "/api/v2/deals", "/health", "/openapi/v3.json", "/assets/site.css"] {
        assert!(site.respond(path).is_none(), "{path}");
    }
    assert_eq!(site.respond("/docs/").unwrap().status, 200);
}
