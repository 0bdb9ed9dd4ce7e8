//! What lies or stands behind a clock, drawn in pixels of the final picture: walls, boards, cloth, stone, a desk, a
//! shelf, an arm.
//!
//! A backdrop knows its parameters and a number for its grain; where each line and speckle lies is drawn anew from that
//! number. Textures are a few large shapes and strokes: a picture is painted in about a millisecond.

mod boards;
mod cloth;
mod desk;
mod nature;
mod plain;
mod plane;
mod shelf;
mod stone;
mod wall;

use pixmo_render::{Color, Point, Rng, Scene, Seed};
use serde::{Deserialize, Serialize};

use plane::Plane;

pub use boards::Boards;
pub use cloth::{Cloth, Weave};
pub use desk::Desk;
pub use nature::{Arm, Leaves, Sky};
pub use plain::{Bokeh, Paper, Print, Soft};
pub use shelf::Shelf;
pub use stone::{Stone, StoneKind};
pub use wall::{Bricks, Tiles, Wall, Wallpaper};

/// What is behind a clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backdrop {
    /// The thing itself.
    pub ground: Ground,
    /// The light that falls on it.
    pub light: Option<Light>,
    /// Where the grain begins: the same number, the same lines.
    pub grain: u32,
}

/// Light from one side: brighter there, darker on the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Where it comes from, degrees clockwise from the top.
    pub degrees: f32,
    /// How strong it is, 0 to 1.
    pub strength: f32,
}

/// The kinds of backdrops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// One colour.
    Solid(Color),
    /// A soft gradient.
    Soft(Soft),
    /// Wooden boards.
    Boards(Boards),
    /// Marble, granite, concrete.
    Stone(Stone),
    /// Woven cloth.
    Cloth(Cloth),
    /// A sheet of paper.
    Paper(Paper),
    /// A painted or papered wall.
    Wall(Wall),
    /// A tiled wall.
    Tiles(Tiles),
    /// A brick wall.
    Bricks(Bricks),
    /// A desk from above, with things about its edges.
    Desk(Desk),
    /// Lights out of focus.
    Bokeh(Bokeh),
    /// Leaves.
    Leaves(Leaves),
    /// A shelf before a wall.
    Shelf(Shelf),
    /// An arm, as of someone who wears a watch.
    Arm(Arm),
    /// The sky with clouds.
    Sky(Sky),
}

/// Where a watch with a strap lies in a picture, in hundredths of its shorter side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worn {
    /// The middle of the strap, from the middle of the picture.
    pub at: Point,
    /// Half the length of the strap that is seen.
    pub half: f32,
    /// Half the width of the case.
    pub case: f32,
    /// How far it is turned, degrees clockwise from upright.
    pub degrees: f32,
}

/// Where a clock is at home; what is behind it should fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Anywhere.
    Any,
    /// Lying on a table: watches, phones.
    Hand,
    /// Standing on something.
    Standing,
    /// On a wall.
    Wall,
    /// Outdoors, as a tower or station clock.
    Outdoors,
}

impl Ground {
    /// The name, as in files.
    pub fn slug(&self) -> &'static str {
        match self {
            Ground::Solid(_) => "solid",
            Ground::Soft(_) => "soft",
            Ground::Boards(_) => "boards",
            Ground::Stone(_) => "stone",
            Ground::Cloth(_) => "cloth",
            Ground::Paper(_) => "paper",
            Ground::Wall(_) => "wall",
            Ground::Tiles(_) => "tiles",
            Ground::Bricks(_) => "bricks",
            Ground::Desk(_) => "desk",
            Ground::Bokeh(_) => "bokeh",
            Ground::Leaves(_) => "leaves",
            Ground::Shelf(_) => "shelf",
            Ground::Arm(_) => "arm",
            Ground::Sky(_) => "sky",
        }
    }
}

impl Backdrop {
    /// A backdrop that fits anywhere; a wild one is busier.
    pub fn drawn(wild: bool, rng: &mut Rng) -> Backdrop {
        Backdrop::fitting(Setting::Any, wild, rng)
    }

    /// A backdrop that fits a setting; a wild one is busier.
    pub fn fitting(setting: Setting, wild: bool, rng: &mut Rng) -> Backdrop {
        // Weights of: solid, soft, boards, stone, cloth, paper, wall, tiles, bricks, desk, bokeh, leaves, shelf, sky.
        let weights: [f64; 14] = match (wild, setting) {
            (false, Setting::Hand) => [7., 9., 2., 2., 2., 2., 0., 0., 0., 0., 0., 0., 0., 0.],
            (false, Setting::Wall) => [6., 6., 0., 0., 0., 0., 5., 0., 0., 0., 0., 0., 0., 0.],
            (false, Setting::Outdoors) => [5., 5., 0., 1., 0., 0., 0., 0., 0., 0., 0., 0., 0., 4.],
            (false, _) => [8., 9., 1., 1., 1., 1., 2., 0., 0., 0., 0., 0., 0., 0.],
            (true, Setting::Any) => [0.5, 1., 4., 3., 4., 2., 4., 3., 3., 4., 3., 2., 3., 1.],
            (true, Setting::Hand) => [0.3, 1., 4., 3., 4., 2., 1., 0., 1., 5., 2., 2., 0., 0.],
            (true, Setting::Standing) => [0.3, 1., 3., 2., 1.5, 0.5, 2., 0.7, 0.7, 2.5, 3., 0.3, 1.5, 0.],
            (true, Setting::Wall) => [0.3, 1., 3., 1., 0., 0., 8., 4., 4., 0., 0., 0., 0., 0.],
            (true, Setting::Outdoors) => [0.2, 0.6, 0., 2., 0., 0., 0., 0., 4., 0., 1., 2., 0., 6.],
        };
        let grain = (rng.bits() >> 32) as u32;
        let ground = match rng.weighted(&weights) {
            0 => Ground::Solid(plain::solid(rng)),
            1 => Ground::Soft(Soft::drawn(rng)),
            2 => Ground::Boards(Boards::drawn(rng)),
            3 => Ground::Stone(Stone::drawn(rng)),
            4 => Ground::Cloth(Cloth::drawn(rng)),
            5 => Ground::Paper(Paper::drawn(rng)),
            6 => Ground::Wall(Wall::drawn(rng)),
            7 => Ground::Tiles(Tiles::drawn(rng)),
            8 => Ground::Bricks(Bricks::drawn(rng)),
            9 => Ground::Desk(Desk::drawn(rng)),
            10 => Ground::Bokeh(Bokeh::drawn(rng)),
            11 => Ground::Leaves(Leaves::drawn(rng)),
            12 => Ground::Shelf(Shelf::drawn(rng)),
            _ => Ground::Sky(Sky::drawn(rng)),
        };
        let lit = !matches!(ground, Ground::Solid(_) | Ground::Soft(_) | Ground::Bokeh(_) | Ground::Sky(_));
        let light = (lit && rng.chance(0.75))
            .then(|| Light { degrees: rng.range32(-70.0, 70.0), strength: rng.range32(0.3, 1.0) });
        Backdrop { ground, light, grain }
    }

    /// The arm of someone who wears a watch.
    pub fn worn(worn: &Worn, rng: &mut Rng) -> Backdrop {
        let grain = (rng.bits() >> 32) as u32;
        let ground = Ground::Arm(Arm::wearing(worn, rng));
        let light = rng
            .chance(0.75)
            .then(|| Light { degrees: rng.range32(-70.0, 70.0), strength: rng.range32(0.3, 1.0) });
        Backdrop { ground, light, grain }
    }

    /// Draws it over the whole of a scene, as one ornament; the ground of the scene takes its main colour where that
    /// alone is enough.
    pub fn draw(&self, scene: &mut Scene) {
        let mut rng = Seed::from_number(u64::from(self.grain)).rng(self.ground.slug());
        let rng = &mut rng;
        if let Ground::Solid(color) = &self.ground {
            scene.ground = *color;
            return;
        }
        let mut plane = Plane::new(scene);
        match &self.ground {
            Ground::Solid(_) => {}
            Ground::Soft(soft) => soft.draw(&mut plane),
            Ground::Boards(boards) => boards.draw(&mut plane, rng),
            Ground::Stone(stone) => stone.draw(&mut plane, rng),
            Ground::Cloth(cloth) => cloth.draw(&mut plane, rng),
            Ground::Paper(paper) => paper.draw(&mut plane, rng),
            Ground::Wall(wall) => wall.draw(&mut plane, rng),
            Ground::Tiles(tiles) => tiles.draw(&mut plane, rng),
            Ground::Bricks(bricks) => bricks.draw(&mut plane, rng),
            Ground::Desk(desk) => desk.draw(&mut plane, rng),
            Ground::Bokeh(bokeh) => bokeh.draw(&mut plane, rng),
            Ground::Leaves(leaves) => leaves.draw(&mut plane, rng),
            Ground::Shelf(shelf) => shelf.draw(&mut plane, rng),
            Ground::Arm(arm) => arm.draw(&mut plane, rng),
            Ground::Sky(sky) => sky.draw(&mut plane, rng),
        }
        if let Some(Light { degrees, strength }) = self.light {
            plane.turn(0.0);
            let along = crate::space::polar(f64::from(degrees), 60.0);
            let from = Point::new(along.x, along.y);
            let to = Point::new(-along.x, -along.y);
            let dark = Color::rgb(10, 10, 20);
            let stops = vec![(0.0, dark.faded(0.0)), (1.0, dark.faded(0.42 * strength))];
            plane.cover_linear(from, to, stops);
        }
    }
}

/// A colour made lighter (over 0) or darker, by a share.
pub(crate) fn toned(color: Color, by: f32) -> Color {
    let goal = if by > 0.0 { Color::WHITE } else { Color::BLACK };
    color.mix(goal, by.abs().min(1.0))
}

/// One of the colours, a little lighter or darker and of a slightly other hue.
fn near(colors: &[(u8, u8, u8)], rng: &mut Rng) -> Color {
    let (red, green, blue) = *rng.pick(colors);
    let [l, a, b] = Color::rgb(red, green, blue).oklab();
    let shifted = |value: f32, rng: &mut Rng| value + rng.range32(-0.012, 0.012);
    let (a, b) = (shifted(a, rng), shifted(b, rng));
    Color::from_oklab([(l + rng.range32(-0.05, 0.05)).clamp(0.0, 1.0), a, b])
}

#[cfg(test)]
mod tests;
