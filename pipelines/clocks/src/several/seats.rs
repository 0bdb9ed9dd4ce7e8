//! Where clocks stand in a picture: in a row, one above the other, in a square. Each gets a cell, and a camera that puts it
//! there; then it is checked that all dials are whole and large enough and that nothing lies over anything.

use pixmo_render::{Point, Rect, Rng};

use super::{Site, corners};
use crate::camera::{Camera, Sides, clipped, visible};

/// Largest tilt out of the picture, in degrees.
const TILT_MAX: f64 = 36.0;
/// How far the camera is away, in longer sides of the picture.
const DISTANCE: (f64, f64) = (2.2, 5.0);
/// What remains free between two clocks, in pixels.
const FREE: f32 = 3.0;
/// The largest share of a dial that may lie outside the picture.
const OUTSIDE_MAX: f64 = 0.005;
/// Height of a watch on a long strap for which there must be room, in units: the case and its lugs.
const CASE: f64 = 270.0;

/// Diameter of a dial in the space of clocks.
const UNIT: f64 = 2.0 * pixmo_render_clocks::space::REACH as f64;

/// What has to be known of a clock to give it a place.
pub(super) struct Guest {
    /// The edge of its dial.
    pub(super) dial: Vec<Point>,
    /// Around all that is drawn of it.
    pub(super) extent: Rect,
    /// How far down it reaches without its shadow.
    pub(super) foot: f32,
    /// Whether it has a strap that may leave the picture above and below.
    pub(super) strapped: bool,
    /// Least diameter of its dial in pixels.
    pub(super) dial_min: f64,
    /// Whether it tells where its top is.
    pub(super) tells_top: bool,
    /// Whether it hangs in line with the others and is as large.
    pub(super) is_equal: bool,
}

/// How the cells lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Side by side.
    Row,
    /// One above the other.
    Column,
    /// Two above two.
    Square,
    /// One above two.
    OneOverTwo,
    /// Two above one.
    TwoOverOne,
}

/// Places for all.
pub(super) struct Seating {
    /// Size of the picture in pixels.
    pub(super) size: (u32, u32),
    /// How the cells lie.
    pub(super) form: Form,
    /// Which cell each clock has, in reading order of the cells.
    pub(super) cells: Vec<usize>,
    /// From where each clock is seen.
    pub(super) cameras: Vec<Camera>,
}

impl Form {
    fn drawn(count: usize, guests: &[Guest], site: Site, rng: &mut Rng) -> Form {
        let only_rows = site == Site::Shelf || guests.iter().any(|guest| guest.strapped);
        match count {
            _ if only_rows => Form::Row,
            2 => *rng.pick(&[Form::Row, Form::Row, Form::Column]),
            3 => *rng.pick(&[Form::Row, Form::OneOverTwo, Form::TwoOverOne]),
            _ => *rng.pick(&[Form::Square, Form::Square, Form::Row]),
        }
    }

    /// The cells of a box, in reading order; `widths` says how much of a row or column each gets.
    fn cells(self, area: &Rect, shares: &[f32]) -> Vec<Rect> {
        let (wide, high) = (area.width(), area.height());
        let part = |left: f32, top: f32, across: f32, down: f32| {
            Rect::sized(area.left + left * wide, area.top + top * high, across * wide, down * high)
        };
        let total: f32 = shares.iter().sum();
        let mut from = 0.0;
        let mut next = |share: f32| {
            let start = from;
            from += share / total;
            (start, share / total)
        };
        match self {
            Form::Row => shares.iter().map(|s| next(*s)).map(|(at, s)| part(at, 0.0, s, 1.0)).collect(),
            Form::Column => shares.iter().map(|s| next(*s)).map(|(at, s)| part(0.0, at, 1.0, s)).collect(),
            Form::Square => {
                [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)].map(|(x, y)| part(x, y, 0.5, 0.5)).to_vec()
            }
            Form::OneOverTwo => {
                vec![part(0.25, 0.0, 0.5, 0.5), part(0.0, 0.5, 0.5, 0.5), part(0.5, 0.5, 0.5, 0.5)]
            }
            Form::TwoOverOne => {
                vec![part(0.0, 0.0, 0.5, 0.5), part(0.5, 0.0, 0.5, 0.5), part(0.25, 0.5, 0.5, 0.5)]
            }
        }
    }
}

/// How the camera of a picture looks at all of its clocks.
struct Look {
    roll: f64,
    tilt: f64,
    axis: f64,
    /// In pixels.
    distance: f64,
}

impl Look {
    fn drawn(site: Site, (wide, high): (u32, u32), rng: &mut Rng) -> Look {
        let (roll, tilt) = match site {
            Site::Wall => (rng.range(-5.0, 5.0), TILT_MAX * rng.unit() * rng.unit()),
            Site::Table => (0.0, TILT_MAX * rng.unit() * rng.unit().max(0.2)),
            // Feet stay on the board.
            Site::Shelf => (0.0, 0.0),
        };
        let distance = f64::from(wide.max(high)) * rng.range(DISTANCE.0, DISTANCE.1);
        Look { roll, tilt, axis: rng.range(0.0, 180.0), distance }
    }

    fn turn(&self, guest: &Guest, site: Site, rng: &mut Rng) -> f64 {
        let own = match site {
            Site::Wall if guest.is_equal => 0.0,
            Site::Wall => rng.range(-2.0, 2.0),
            Site::Shelf => 0.0,
            Site::Table if !guest.tells_top => rng.range(-12.0, 12.0),
            Site::Table if guest.strapped => {
                let upright = if rng.chance(0.06) { 180.0 } else { 0.0 };
                upright + rng.range(-1.0, 1.0) * *rng.pick(&[6.0, 12.0, 22.0])
            }
            Site::Table => rng.range(-1.0, 1.0) * *rng.pick(&[8.0, 25.0, 25.0, 80.0]),
        };
        self.roll + own
    }
}

impl Seating {
    /// Places for all guests at a site; `foot` is where things stand on a shelf, in hundredths of the shorter side below the
    /// middle. `None` where these places do not do.
    pub(super) fn drawn(
        guests: &[Guest],
        (site, foot): (Site, Option<f32>),
        sides: Sides,
        rng: &mut Rng,
    ) -> Option<Seating> {
        let form = Form::drawn(guests.len(), guests, site, rng);
        let size = size(form, guests.len(), sides, rng);
        let (wide, high) = (size.0 as f32, size.1 as f32);
        let board = foot.map(|foot| high / 2.0 + foot / 100.0 * wide.min(high));
        let pad = wide.min(high) * 0.02;
        let area = Rect::new(pad, pad, wide - pad, board.unwrap_or(high - pad));
        let mut order: Vec<usize> = (0..guests.len()).collect();
        rng.shuffle(&mut order);
        // What is broad gets a broad cell, so that dials are about equal.
        let shares: Vec<f32> = order
            .iter()
            .map(|guest| {
                let extent = &guests[*guest].extent;
                let long = if form == Form::Column { extent.height() } else { extent.width() };
                if guests[*guest].is_equal { 1.0 } else { long * rng.range32(0.8, 1.2) }
            })
            .collect();
        let places = form.cells(&area, &shares);
        let look = Look::drawn(site, size, rng);
        let fit = |guest: &Guest, cell: &Rect| {
            let tall = if guest.strapped { CASE } else { f64::from(guest.extent.height()) };
            (f64::from(cell.width()) / f64::from(guest.extent.width())).min(f64::from(cell.height()) / tall)
        };
        let fits: Vec<f64> =
            order.iter().zip(&places).map(|(guest, cell)| fit(&guests[*guest], cell)).collect();
        // As large as it has to be, if that fits, and else by chance.
        let sized =
            |fit: f64, share: f64, dial_min: f64| (fit * share).max((dial_min / UNIT).min(fit * 0.99));
        let least = guests.iter().map(|guest| guest.dial_min).fold(0.0, f64::max);
        let smallest = fits.iter().copied().fold(f64::INFINITY, f64::min);
        let common = sized(smallest, rng.range(0.8, 0.96), least);

        let mut seating =
            Seating { size, form, cells: vec![0; guests.len()], cameras: vec![look.at(size); guests.len()] };
        for (cell, guest) in order.iter().copied().enumerate() {
            let (host, place) = (&guests[guest], &places[cell]);
            let scale =
                if host.is_equal { common } else { sized(fits[cell], rng.range(0.74, 0.97), host.dial_min) };
            let turn = look.turn(host, site, rng);
            // In a long row what stands in the middle must not lie at the bottom.
            let free = if form == Form::Row && guests.len() > 2 { (0.25, 0.75) } else { (0.1, 0.9) };
            let (x, y) = spot(host, (place, free), scale, board, rng);
            let distance = look.distance / scale;
            seating.cells[guest] = cell;
            seating.cameras[guest] = Camera { scale, middle: (x, y), turn, distance, ..look.at(size) };
        }
        seating.holds(guests).then_some(seating)
    }

    /// Whether all dials are large enough and whole, and nothing lies over anything.
    fn holds(&self, guests: &[Guest]) -> bool {
        let (wide, high) = self.size;
        let picture = Rect::new(0.0, 0.0, wide as f32, high as f32);
        let mut bodies: Vec<Vec<Point>> = Vec::new();
        for (guest, camera) in guests.iter().zip(&self.cameras) {
            let view = camera.view();
            let dial: Vec<Point> = guest.dial.iter().map(|at| view.map(*at)).collect();
            if camera.dial() < guest.dial_min || visible(&dial, wide, high).1 > OUTSIDE_MAX {
                return false;
            }
            let body = clipped(&corners(&guest.extent).map(|at| view.map(at)), &picture);
            if bodies.iter().any(|other| !are_apart(other, &body)) {
                return false;
            }
            bodies.push(body);
        }
        true
    }
}

impl Look {
    /// A camera that is not moved to any clock yet.
    fn at(&self, (width, height): (u32, u32)) -> Camera {
        let (tilt, axis, distance) = (self.tilt, self.axis, self.distance);
        Camera { width, height, scale: 1.0, middle: (0.0, 0.0), turn: self.roll, tilt, axis, distance }
    }
}

/// The size of a picture; a long row gets a wide one where there is a choice.
fn size(form: Form, count: usize, sides: Sides, rng: &mut Rng) -> (u32, u32) {
    let long = if form == Form::Row { count.saturating_sub(1) } else { 1 };
    let sizes: Vec<(u32, u32)> = (0..long.max(1)).map(|_| sides.size(rng)).collect();
    let ratio = |size: &(u32, u32)| f64::from(size.0) / f64::from(size.1);
    sizes.into_iter().max_by(|a, b| ratio(a).total_cmp(&ratio(b))).unwrap_or((sides.max, sides.max))
}

/// Where the middle of a dial lies in its cell, in pixels; `free` is from where to where in the room that is left.
fn spot(
    guest: &Guest,
    (cell, free): (&Rect, (f64, f64)),
    scale: f64,
    board: Option<f32>,
    rng: &mut Rng,
) -> (f64, f64) {
    let mut share = || if guest.is_equal { 0.5 } else { rng.range(free.0, free.1) };
    let within = |(from, to): (f32, f32), (low, high): (f32, f32), share: f64| {
        let free = f64::from(to - from) - f64::from(high - low) * scale;
        f64::from(from) - f64::from(low) * scale + free * share
    };
    let extent = &guest.extent;
    let x = within((cell.left, cell.right), (extent.left, extent.right), share());
    let y = match board {
        Some(board) => f64::from(board) - f64::from(guest.foot) * scale,
        None if guest.strapped => {
            let half = (CASE / 2.0) as f32;
            within((cell.top, cell.bottom), (-half, half), share())
        }
        None => within((cell.top, cell.bottom), (extent.top, extent.bottom), share()),
    };
    (x, y)
}

/// Whether two convex polygons are apart: some side of one has the whole of the other beyond it.
fn are_apart(one: &[Point], other: &[Point]) -> bool {
    if one.len() < 3 || other.len() < 3 {
        return true;
    }
    let beyond = |from: &[Point], to: &[Point]| {
        let middle = from.iter().fold(Point::default(), |sum, p| Point::new(sum.x + p.x, sum.y + p.y));
        let middle = Point::new(middle.x / from.len() as f32, middle.y / from.len() as f32);
        from.iter().zip(from.iter().cycle().skip(1)).any(|(a, b)| {
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let long = libm::hypotf(dx, dy);
            if long < 1e-3 {
                return false;
            }
            let beside = |p: &Point| ((p.x - a.x) * dy - (p.y - a.y) * dx) / long;
            let side = if beside(&middle) > 0.0 { -1.0 } else { 1.0 };
            to.iter().all(|p| beside(p) * side >= FREE)
        })
    };
    beyond(one, other) || beyond(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(left: f32, top: f32) -> Vec<Point> {
        corners(&Rect::sized(left, top, 10.0, 10.0)).to_vec()
    }

    #[test]
    fn polygons_are_apart_or_not() {
        assert!(are_apart(&square(0.0, 0.0), &square(14.0, 0.0)));
        assert!(!are_apart(&square(0.0, 0.0), &square(12.0, 0.0)), "they nearly touch");
        assert!(!are_apart(&square(0.0, 0.0), &square(2.0, 2.0)));
        let diamond: Vec<Point> =
            [(15.0, 5.0), (25.0, 15.0), (15.0, 25.0), (5.0, 15.0)].map(|(x, y)| Point::new(x, y)).to_vec();
        assert!(!are_apart(&square(0.0, 0.0), &diamond), "a side is beside a corner");
        assert!(are_apart(&square(-4.0, -4.0), &diamond));
    }

    #[test]
    fn cells_fill_the_area_in_reading_order() {
        let area = Rect::new(10.0, 20.0, 110.0, 220.0);
        for (form, count) in [
            (Form::Row, 3),
            (Form::Column, 2),
            (Form::Square, 4),
            (Form::OneOverTwo, 3),
            (Form::TwoOverOne, 3),
        ] {
            let cells = form.cells(&area, &vec![2.0; count]);
            assert_eq!(cells.len(), count);
            for (at, cell) in cells.iter().enumerate() {
                assert!(area.grown(1e-3).holds(cell), "{form:?} {cell:?}");
                let (here, later) = (cell.center(), &cells[at + 1..]);
                let reads_on = |next: &Rect| next.center().y > here.y + 1.0 || next.center().x > here.x + 1.0;
                assert!(later.iter().all(|next| reads_on(next) && !next.overlaps(&cell.grown(-1e-3))));
            }
        }
    }
}
