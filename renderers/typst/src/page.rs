//! A page as Typst sets it, walked through and taken over into a scene.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use pixmo_render::scene::Item;
use pixmo_render::{Color, ElementId, Scene, Transform};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, LinkElem, LinkTarget};
use typst::visualize::Paint;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;

use crate::budget;
use crate::error::TypstError;
use crate::meaning::Meaning;
use crate::shape;
use crate::source::{self, SOURCE_BYTES_MAX};
use crate::text::Run;
use crate::work;
use crate::world::ClosedWorld;

/// How a page becomes pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageOptions {
    /// Pixels for one typographic point (1/72 inch).
    pub pixels_per_pt: f32,
    /// Colour of the ground where the source sets no page fill.
    pub ground: Color,
}

impl Default for PageOptions {
    fn default() -> Self {
        Self { pixels_per_pt: 1.5, ground: Color::WHITE }
    }
}

/// Least length of a side of a page in pixels.
const SIDE_MIN: u32 = 32;
/// Largest length of a side of a page in pixels.
const SIDE_MAX: u32 = 4096;
/// Groups inside groups; Typst's own layout goes about as deep.
const GROUPS_MAX: usize = 128;
/// Longest message of Typst that is handed on, in characters.
const MESSAGE_MAX: usize = 500;
/// After this many pages Typst's cache is swept, and results unused for [`CACHE_AGE_MAX`] sweeps are dropped.
const PAGES_PER_SWEEP: u32 = 8;
/// See [`PAGES_PER_SWEEP`].
const CACHE_AGE_MAX: usize = 2;

/// Sets a source that our own kinds of pages have written on one page and returns what is drawn where. Roles and cells of texts come from links in the source,
/// see the crate's first lines.
///
/// # Errors
/// Whatever Typst refuses or warns about; constructs that are not read; more than one page; pages out of bounds;
/// characters without a glyph; links without meaning; content that a scene has no form for.
pub fn render(source: &str, options: &PageOptions) -> Result<Scene, TypstError> {
    set(&admitted(source)?, options)
}

/// As [`render`], for a source of anybody: what it costs is counted before Typst sees it. It may use the names that
/// describe a page and functions that are known before they are used, so that its work can be read off; our own
/// sources, whose loops are written out by the code that makes them, are not held to that list.
///
/// # Errors
/// As [`render`]; and sources whose work is too much or cannot be told, be it to set the page or to paint it.
pub fn render_foreign(source: &str, options: &PageOptions) -> Result<Scene, TypstError> {
    let world = admitted(source)?;
    budget::check(world.page_source())?;
    let scene = set(&world, options)?;
    work::check(&scene)?;
    Ok(scene)
}

/// A source that is short, not too deep, and neither repeats nor reaches outside.
fn admitted(source: &str) -> Result<ClosedWorld, TypstError> {
    if source.len() > SOURCE_BYTES_MAX {
        return Err(TypstError::TooLong { bytes: source.len(), limit: SOURCE_BYTES_MAX });
    }
    let world = ClosedWorld::new(source)?;
    source::check(world.page_source())?;
    Ok(world)
}

fn set(world: &ClosedWorld, options: &PageOptions) -> Result<Scene, TypstError> {
    let compiled = typst::compile::<PagedDocument>(world);
    sweep();
    let told = |diagnostic: &SourceDiagnostic| diagnosed(world, diagnostic);
    let document = compiled.output.map_err(|errors| errors.first().map_or_else(silent, told))?;
    if let Some(warning) = compiled.warnings.first() {
        return Err(told(warning));
    }
    let [page] = document.pages() else {
        return Err(TypstError::Overflow { pages: document.pages().len() });
    };
    let scale = options.pixels_per_pt;
    let (width, height) =
        (pixels(page.frame.width().to_pt(), scale), pixels(page.frame.height().to_pt(), scale));
    if [width, height].iter().any(|side| !(SIDE_MIN..=SIDE_MAX).contains(side)) {
        return Err(TypstError::PageSize { width, height, min: SIDE_MIN, max: SIDE_MAX });
    }
    let ground = match &page.fill {
        Smart::Custom(Some(Paint::Solid(color))) => shape::solid(color).over(options.ground),
        Smart::Auto | Smart::Custom(None) => options.ground,
        Smart::Custom(Some(_)) => {
            return Err(TypstError::Unsupported { what: "a page fill that is not one colour" });
        }
    };
    let scene = Scene::new(width, height, ground);
    let mut taken = Taken { scene, links: Vec::new(), open: Vec::new(), marks: BTreeMap::new(), line: None };
    taken.walk(&page.frame, Transform::from_scale(scale, scale), 0)?;
    taken.end_line();
    Ok(taken.scene)
}

fn pixels(points: f64, scale: f32) -> u32 {
    // A cast from a float saturates; not-a-number becomes 0 and is refused with the sizes out of bounds.
    (points * f64::from(scale)).round() as u32
}

fn silent() -> TypstError {
    TypstError::Source { line: 0, message: "typst gave no page and no reason".to_owned() }
}

fn diagnosed(world: &ClosedWorld, diagnostic: &SourceDiagnostic) -> TypstError {
    let line = world
        .range(diagnostic.span)
        .and_then(|range| world.source(world.main()).ok()?.lines().byte_to_line(range.start))
        .map_or(0, |line| line + 1);
    // A message may quote the source, which may have a name as long as it likes.
    TypstError::Source { line, message: diagnostic.message.chars().take(MESSAGE_MAX).collect() }
}

/// Keeps Typst's cache of results small: pages share little but fonts.
fn sweep() {
    static PAGES: AtomicU32 = AtomicU32::new(0);
    if PAGES.fetch_add(1, Ordering::Relaxed) % PAGES_PER_SWEEP == PAGES_PER_SWEEP - 1 {
        comemo::evict(CACHE_AGE_MAX);
    }
}

/// A link around what is being walked through. Typst marks where a link begins and ends among the things of a frame; the
/// boxes of links would not do, because they reach into the lines above and below.
struct OpenLink {
    location: Location,
    /// Index in [`Taken::links`].
    link: usize,
}

/// What was taken over so far.
struct Taken {
    scene: Scene,
    /// The meanings of all links so far.
    links: Vec<Meaning>,
    /// Links that have begun and not ended, the innermost last.
    open: Vec<OpenLink>,
    /// The marks that links have made of the shapes inside them, by link.
    marks: BTreeMap<usize, ElementId>,
    /// The line of text that may still grow.
    line: Option<(Run, Option<usize>)>,
}

impl Taken {
    fn walk(&mut self, frame: &Frame, place: Transform, depth: usize) -> Result<(), TypstError> {
        if depth > GROUPS_MAX {
            return Err(TypstError::Unsupported { what: "groups nested that deep" });
        }
        for (position, item) in frame.items() {
            let here = place.pre_translate(position.x.to_pt() as f32, position.y.to_pt() as f32);
            match item {
                FrameItem::Group(group) => {
                    let inner = here.pre_concat(matrix(&group.transform));
                    // Typst clips in the coordinates of the group's own frame.
                    let clip = group.clip.as_ref().map(|curve| shape::clip(curve, inner));
                    match clip {
                        None => self.walk(&group.frame, inner, depth + 1)?,
                        Some(None) => {}
                        Some(Some(path)) => {
                            self.end_line();
                            self.scene.items.push(Item::PushClip(path));
                            self.walk(&group.frame, inner, depth + 1)?;
                            self.end_line();
                            self.scene.items.push(Item::PopClip);
                        }
                    }
                }
                FrameItem::Text(text) => {
                    if let Some(run) = Run::of(text, here)? {
                        self.add_run(run);
                    }
                }
                FrameItem::Shape(drawn, _) => {
                    self.end_line();
                    let mark = self.mark();
                    shape::add(drawn, here, mark, &mut self.scene)?;
                }
                FrameItem::Image(..) => return Err(TypstError::Unsupported { what: "an image" }),
                FrameItem::Tag(tag) => self.tag(tag)?,
                FrameItem::Link(..) => {}
            }
        }
        Ok(())
    }

    /// Joins the run to the line before it when that goes on with the same meaning, or begins a new line.
    fn add_run(&mut self, run: Run) {
        let link = self.link();
        let meaning = |index: Option<usize>| index.map(|index| &self.links[index]);
        match self.line.as_mut() {
            Some((line, before)) if meaning(*before) == meaning(link) => {
                if let Some(run) = line.join(run) {
                    self.end_line();
                    self.line = Some((run, link));
                }
            }
            _ => {
                self.end_line();
                self.line = Some((run, link));
            }
        }
    }

    fn end_line(&mut self) {
        if let Some((run, link)) = self.line.take() {
            let none = Meaning::default();
            run.place(link.map_or(&none, |index| &self.links[index]), &mut self.scene);
        }
    }

    /// The mark that the link around makes of its shapes, if it makes one.
    fn mark(&mut self) -> Option<ElementId> {
        let link = self.link()?;
        let meaning = &self.links[link];
        if !meaning.role.is_mark() {
            return None;
        }
        let scene = &mut self.scene;
        let data = meaning.data.iter().copied();
        Some(*self.marks.entry(link).or_insert_with(|| scene.mark(meaning.role, "", data)))
    }

    /// The innermost link around.
    fn link(&self) -> Option<usize> {
        self.open.last().map(|open| open.link)
    }

    /// Begins or ends a link.
    fn tag(&mut self, tag: &Tag) -> Result<(), TypstError> {
        match tag {
            Tag::Start(element, _) => {
                let Some(link) = element.to_packed::<LinkElem>() else { return Ok(()) };
                let LinkTarget::Dest(Destination::Url(url)) = &link.dest else { return Ok(()) };
                let Some(location) = element.location() else { return Ok(()) };
                self.open.push(OpenLink { location, link: self.links.len() });
                self.links.push(Meaning::parse(url.as_str())?);
            }
            Tag::End(location, ..) => self.open.retain(|open| open.location != *location),
        }
        Ok(())
    }
}

fn matrix(t: &typst::layout::Transform) -> Transform {
    Transform::from_row(
        t.sx.get() as f32,
        t.ky.get() as f32,
        t.kx.get() as f32,
        t.sy.get() as f32,
        t.tx.to_pt() as f32,
        t.ty.to_pt() as f32,
    )
}
