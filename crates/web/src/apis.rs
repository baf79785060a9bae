//! The APIs that are documented: their OpenAPI documents, and how to read them.

use std::sync::LazyLock;

use serde_json::{Map, Value as Json};

/// One API.
pub(crate) struct Api {
    /// Its name in paths.
    pub(crate) name: &'static str,
    /// Its name in the head of pages.
    pub(crate) short: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What it is, in a sentence.
    pub(crate) about: &'static str,
    /// Its document as it is served.
    pub(crate) text: &'static str,
}

/// Every API.
pub(crate) static ALL: &[Api] = &[
    Api {
        name: "v2",
        short: "v2",
        title: "Pipedrive API v2",
        about: "References as ids, cursors, PATCH, custom fields apart: what new integrations use.",
        text: include_str!("../../../docs/openapi/v2.json"),
    },
    Api {
        name: "v1",
        short: "v1",
        title: "Pipedrive API v1",
        about: "What most clients and connectors speak: everything that v2 does not have, and all that it replaced.",
        text: include_str!("../../../docs/openapi/v1.json"),
    },
    Api {
        name: "virtual",
        short: "Virtual",
        title: "Virtual API",
        about: "Every object read and written alike, described field by field, found by the key it has elsewhere.",
        text: include_str!("../../../docs/openapi/virtual.json"),
    },
];

/// The API of that name.
pub(crate) fn find(name: &str) -> Option<&'static Api> {
    ALL.iter().find(|api| api.name == name)
}

impl Api {
    /// How many operations it has.
    pub(crate) fn size(&self) -> usize {
        self.text.matches("\"operationId\":").count()
    }

    /// Its document, parsed once. A document that does not parse is a fault of the build, which tests find; it reads as
    /// an empty one.
    pub(crate) fn read(&'static self) -> &'static Document {
        static READ: LazyLock<Vec<Document>> = LazyLock::new(|| {
            let read = |api: &'static Api| Document { api, json: serde_json::from_str(api.text).unwrap_or_default() };
            ALL.iter().map(read).collect()
        });
        let at = ALL.iter().position(|api| api.name == self.name).unwrap_or(0);
        &READ[at]
    }
}

/// A parsed document.
pub(crate) struct Document {
    pub(crate) api: &'static Api,
    json: Json,
}

/// One operation of a document.
#[derive(Clone, Copy)]
pub(crate) struct Operation<'a> {
    /// The method, upper case.
    pub(crate) method: &'static str,
    /// The path below the server's.
    pub(crate) path: &'a str,
    /// What the document says of it.
    pub(crate) json: &'a Json,
}

/// The methods, in the order in which they are shown.
const METHODS: [(&str, &str); 5] =
    [("get", "GET"), ("post", "POST"), ("put", "PUT"), ("patch", "PATCH"), ("delete", "DELETE")];

impl Document {
    /// Every operation, path by path.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = self.json["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, methods)| {
            METHODS
                .iter()
                .filter_map(move |(key, method)| methods.get(key).map(|json| Operation { method, path, json }))
        })
    }

    /// The groups of operations, in order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &str> {
        self.json["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str())
    }

    /// The operations of a group.
    pub(crate) fn of_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = Operation<'a>> {
        self.operations().filter(move |operation| operation.group() == group)
    }

    /// The group with that name in paths.
    pub(crate) fn group(&self, name: &str) -> Option<&str> {
        self.groups().find(|group| slug(group) == name)
    }

    /// The first server's path, its variables being what they are when nothing is said.
    pub(crate) fn prefix(&self) -> String {
        let server = &self.json["servers"][0];
        let mut path = server["url"].as_str().unwrap_or("").to_owned();
        for (name, variable) in server["variables"].as_object().into_iter().flatten() {
            path = path.replace(&format!("{{{name}}}"), variable["default"].as_str().unwrap_or(""));
        }
        path
    }

    /// What the document says of the API.
    pub(crate) fn description(&self) -> &str {
        self.json["info"]["description"].as_str().unwrap_or("")
    }

    /// The named schemas.
    pub(crate) fn schemas(&self) -> Option<&Map<String, Json>> {
        self.json["components"]["schemas"].as_object()
    }

    /// What a reference leads to; anything else is itself.
    pub(crate) fn follow<'a>(&'a self, json: &'a Json) -> &'a Json {
        let target = json["$ref"].as_str().and_then(|path| self.json.pointer(path.trim_start_matches('#')));
        target.unwrap_or(json)
    }
}

impl<'a> Operation<'a> {
    fn text(&self, key: &str) -> &'a str {
        self.json[key].as_str().unwrap_or("")
    }
    /// Its name in the document.
    pub(crate) fn id(&self) -> &'a str {
        self.text("operationId")
    }
    /// What it does, in a few words.
    pub(crate) fn summary(&self) -> &'a str {
        self.text("summary")
    }
    /// What else is said of it.
    pub(crate) fn description(&self) -> &'a str {
        self.text("description")
    }
    /// The group that it is shown in.
    pub(crate) fn group(&self) -> &'a str {
        self.json["tags"][0].as_str().unwrap_or("")
    }
}

/// A name as paths spell it: `Deal fields` as `deal-fields`.
pub(crate) fn slug(name: &str) -> String {
    let spelled: String =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = spelled.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// The name at the end of a reference.
pub(crate) fn referred(json: &Json) -> Option<&str> {
    json["$ref"].as_str().and_then(|path| path.rsplit('/').next())
}
