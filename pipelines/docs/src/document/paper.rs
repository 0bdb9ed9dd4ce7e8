//! The sheet that a document is printed on: size, faces and colours, and the head of its Typst source.

use pixmo_render::font::Class;
use pixmo_render::{Color, FaceId, Fonts, Point, Rect, Rng, Scene};
use pixmo_render_figures::look::Look;
use pixmo_render_typst::{PageOptions, escape_string};

/// How the sheet lies before the eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finish {
    /// As it comes from the printer.
    Plain,
    /// No paper at all: what a screen shows.
    Screen,
    /// Lit from one side: the ground darkens a little across the page.
    Shade {
        /// Direction in degrees.
        angle: f64,
        /// How far it darkens, 0 to 1.
        depth: f32,
    },
    /// On a table whose edge is seen on all sides.
    OnDesk {
        /// Points of table on each side.
        edge: f64,
        /// Colour of the table.
        desk: Color,
        /// What parts the sheet from it.
        shadow: Shadow,
    },
}

/// What parts a sheet from the table below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shadow {
    /// The shadow of a near lamp, with a sharp edge.
    Sharp,
    /// A shadow that fades, as program windows draw it.
    Soft,
    /// A thin line around the sheet.
    Line,
    /// Nothing but its colour.
    None,
}

impl Shadow {
    fn draw(rng: &mut Rng) -> Self {
        [Shadow::Sharp, Shadow::Soft, Shadow::Line, Shadow::None][rng.weighted(&[0.2, 0.45, 0.2, 0.15])]
    }

    /// What is painted below the sheet: how far it is moved right and down, how far it reaches beyond the sheet, its colour.
    fn layers(self, desk: Color) -> Vec<(f64, f64, f64, Color)> {
        let dark = |share: f32| desk.mix(Color::BLACK, share);
        match self {
            Shadow::Sharp => vec![(3.0, 3.0, 0.0, dark(0.22))],
            Shadow::Soft => [(6.0, 0.04), (4.0, 0.085), (2.0, 0.15)]
                .map(|(grow, share)| (0.0, 2.0, grow, dark(share)))
                .to_vec(),
            Shadow::Line => vec![(0.0, 0.0, 1.0, dark(0.3))],
            Shadow::None => Vec::new(),
        }
    }
}

/// A sheet. Lengths are points, which become `pixels_per_pt` pixels each.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    pub(super) width: f64,
    /// As long as its content when none.
    pub(super) height: Option<f64>,
    /// Left and right, top and bottom.
    pub(super) margin: (f64, f64),
    /// Size of ordinary text.
    pub(super) base: f64,
    pub(super) pixels_per_pt: f32,
    pub(super) family: &'static str,
    pub(super) title_family: &'static str,
    pub(super) ground: Color,
    pub(super) ink: Color,
    pub(super) soft: Color,
    pub(super) line: Color,
    pub(super) accent: Color,
    pub(super) second: Color,
    /// Bold titles.
    pub(super) bold_title: bool,
    /// Corner radius of boxes.
    pub(super) corner: f64,
    pub(super) finish: Finish,
    /// Drawn below the content on the whole sheet: Typst content with the sheet as its container.
    pub(super) frame: String,
}

impl Paper {
    /// A coloured sheet, given as #rrggbb, with inks that suit it; the accent is moved until it has this contrast.
    pub(super) fn recolour(&mut self, tone: &str, ink: Color, soft: Color, contrast: f32) {
        self.ground = Color::from_hex(tone).unwrap_or(Color::WHITE);
        self.ink = ink;
        self.soft = soft;
        self.accent = self.accent.readable_on(self.ground, contrast);
    }

    /// A sheet in the habits of a look. Dark looks give white paper with their colours; faces that look written by
    /// hand give way to plain ones, because most documents are printed forms.
    pub(super) fn of(look: &Look, rng: &mut Rng) -> Self {
        let ground = if look.dark { Color::WHITE } else { look.ground };
        let ink = if look.dark { Color::rgb(28, 30, 36) } else { look.ink };
        let accent = look.series[0].readable_on(ground, 4.8);
        let second = look.series[1 % look.series.len()].readable_on(ground, 3.2);
        let family = plain(look.family, rng);
        let title_family =
            if look.title_family == look.family { family } else { readable(look.title_family, rng) };
        let finish = match rng.weighted(&[3.0, 1.5, 4.5]) {
            0 => Finish::Plain,
            1 => Finish::shade(rng),
            _ => Finish::on_desk(rng, accent),
        };
        Self {
            width: 794.0,
            height: None,
            margin: (56.0, 48.0),
            base: f64::from(look.text_px.clamp(11.5, 14.0)),
            pixels_per_pt: *rng.pick(&[1.0, 1.0, 1.0, 1.12, 1.25]),
            family,
            title_family,
            ground,
            ink,
            soft: ink.mix(ground, rng.range32(0.18, 0.34)).readable_on(ground, 4.8),
            line: ground.mix(ink, rng.range32(0.18, 0.32)),
            accent,
            second,
            bold_title: look.bold_title || rng.chance(0.6),
            corner: f64::from(look.corner),
            finish,
            frame: String::new(),
        }
    }

    /// Uses the look's own face again, for documents that may be informal.
    pub(super) fn informal(&mut self, look: &Look) {
        self.family = look.family;
        self.title_family = look.title_family;
    }

    /// Sets all text in one family.
    pub(super) fn set_in(&mut self, family: &'static str) {
        self.family = family;
        self.title_family = family;
    }

    /// Plain white paper in black, as printers of labels and receipts give it.
    pub(super) fn black_on_white(&mut self) {
        self.ground = Color::WHITE;
        self.ink = Color::rgb(18, 18, 20);
        self.soft = Color::rgb(70, 70, 74);
        self.line = Color::rgb(40, 40, 44);
        self.accent = self.ink;
        // The inner parts of marks are seen on the outer ones.
        self.second = Color::rgb(116, 116, 120);
    }

    /// A light fill in the accent colour.
    pub(super) fn tint(&self) -> Color {
        self.ground.mix(self.accent, 0.09)
    }

    /// Readable ink on the accent colour.
    pub(super) fn on_accent(&self) -> Color {
        let white = Color::WHITE;
        if self.accent.contrast(white) >= 4.0 { white } else { Color::rgb(16, 16, 18) }
    }

    /// The regular faces of the sheet.
    pub(super) fn faces(&self) -> [FaceId; 2] {
        let fonts = Fonts::bundled();
        [self.family, self.title_family].map(|name| {
            let family = fonts.family(name).unwrap_or(&fonts.families()[0]);
            family.face(pixmo_render::font::Style::Regular)
        })
    }

    /// How the page becomes pixels.
    pub(super) fn options(&self) -> PageOptions {
        PageOptions { pixels_per_pt: self.pixels_per_pt, ground: self.ground }
    }

    /// The whole source: head and body.
    pub(super) fn source(&self, body: &str) -> String {
        let (x, y) = self.margin;
        let edge = if let Finish::OnDesk { edge, .. } = self.finish { edge } else { 0.0 };
        let height = self.height.map_or("auto".to_owned(), |height| format!("{:.1}pt", height + 2.0 * edge));
        let color = |color: Color| format!("rgb(\"{}\")", color.hex());
        let weight = if self.bold_title { "bold" } else { "regular" };
        format!(
            "#set page(width: {:.1}pt, height: {height}, margin: (x: {:.1}pt, y: {:.1}pt), fill: {})\n\
             #set text(font: ({}, \"Noto Sans\", \"DejaVu Sans\"), size: {:.1}pt, fill: {}, hyphenate: false, lang: \"en\")\n\
             #set par(leading: 0.6em, spacing: 0.8em)\n\
             #let ac = {}\n#let ac2 = {}\n#let onac = {}\n#let ink = {}\n#let soft = {}\n#let rule-c = {}\n#let tint = {}\n\
             #let B(x) = text(weight: \"bold\", x)\n\
             #let S(x) = text(size: 0.86em, fill: soft, x)\n\
             #let T(s, x) = text(font: ({}, \"Noto Sans\", \"DejaVu Sans\"), size: s, weight: \"{weight}\", x)\n\
             #let H(x) = text(font: ({}, \"Noto Sans\", \"DejaVu Sans\"), size: 1.14em, weight: \"bold\", fill: ac, x)\n\n\
             {}{body}",
            self.width + 2.0 * edge,
            x + edge,
            y + edge,
            color(if let Finish::OnDesk { desk, .. } = self.finish { desk } else { self.ground }),
            escape_string(self.family),
            self.base,
            color(self.ink),
            color(self.accent),
            color(self.second),
            color(self.on_accent()),
            color(self.ink),
            color(self.soft),
            color(self.line),
            color(self.tint()),
            escape_string(self.title_family),
            escape_string(self.title_family),
            self.background(),
        )
    }

    /// What lies below the content: table, sheet and frame.
    fn background(&self) -> String {
        let ground = self.ground.hex();
        let (edge, sheet) = match self.finish {
            Finish::Plain | Finish::Screen if self.frame.is_empty() => return String::new(),
            Finish::Plain | Finish::Screen => (0.0, String::new()),
            Finish::Shade { angle, depth } => {
                let dark = self.ground.mix(self.ink, depth).hex();
                let fill =
                    format!("gradient.linear(rgb(\"{ground}\"), rgb(\"{dark}\"), angle: {angle:.0}deg)");
                (0.0, format!("#place(rect(width: 100%, height: 100%, fill: {fill}))"))
            }
            Finish::OnDesk { edge, desk, shadow } => {
                let mut layers = shadow.layers(desk);
                layers.push((0.0, 0.0, 0.0, self.ground));
                let sheet: String = layers
                    .iter()
                    .map(|(right, down, grow, color)| {
                        format!(
                            "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: 100% - {e:.1}pt, height: 100% - {e:.1}pt, fill: rgb(\"{}\")))",
                            edge + right - grow,
                            edge + down - grow,
                            color.hex(),
                            e = 2.0 * (edge - grow)
                        )
                    })
                    .collect();
                (edge, sheet)
            }
        };
        let frame = if self.frame.is_empty() {
            String::new()
        } else {
            format!(
                "#place(dx: {edge:.1}pt, dy: {edge:.1}pt, block(width: 100% - {e:.1}pt, height: 100% - {e:.1}pt)[{}])",
                self.frame,
                e = 2.0 * edge
            )
        };
        format!("#set page(background: block(width: 100%, height: 100%)[{sheet}{frame}])\n")
    }
}

impl Paper {
    /// The scene of a plain sheet, laid on the table of the finish: what [`Paper::source`] says of such a sheet, without
    /// setting it again. Other finishes change nothing.
    pub(super) fn laid_down(&self, sheet: Scene) -> Scene {
        let Finish::OnDesk { edge, desk, shadow } = self.finish else { return sheet };
        let pixels = |points: f64| (points * f64::from(self.pixels_per_pt)).round() as f32;
        let edge = pixels(edge);
        let (wide, tall) = (sheet.width as f32, sheet.height as f32);
        let mut scene = Scene::new((wide + 2.0 * edge) as u32, (tall + 2.0 * edge) as u32, desk);
        let mut layers = shadow.layers(desk);
        layers.push((0.0, 0.0, 0.0, sheet.ground));
        for (right, down, grow, color) in layers {
            let (left, top, grow) = (edge + pixels(right), edge + pixels(down), pixels(grow));
            let rect = Rect::new(left - grow, top - grow, left + wide + grow, top + tall + grow);
            let element = scene.ornament();
            scene.rect(element, rect, color);
        }
        scene.absorb(sheet, Point::new(edge, edge), |datum| datum);
        scene
    }
}

impl Finish {
    /// On a table of some colour.
    pub(super) fn on_desk(rng: &mut Rng, accent: Color) -> Self {
        Finish::OnDesk {
            edge: rng.range(14.0, 34.0).round(),
            desk: table(rng, accent),
            shadow: Shadow::draw(rng),
        }
    }

    /// Light from a side.
    fn shade(rng: &mut Rng) -> Self {
        Finish::Shade { angle: rng.range(0.0, 360.0).round(), depth: rng.range32(0.05, 0.11) }
    }
}

/// The colour of a table: wood, stone, cloth or a shade of the accent.
fn table(rng: &mut Rng, accent: Color) -> Color {
    let tones =
        ["#d9dcdf", "#c9cdd2", "#e6e1d8", "#b9a58a", "#8f7a63", "#5b6470", "#3f4650", "#cfd8d3", "#e9e4ee"];
    if rng.chance(0.25) {
        return Color::WHITE.mix(accent, rng.range32(0.15, 0.5));
    }
    Color::from_hex(rng.word(&tones)).unwrap_or(Color::WHITE)
}

fn class(name: &str) -> Option<Class> {
    Fonts::bundled().family(name).map(|family| family.class)
}

/// The family itself, or a plain one instead of a hand or a display face.
fn plain(name: &'static str, rng: &mut Rng) -> &'static str {
    match class(name) {
        Some(Class::Hand | Class::Display) | None => rng.word(&["Lato", "Open Sans", "Noto Serif", "Roboto"]),
        Some(_) => name,
    }
}

/// The family itself, or a plain one instead of a hand.
fn readable(name: &'static str, rng: &mut Rng) -> &'static str {
    match class(name) {
        Some(Class::Hand) | None => rng.word(&["Montserrat", "Lora", "Zilla Slab"]),
        Some(_) => name,
    }
}
