//! Recomputes a stored answer from the stored data and program alone
