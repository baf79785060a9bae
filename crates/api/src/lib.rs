//! The door between the executable and the faces (DESIGN, layout): what a request is, what a reply is, how rows of
//! operations become routes. It uses `model` alone; it knows no face, no database and no HTTP server.

mod method;

pub use method::Method;
