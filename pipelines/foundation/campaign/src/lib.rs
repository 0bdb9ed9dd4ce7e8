//! The one settings file, read and checked
