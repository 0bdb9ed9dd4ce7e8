//! The evaluator from outside: every hand-checked case, and hostile programs.

mod cases;
mod hostile;
