//! Looks at finished data: status, verify, sample, stats
