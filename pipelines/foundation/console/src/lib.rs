//! Everything a person sees in a terminal
