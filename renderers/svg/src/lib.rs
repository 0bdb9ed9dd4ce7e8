//! SVG to pixels and truth
