//! What holds for every operation, asked of every row of the operation table.

mod admins;
mod arrays;
mod back;
mod bodies;
mod companies;
mod credentials;
mod cursors;
mod documents;
mod lists;
mod numbers;
mod paths;
mod privacy;
mod queries;
mod requests;
mod values;
mod world;
