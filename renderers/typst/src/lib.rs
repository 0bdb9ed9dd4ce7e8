//! Typst source to scenes
