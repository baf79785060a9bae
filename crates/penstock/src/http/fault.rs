//! What sandboxes were told to do with requests, at every face.

use std::future::Future;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use penstock_model::{Code, Error};

use super::answer;
use crate::sandbox::Injection;

/// The answer to a request, unless its sandbox was told to fail there: then it is refused, late, or cut off.
pub(super) async fn under(
    injection: Option<Injection>,
    answer: impl Future<Output = Response>,
    refuse: impl FnOnce(&Error) -> Response,
) -> Response {
    match injection {
        None => answer.await,
        Some(Injection::Delay(time)) => {
            tokio::time::sleep(time).await;
            answer.await
        }
        Some(Injection::Cut) => answer::cut_off(answer.await).await,
        Some(Injection::Fail(code)) => {
            let mut response = refuse(&Error::new(code, "the sandbox was told to fail here"));
            if matches!(code, Code::TooManyRequests | Code::Unavailable) {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            response
        }
    }
}
