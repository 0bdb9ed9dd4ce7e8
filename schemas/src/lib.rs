//! What a row is
