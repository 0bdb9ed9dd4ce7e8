//! Rows to files and back, whole or not at all
