//! The looks of invented toolkits: light and dark, round and square, title bars with their buttons left or right.

use pixmo_render::Color;

use super::super::desk::Desk;
use super::super::markup::{Expr, bold, role};
use super::super::paper::Finish;
use super::icon::icon;
use super::{Area, Page};

/// A look.
pub(super) struct Skin {
    pub(super) dark: bool,
    /// Corner radius of buttons and cards.
    pub(super) radius: f64,
    /// Where and how a window shows its buttons.
    bar: usize,
    /// Fill of side bars and tool bars, and of what lies on them.
    panel: Color,
    raised: Color,
    faint: Color,
    wall: (Color, Color),
    pub(super) width: f64,
    pub(super) height: f64,
    /// Side bars in the colour of the accent.
    pub(super) coloured: bool,
}

/// Faces of screens.
const FACES: [&str; 10] = [
    "Inter",
    "Roboto",
    "Open Sans",
    "Noto Sans",
    "Work Sans",
    "Public Sans",
    "Fira Sans",
    "Lato",
    "Rubik",
    "Nunito",
];

impl Skin {
    /// Draws a look and makes the sheet a canvas of this size.
    pub(super) fn draw(desk: &mut Desk<'_>, width: f64, height: f64) -> Self {
        let dark = desk.style.chance(0.42);
        let grounds: &[&str] = if dark {
            &["#16181d", "#1e1f24", "#111820", "#21222c", "#1b2321", "#0f1115"]
        } else {
            &["#ffffff", "#ffffff", "#fcfcfd", "#fbfaf7", "#f7f9fc"]
        };
        let ground = Color::from_hex(desk.style.word(grounds)).unwrap_or(Color::WHITE);
        let ink = if dark { Color::rgb(232, 234, 238) } else { Color::rgb(30, 33, 40) };
        let accents = [
            "#2563c9", "#0f7b6c", "#7a4fd0", "#c2410c", "#b4235a", "#15803d", "#0e7490", "#4f46e5",
            "#a16207", "#be3144",
        ];
        let mut accent = Color::from_hex(desk.style.word(&accents)).unwrap_or(Color::BLACK);
        if dark {
            accent = accent.mix(Color::WHITE, 0.35);
        }
        let family = desk.style.word(&FACES);
        desk.set_faces(family, family);
        let paper = &mut desk.paper;
        paper.width = width;
        paper.height = Some(height);
        paper.margin = (0.0, 0.0);
        paper.finish = Finish::Screen;
        paper.frame = String::new();
        paper.base = 13.0;
        paper.bold_title = true;
        paper.ground = ground;
        paper.ink = ink;
        paper.accent = accent.readable_on(ground, 4.6);
        paper.second = paper.accent;
        paper.soft = ink.mix(ground, 0.34).readable_on(ground, 5.0);
        paper.line = ground.mix(ink, if dark { 0.2 } else { 0.13 });
        let panel = ground.mix(ink, if dark { 0.06 } else { 0.045 });
        let raised = if dark { ground.mix(Color::WHITE, 0.1) } else { ground };
        let faint = ground.mix(paper.accent, if dark { 0.24 } else { 0.12 });
        let walls = [
            ("#37507a", "#8fb0c9"),
            ("#5b4a78", "#c79bb0"),
            ("#2f5d50", "#a8c7a0"),
            ("#7a4f3a", "#d9b48c"),
            ("#28343f", "#5d7486"),
            ("#8ea3b5", "#dfe6ea"),
        ];
        let wall = *desk.style.pick(&walls);
        let color = |hex: &str| Color::from_hex(hex).unwrap_or(Color::WHITE);
        Self {
            dark,
            radius: *desk.style.pick(&[0.0, 3.0, 5.0, 8.0, 11.0]),
            bar: desk.style.below(4),
            panel,
            raised,
            faint,
            wall: (color(wall.0), color(wall.1)),
            width,
            height,
            coloured: desk.style.chance(0.3),
        }
    }

    /// The names of colours that screens use beside those of the sheet.
    pub(super) fn head(&self) -> String {
        format!(
            "#set par(leading: 0.5em)\n#let panel = rgb(\"{}\")\n#let raised = rgb(\"{}\")\n#let faint = rgb(\"{}\")\n",
            self.panel.hex(),
            self.raised.hex(),
            self.faint.hex()
        )
    }

    /// How the look is called in reports.
    pub(super) fn name(&self) -> String {
        format!("{}-r{:.0}-b{}", if self.dark { "dark" } else { "light" }, self.radius, self.bar)
    }
}

impl Page {
    /// A window on a desktop, or one that fills the screen; gives the room inside.
    pub(super) fn window(&mut self, desk: &mut Desk<'_>, title: &str) -> Area {
        let (w, h) = (self.skin.width, self.skin.height);
        let full = desk.style.chance(0.35);
        let area = if full { (0.0, 0.0, w, h) } else { (26.0, 22.0, w - 52.0, h - 50.0) };
        if !full {
            let (a, b) = (self.skin.wall.0.hex(), self.skin.wall.1.hex());
            self.fill(
                (0.0, 0.0, w, h),
                &format!("fill: gradient.linear(rgb(\"{a}\"), rgb(\"{b}\"), angle: 35deg)"),
            );
            // What lies in a window reaches into its corners, so the frame has no round ones.
            self.fill((area.0 + 4.0, area.1 + 6.0, area.2, area.3), "fill: rgb(\"#00000026\")");
            let edge = self.skin.wall.0.mix(Color::BLACK, 0.45).hex();
            self.fill(
                (area.0 - 0.8, area.1 - 0.8, area.2 + 1.6, area.3 + 1.6),
                &format!("fill: rgb(\"{edge}\")"),
            );
        }
        let ground = desk.paper.ground.hex();
        self.fill(area, &format!("fill: rgb(\"{ground}\")"));
        let bar = 34.0;
        self.fill((area.0, area.1, area.2, bar), "fill: panel, stroke: (bottom: 0.8pt + rule-c)");
        let middle = area.1 + bar / 2.0;
        let name = format!("text(size: 0.92em, {})", bold(&role("title", title)));
        match self.skin.bar {
            0 => {
                for (index, color) in ["#e0574f", "#dfa63a", "#4fae5c"].iter().enumerate() {
                    self.fill(
                        (area.0 + 14.0 + 20.0 * index as f64, middle - 6.0, 12.0, 12.0),
                        &format!("fill: rgb(\"{color}\"), radius: 6pt"),
                    );
                }
                self.middle((area.0, area.1, area.2, bar), "center", &name);
            }
            1 => {
                self.middle((area.0 + 14.0, area.1, area.2 - 140.0, bar), "left", &name);
                self.buttons(area.0 + area.2 - 104.0, area.1, bar);
            }
            2 => {
                self.middle((area.0, area.1, area.2, bar), "center", &name);
                let close = icon("close", 14.0, "ink");
                let close = self.sheet.icon("close button", &close);
                self.styled(
                    (area.0 + area.2 - 36.0, area.1 + 6.0, 22.0, 22.0),
                    "fill: rule-c, radius: 11pt",
                    &format!("align(center + horizon, {close})"),
                );
            }
            _ => {
                self.fill((area.0, area.1, area.2, 3.0), "fill: ac");
                self.middle((area.0 + 14.0, area.1 + 2.0, area.2 - 140.0, bar - 2.0), "left", &name);
                self.buttons(area.0 + area.2 - 104.0, area.1, bar);
            }
        }
        (area.0, area.1 + bar, area.2, area.3 - bar)
    }

    /// The three buttons on the right of a title bar.
    fn buttons(&mut self, left: f64, top: f64, bar: f64) {
        let y = top + bar / 2.0;
        self.fill((left + 8.0, y + 3.0, 11.0, 1.4), "fill: ink");
        self.fill((left + 42.0, y - 5.0, 10.0, 10.0), "stroke: 1.3pt + ink");
        let close = self.sheet.icon("close button", &icon("close", 16.0, "ink"));
        self.put((left + 72.0, y - 8.0, 16.0, 16.0), &close);
    }

    /// A browser that fills the screen; gives the room inside.
    pub(super) fn browser(&mut self, desk: &mut Desk<'_>, tab: &str, address: &str) -> Area {
        let (w, h) = (self.skin.width, self.skin.height);
        let ground = desk.paper.ground.hex();
        self.fill((0.0, 0.0, w, h), &format!("fill: rgb(\"{ground}\")"));
        self.fill((0.0, 0.0, w, 36.0), "fill: rule-c");
        let round = self.skin.radius.min(8.0);
        self.styled(
            (12.0, 6.0, 216.0, 30.0),
            &format!("fill: panel, radius: (top: {round:.0}pt)"),
            &format!("align(left + horizon, pad(x: 12pt, text(size: 0.9em, {})))", role("note", tab)),
        );
        let close = self.sheet.icon("close icon of the tab", &icon("close", 12.0, "ink"));
        self.put((206.0, 15.0, 12.0, 12.0), &close);
        self.put((242.0, 13.0, 16.0, 16.0), &icon("plus", 15.0, "ink"));
        self.fill((0.0, 36.0, w, 42.0), "fill: panel, stroke: (bottom: 0.8pt + rule-c)");
        for (index, name) in ["back", "forward", "reload"].iter().enumerate() {
            let drawn = icon(name, 18.0, "ink");
            let drawn = self.sheet.icon(["back button", "forward button", "reload button"][index], &drawn);
            self.put((16.0 + 32.0 * index as f64, 48.0, 18.0, 18.0), &drawn);
        }
        let field = self.sheet.tell(
            "Address",
            address,
            "Which address stands in the address bar?|What is the address of the page?",
        );
        self.sheet.target_field("the address bar", field);
        let shown = self.sheet.value(field);
        let lock = icon("lock", 14.0, "soft");
        self.styled((118.0, 44.0, w - 190.0, 26.0), &format!("fill: rgb(\"{ground}\"), stroke: 0.8pt + rule-c, radius: 13pt"), &format!("align(left + horizon, pad(x: 12pt, grid(columns: (auto, auto), column-gutter: 8pt, align: horizon, {lock}, text(size: 0.92em, {shown}))))"));
        let menu = self.sheet.icon("browser menu", &icon("more", 18.0, "ink"));
        self.put((w - 38.0, 48.0, 18.0, 18.0), &menu);
        (0.0, 78.0, w, h - 78.0)
    }
}

/// A button with its word.
pub(super) fn button(skin: &Skin, inner: &str, filled: bool) -> Expr {
    let style = if filled { "fill: ac" } else { "stroke: 1pt + rule-c, fill: raised" };
    let ink = if filled { "onac" } else { "ink" };
    format!(
        "box(inset: (x: 14pt, y: 8pt), radius: {:.0}pt, {style}, text(fill: {ink}, {}))",
        skin.radius,
        bold(inner)
    )
}

/// A switch.
pub(super) fn switch(skin: &Skin, on: bool) -> Expr {
    let round: f64 = if skin.radius < 2.0 { 3.0 } else { 10.0 };
    let fill = if on { "fill: ac" } else { "fill: rule-c, stroke: 1pt + soft" };
    let knob = if on { (20.0, "onac") } else { (3.0, "soft") };
    format!(
        "box(width: 36pt, height: 20pt)[#place(rect(width: 36pt, height: 20pt, radius: {round:.0}pt, {fill}))#place(dx: {:.1}pt, dy: 3.5pt, rect(width: 13pt, height: 13pt, radius: {:.1}pt, fill: {}))]",
        knob.0,
        (round - 3.0).max(1.0),
        knob.1
    )
}

/// A round badge with a number.
pub(super) fn badge(inner: &str) -> Expr {
    format!(
        "box(fill: ac, radius: 8pt, inset: (x: 6pt, y: 3.5pt), text(size: 0.82em, fill: onac, {}))",
        bold(inner)
    )
}

/// A bar filled up to a share.
pub(super) fn progress(width: f64, share: f64) -> Expr {
    format!(
        "box(width: {width:.1}pt, height: 6pt)[#place(rect(width: {width:.1}pt, height: 6pt, radius: 3pt, fill: rule-c))#place(rect(width: {:.1}pt, height: 6pt, radius: 3pt, fill: ac))]",
        (width * share).max(6.0)
    )
}

/// A disc with the first letters of a name, in a tone that follows from the name.
pub(super) fn portrait(name: &str, size: f64) -> Expr {
    let tones = ["#3b6ea8", "#8a5a2b", "#3a7d58", "#7b4b94", "#a8404c", "#4d6470"];
    let tone = tones[name.bytes().map(usize::from).sum::<usize>() % tones.len()];
    let letters: String = name.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
    format!(
        "box(width: {size:.0}pt, height: {size:.0}pt, radius: {:.0}pt, fill: rgb(\"{tone}\"), align(center + horizon, text(size: {:.1}pt, fill: white, {})))",
        size / 2.0,
        (size * 0.36).max(9.5),
        role("note", &letters.to_uppercase())
    )
}

/// A field with words in grey, such as a search field.
pub(super) fn field(page: &mut Page, area: Area, sign: &str, name: &str, hint: &str) {
    let round = if page.skin.radius > 7.0 { area.3 / 2.0 } else { page.skin.radius };
    let cell = page.sheet.tell(
        &super::super::desk::capital(&format!("hint in the {name}")),
        hint,
        &format!("What stands in the {name}?|Which hint does the {name} show?"),
    );
    page.sheet.target_field(&format!("the {name}"), cell);
    let shown = page.sheet.value(cell);
    let drawn = icon(sign, 15.0, "soft");
    page.styled(area, &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {round:.0}pt"), &format!("align(left + horizon, pad(x: 11pt, grid(columns: (auto, auto), column-gutter: 8pt, align: horizon, {drawn}, text(fill: soft, size: 0.94em, {shown}))))"));
}

/// One that is on a list: selected rows are tinted.
pub(super) fn entry(skin: &Skin, selected: bool, inner: &str) -> Expr {
    let fill = if selected { "fill: faint" } else { "fill: none" };
    format!("block(width: 100%, inset: (x: 10pt, y: 8pt), radius: {:.0}pt, {fill}, {inner})", skin.radius)
}
