//! How a test runs: on a runtime, and not at all without a server.

macro_rules! run {
    ($body:expr) => {{
        if crate::server().is_none() {
            return;
        }
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on($body)
    }};
}
