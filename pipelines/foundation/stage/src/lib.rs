//! The loop every dataset runs in
