//! The connectors. Each file or folder is one provider; what is odd about it ends there (DESIGN 13).

pub mod builtin;
