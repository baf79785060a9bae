//! The pages that the server shows to people: a landing page and the documentation.
//!
//! [`Site::respond`] gives a page for a path and knows nothing of HTTP servers. Everything that a page needs comes from
//! this server: no script, no font, no picture of anyone else, and a policy that forbids them. Scripts add to what can be
//! read without them: a search, buttons that copy, a remembered language, a console for requests. The reference is made
//! from the OpenAPI documents in `docs/openapi`, which are made from the operation tables and held fresh by tests, so
//! that this crate knows no face; the guides are the Markdown files in `docs`.

mod apis;
mod assets;
mod docs;
mod landing;
mod layout;
mod page;
mod site;

pub use page::Page;
pub use site::Site;
