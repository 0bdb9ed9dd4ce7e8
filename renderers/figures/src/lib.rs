//! Charts, tables and diagrams as scenes
