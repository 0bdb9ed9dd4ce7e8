//! SVG to pixels, together with the texts that stand in the picture and where they stand.
//!
//! It knows no dataset and no scene. It follows no link to a file or an address, decodes no embedded image, runs no
//! filter, and sets text in the bundled fonts only; what is too large, too deep or grows when it is read is refused
//! before it is drawn.
//!
//! Begin with [`render`], then `guard` (what is refused), `work` (how much is too much), `fonts` (what text is set in)
//! and `runs` (where text stands).

mod error;
mod fonts;
mod guard;
mod runs;
mod work;

pub use error::SvgError;
pub use resvg::tiny_skia::Pixmap;
pub use runs::TextRun;

use usvg::{ImageHrefResolver, Options, Tree};

/// Largest side of a picture in pixels.
pub const SIDE_MAX: u32 = 8192;
/// Largest picture in pixels.
pub const PIXELS_MAX: u64 = 16 * 1024 * 1024;

/// Draws an SVG document on white, at one pixel a user unit, and finds its texts in drawing order.
///
/// # Errors
/// Documents that are not SVG, that reach outside, that are too large, or whose text has no glyphs.
pub fn render(svg: &str) -> Result<(Pixmap, Vec<TextRun>), SvgError> {
    let document = guard::parse(svg)?;
    let options = Options {
        font_family: fonts::DEFAULT_FAMILY.to_owned(),
        fontdb: fonts::database(),
        font_resolver: fonts::resolver(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document.xml, &options).map_err(|e| SvgError::malformed(&e))?;
    let (width, height) = (tree.size().width().ceil() as u32, tree.size().height().ceil() as u32);
    if width.max(height) > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(SvgError::TooLarge { width, height, side_max: SIDE_MAX, pixels_max: PIXELS_MAX });
    }
    work::check(&tree, width, height)?;
    let runs = runs::of(&tree)?;
    let mut pixmap = Pixmap::new(width, height).ok_or(SvgError::TooLarge {
        width,
        height,
        side_max: SIDE_MAX,
        pixels_max: PIXELS_MAX,
    })?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    Ok((pixmap, runs))
}
