//! Tests of the executable.
