//! Typst source to scenes: one page is set by Typst and comes back as a display list with the same kind of truth that
//! figures have.
//!
//! It knows no document kind and no data; it reads no file, no package, no clock and no system font. What a printed text
//! means is told by the source itself: `#link("d:0/3/1;r:field_value")[$ 12.40]` says that this text prints cell
//! (row 3, column 1) of table 0 and is the value of a field. Such links leave no mark on the page.
//!
//! Begin with [`render`] and [`render_foreign`], then `page` (frames to scenes), `meaning` (what links say) and `world` (what Typst may see).

mod budget;
mod error;
mod meaning;
mod page;
mod shape;
mod source;
mod text;
mod work;
mod world;

pub use error::TypstError;
pub use page::{PageOptions, render, render_foreign};
pub use source::{SOURCE_BYTES_MAX, escape_string};
