//! Written by its own commit.
