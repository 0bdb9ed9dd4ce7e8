//! Rendered charts, tables, diagrams and documents with exact answers
