//! Picture and truth: scenes, text, fonts, seeds, pixels
