//! Title, subtitle and note around a table or diagram.

use pixmo_render::font::Style;
use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, FaceId, Fonts, Role, Scene, TextError};

use crate::look::{Look, TitlePlace};

/// The captions of one picture, wrapped to the width of what they stand around.
#[derive(Debug)]
pub(crate) struct Captions<'a> {
    look: &'a Look,
    width: f32,
    title: Vec<String>,
    subtitle: Vec<String>,
    note: Vec<String>,
    /// The colour of what title and subtitle stand on, where it is not the ground.
    band: Option<Color>,
}

/// Distance between captions and content, in lines of the label size.
const GAP: f32 = 0.9;

impl<'a> Captions<'a> {
    /// Wraps the captions; empty texts are left out.
    pub(crate) fn wrap(
        look: &'a Look,
        title: &str,
        subtitle: &str,
        note: &str,
        width: f32,
    ) -> Result<Self, TextError> {
        let fonts = Fonts::bundled();
        let face = look.face(Style::Regular);
        Ok(Self {
            look,
            width,
            title: balanced(look.title_face(), title_px(look), title, width)?,
            subtitle: fonts.wrap(face, subtitle_px(look), subtitle, width)?,
            note: fonts.wrap(face, note_px(look), note, width)?,
            band: None,
        })
    }

    /// The same captions with title and subtitle on a band of this colour.
    pub(crate) fn on(self, band: Option<Color>) -> Self {
        Self { band, ..self }
    }

    /// The width at which title and subtitle stand on one line each, but no more than `most`.
    pub(crate) fn width_wanted(
        look: &Look,
        title: &str,
        subtitle: &str,
        most: f32,
    ) -> Result<f32, TextError> {
        let fonts = Fonts::bundled();
        let title_width = fonts.width(look.title_face(), title_px(look), title)?;
        let subtitle_width = fonts.width(look.face(Style::Regular), subtitle_px(look), subtitle)?;
        let longest_word = title
            .split_whitespace()
            .map(|word| fonts.width(look.title_face(), title_px(look), word))
            .try_fold(0.0f32, |widest, width| width.map(|w| widest.max(w)))?;
        Ok(title_width.max(subtitle_width).min(most).max(longest_word) + 1.0)
    }

    fn title_height(&self) -> f32 {
        self.title.len() as f32 * title_px(self.look) * 1.2
    }

    /// Height of title and subtitle, which stand together above the content or below it.
    fn heading_height(&self) -> f32 {
        let subtitle = self.subtitle.len() as f32 * subtitle_px(self.look) * 1.35;
        self.title_height() + self.between() + subtitle
    }

    fn is_below(&self) -> bool {
        self.look.title_place == TitlePlace::Below
    }

    /// Height taken above the content, its distance included.
    pub(crate) fn above(&self) -> f32 {
        match self.heading_height() {
            height if self.is_below() || height == 0.0 => 0.0,
            height => height + self.look.text_px * GAP,
        }
    }

    /// Distance between title and subtitle.
    fn between(&self) -> f32 {
        let both = !self.title.is_empty() && !self.subtitle.is_empty();
        if both { title_px(self.look) * 0.18 } else { 0.0 }
    }

    /// Height taken below the content, its distance included.
    pub(crate) fn below(&self) -> f32 {
        let heading = if self.is_below() { self.heading_height() } else { 0.0 };
        let note = self.note.len() as f32 * note_px(self.look) * 1.35;
        let between = if heading > 0.0 && note > 0.0 { self.look.text_px * 0.4 } else { 0.0 };
        match heading + note {
            0.0 => 0.0,
            height => height + between + self.look.text_px * GAP,
        }
    }

    /// Title and subtitle from `y` down; returns where they end.
    fn heading(&self, scene: &mut Scene, left: f32, y: f32) -> Result<f32, TextError> {
        let look = self.look;
        let face = look.title_face();
        let y = self.lines(scene, &self.title, face, title_px(look), 1.2, (left, y), Role::Title)?;
        let (face, px) = (look.face(Style::Regular), subtitle_px(look));
        self.lines(scene, &self.subtitle, face, px, 1.35, (left, y + self.between()), Role::Subtitle)
    }

    /// Draws the captions around content that begins at (`left`, `top`) and ends at `bottom`.
    pub(crate) fn draw(&self, scene: &mut Scene, left: f32, top: f32, bottom: f32) -> Result<(), TextError> {
        let look = self.look;
        let face = look.face(Style::Regular);
        let mut y = bottom + look.text_px * GAP;
        if !self.is_below() {
            self.heading(scene, left, top - self.above())?;
        } else if self.heading_height() > 0.0 {
            y = self.heading(scene, left, y)? + look.text_px * 0.4;
        }
        self.lines(scene, &self.note, face, note_px(look), 1.35, (left, y), Role::Note)?;
        Ok(())
    }

    /// Stacks lines from `y` down; returns where the next one would begin.
    #[expect(clippy::too_many_arguments, reason = "one call per caption, each with its own face and size")]
    fn lines(
        &self,
        scene: &mut Scene,
        lines: &[String],
        face: FaceId,
        px: f32,
        leading: f32,
        (left, mut y): (f32, f32),
        role: Role,
    ) -> Result<f32, TextError> {
        let look = self.look;
        let strong = |band: Color| band.ink().readable_on(band, 5.5);
        let color = match (self.band, role) {
            (Some(band), Role::Title) => strong(band),
            (Some(band), Role::Subtitle) => strong(band).mix(band, 0.14).readable_on(band, 4.6),
            (None, Role::Title) => title_color(look),
            _ => look.soft_ink,
        };
        let (x, align) = match look.title_place {
            TitlePlace::Left => (left, Align::Start),
            _ if role == Role::Note => (left, Align::Start),
            _ => (left + self.width / 2.0, Align::Middle),
        };
        for line in lines {
            let middle = y + px * leading / 2.0;
            scene.text(TextSpec::new(line, face, px, color, role).at(x, middle, align, VAlign::Middle))?;
            y += px * leading;
        }
        Ok(y)
    }
}

fn title_color(look: &Look) -> Color {
    // Themes with slab or display headings set them in the accent, the others in ink.
    if look.bold_title && look.family != look.title_family { look.accent } else { look.ink }
}

/// Size of the title: below the content it is a caption and no heading, so it is set little larger than the labels.
fn title_px(look: &Look) -> f32 {
    match look.title_place {
        TitlePlace::Below => look.title_px.min((look.text_px * 1.3).round()),
        _ => look.title_px,
    }
}

fn subtitle_px(look: &Look) -> f32 {
    (look.text_px + 1.0).min(title_px(look) - 1.0)
}

/// Size of notes: a little below that of labels.
pub(crate) fn note_px(look: &Look) -> f32 {
    (look.text_px - 1.5).max(10.0)
}

/// Wraps a heading so that its lines are about equally long.
pub(crate) fn balanced(face: FaceId, px: f32, text: &str, width: f32) -> Result<Vec<String>, TextError> {
    let fonts = Fonts::bundled();
    let lines = fonts.wrap(face, px, text, width)?;
    if lines.len() < 2 {
        return Ok(lines);
    }
    let mut best = lines;
    for step in 1..=8 {
        let tried = fonts.wrap(face, px, text, width * (1.0 - 0.06 * step as f32))?;
        if tried.len() > best.len() {
            break;
        }
        best = tried;
    }
    Ok(best)
}
