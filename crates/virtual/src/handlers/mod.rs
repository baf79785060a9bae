//! What operations do, one file each for those that read, those that change, and metadata.

pub(crate) mod change;
pub(crate) mod read;
pub(crate) mod save;
pub(crate) mod schema;

use std::sync::Arc;

use http::header;
use penstock_api::{BoxFuture, Params, Reply};
use penstock_connector::{Connector, Key, Record};
use penstock_model::{Code, Error};
use serde_json::Value as Json;

use crate::{
    expand,
    face::other_methods,
    model::{Configuration, ObjectMapping},
    operations::{self, KeyBy, Operation},
    precondition::{self, Preconditions},
    put::Given,
    query::{Parameters, Selection},
    refusal::Refusal,
    render::{Renderer, Warnings},
    view::View,
    wire,
};

/// A request that has been read.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) connector: &'a dyn Connector,
    pub(crate) configuration: &'a Configuration,
    pub(crate) params: Params,
    pub(crate) query: Parameters,
    pub(crate) given: Arc<Given>,
    pub(crate) conditions: Preconditions,
}

/// What runs an operation.
pub(crate) type Handler = for<'a> fn(&'a Call<'a>) -> BoxFuture<'a, Result<Reply, Refusal>>;

impl Call<'_> {
    /// A parameter of the path. The router gives every one that the path has.
    fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value)
    }

    /// The mapping of the object in the path.
    fn mapping(&self) -> Result<&ObjectMapping, Error> {
        let name = self.param("object");
        self.configuration.object(name).ok_or_else(|| {
            let names = self.configuration.objects.iter().map(|o| &*o.name);
            let mut error = Error::not_found("object");
            error.message = format!("there is no object {name}{}", crate::suggest::hint(name, names)).into();
            error
        })
    }

    /// The object in the path, as the account sees it.
    async fn view(&self) -> Result<Arc<View>, Error> {
        let mapping = self.mapping()?;
        let described = self.connector.describe(&mapping.provider).await?;
        Ok(Arc::new(View::new(self.configuration, mapping, &described)))
    }

    /// The record that the path names.
    fn key(&self) -> Result<Key, Error> {
        if self.operation.key == KeyBy::Id {
            return Ok(Key::Id(self.param("id").to_owned()));
        }
        let (source, key) = (self.param("source").to_owned(), self.param("key").to_owned());
        wire::check_external("external_ids", &source, &key)?;
        Ok(Key::External { source, key })
    }

    /// Refuses a change of a record under conditions that do not hold for it, or for there being none.
    fn still(&self, record: Option<&Record>) -> Result<(), Error> {
        if self.conditions.allow(record.map(|record| record.version.as_str())) {
            return Ok(());
        }
        Err(match record {
            Some(_) if self.conditions.if_none_match.is_some() => {
                Error::new(Code::PreconditionFailed, "the record is there already, and if-none-match excludes that")
            }
            _ => change::changed(),
        })
    }

    /// Whether the request names versions, in a header or in the body. Then a record that changes meanwhile is not tried
    /// again.
    fn is_tied(&self) -> bool {
        self.conditions.is_tied() || self.given.names_version()
    }

    /// Refuses an operation that the object does not have, with those that it has at this path.
    fn offered(&self, view: &View) -> Result<(), Error> {
        if self.operation.is_possible(|capability| view.allows(capability)) {
            if view.lacks_right && !self.operation.needs.is_empty() {
                return Err(Error::new(Code::Forbidden, format!("you lack the right to change a {}", view.name)));
            }
            return Ok(());
        }
        let here = operations::ALL.iter().filter(|o| o.path == self.operation.path);
        let possible = here.filter(|o| o.is_possible(|capability| view.allows(capability)));
        Err(other_methods(&possible.map(|o| o.method.word()).collect::<Vec<_>>()))
    }

    /// What is to be shown of records, with the records that their references name.
    async fn renderer(&self, view: &Arc<View>, records: &[Record]) -> Result<Renderer, Error> {
        let Selection { own, beside } = self.query.selection(view)?;
        let expanded = expand::read(self.connector, self.configuration, view, &beside, records).await?;
        Ok(Renderer { view: Arc::clone(view), selected: own, expanded })
    }

    /// The answer that shows one record.
    async fn shown(
        &self,
        view: &Arc<View>,
        status: u16,
        record: Record,
        warnings: Vec<Json>,
    ) -> Result<Reply, Refusal> {
        let renderer = self.renderer(view, std::slice::from_ref(&record)).await?;
        let version = record.version.clone();
        let write = move |renderer: &Renderer, records: &[Record]| {
            let shown = |warnings: &Warnings| {
                let mut body = Vec::with_capacity(2048);
                for record in records {
                    renderer.record(&mut body, record, warnings);
                }
                body
            };
            // The tag is that of the same answer to a later read, which warns of nothing.
            let body = shown(&[]);
            let tag = precondition::tag(&version, &body);
            (tag, if warnings.is_empty() { body } else { shown(&warnings) })
        };
        let (tag, body) = renderer.write(vec![record], write).await?;
        let mut reply = Reply::json(status, body);
        reply.set_header(header::ETAG, &format!("\"{tag}\""));
        Ok(reply)
    }
}
