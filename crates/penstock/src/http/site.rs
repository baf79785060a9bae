//! The landing page and the documentation.

use http::{HeaderName, HeaderValue, Method, header};
use penstock_api::{Content, Reply, Request};
use penstock_web::Site;

/// The page at the request's path, if there is one.
pub(super) fn page(request: &Request) -> Option<Reply> {
    if request.method != Method::GET {
        return None;
    }
    let page = Site::new(origin(request)).respond(&request.path)?;
    let kind = HeaderValue::from_static(page.content_type);
    let mut reply = Reply::new(page.status, Content::Bytes(kind, page.body.into_owned().into()));
    for (name, value) in page.headers {
        reply.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Some(reply)
}

/// Where the reader found this server, for the examples.
fn origin(request: &Request) -> String {
    let plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    format!("http://{}", request.header(&header::HOST).filter(plain).unwrap_or("127.0.0.1:8080"))
}
