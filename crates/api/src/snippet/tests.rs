use super::*;

fn deletes_a_deal() -> Snippet {
    let body = json!({ "title": "It's {big}", "tags": ["Ada", true, null] });
    let taken = Taken {
        word: "deal_code".to_owned(),
        at: ["data", "options", "0", "id"].map(str::to_owned).into(),
        after: "\"options\":[{\"id\":".to_owned(),
    };
    Snippet {
        before: Some(Before {
            sent: Sent { method: Method::Post, path: "/v1/deals".to_owned(), body: Some(body) },
            takes: vec![taken],
        }),
        sent: Sent {
            method: Method::Delete,
            path: "/v1/deals/{deal_code}?a=1".to_owned(),
            body: Some(json!({ "of": "{deal_code}" })),
        },
        credential: Credential::Header,
    }
}

fn source(snippet: &Snippet, language: usize) -> String {
    snippet.samples()[language]["source"].as_str().expect("a source").to_owned()
}

#[test]
fn a_shell_takes_what_was_made_out_of_the_quotes_and_escapes_those_of_a_text() {
    let code = source(&deletes_a_deal(), 0);
    assert!(code.contains(r#""title":"It'\''s {big}""#), "{code}");
    assert!(code.contains("/v1/deals/$deal_code?a=1\""), "{code}");
    assert!(code.ends_with(r#"-d '{"of":'"$deal_code"'}'"#), "{code}");
}

#[test]
fn javascript_names_and_quotes_as_people_do() {
    let code = source(&deletes_a_deal(), 1);
    assert!(code.contains(r#"title: "It's {big}""#) && code.contains("tags: ['Ada', true, null]"), "{code}");
    assert!(code.contains("const dealCode = made.data.options[0].id;"), "{code}");
    assert!(code.contains("`${server}/v1/deals/${dealCode}?a=1`"), "{code}");
    assert!(code.contains("JSON.stringify({ of: dealCode })"), "{code}");
}

#[test]
fn python_has_its_own_words_for_true_and_null() {
    let code = source(&deletes_a_deal(), 2);
    assert!(code.contains(r#""title": "It's {big}""#) && code.contains(r#""tags": ["Ada", True, None]"#), "{code}");
    assert!(code.contains(r#"deal_code = made["data"]["options"][0]["id"]"#), "{code}");
    assert!(code.contains(r#"f"{server}/v1/deals/{deal_code}?a=1""#), "{code}");
    assert!(code.contains(r#"body = {"of": deal_code}"#), "{code}");
}

#[test]
fn a_bearer_s_token_stands_behind_the_word_in_every_language() {
    let sent = Sent { method: Method::Get, path: "/v1/users".to_owned(), body: None };
    let snippet = Snippet { before: None, sent, credential: Credential::Bearer };
    assert!(source(&snippet, 0).contains("\"authorization: Bearer $PENSTOCK_TOKEN\""));
    assert!(source(&snippet, 1).contains("{ authorization: `Bearer ${process.env.PENSTOCK_TOKEN}` }"));
    assert!(source(&snippet, 2).contains("{\"authorization\": f\"Bearer {os.environ['PENSTOCK_TOKEN']}\"}"));
}

#[test]
fn a_long_body_is_broken_into_lines() {
    let long = "x".repeat(60);
    let body = json!({ "first": long, "second": [{ "a": 1 }, { "b": long }] });
    let sent = Sent { method: Method::Post, path: "/v1/deals".to_owned(), body: Some(body) };
    let snippet = Snippet { before: None, sent, credential: Credential::Header };
    assert!(source(&snippet, 1).contains(&format!("\n    first: '{long}',\n    second: [\n      {{ a: 1 }},\n")));
    assert!(
        source(&snippet, 2)
            .contains(&format!("\n    \"first\": \"{long}\",\n    \"second\": [\n        {{\"a\": 1}},\n"))
    );
}
