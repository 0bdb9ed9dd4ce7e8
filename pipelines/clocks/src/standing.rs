//! What a clock that is met alone stands on: a shelf comes to lie under its foot, turned as the camera is.

use pixmo_render::Point;
use pixmo_render_clocks::backdrop::{Backdrop, Ground};
use pixmo_render_clocks::watch::Watch;

use crate::camera::Camera;

/// How much of its width a clock has where it stands.
const FOOT_SHARE: f32 = 0.8;

/// The same backdrop; a shelf in it under the foot of the clock.
pub(crate) fn under(mut backdrop: Backdrop, watch: &Watch, camera: &Camera) -> Backdrop {
    if let Ground::Shelf(shelf) = &mut backdrop.ground {
        let (view, extent, foot) = (camera.view(), watch.extent(), watch.foot());
        let unit = camera.width.min(camera.height) as f32 / 100.0;
        let place = |x: f32| {
            let at = view.map(Point::new(x, foot));
            Point::new((at.x - camera.width as f32 / 2.0) / unit, (at.y - camera.height as f32 / 2.0) / unit)
        };
        let (left, right) = (place(extent.left), place(extent.right));
        let (across, down) = (right.x - left.x, right.y - left.y);
        let middle = Point::new((left.x + right.x) / 2.0, (left.y + right.y) / 2.0);
        let half = libm::hypotf(across, down) / 2.0 * FOOT_SHARE;
        shelf.put_under(middle, half, libm::atan2f(down, across).to_degrees());
    }
    backdrop
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_clocks::backdrop::Shelf;
    use pixmo_render_clocks::body::Kind;

    use super::*;
    use crate::camera::Sides;

    #[test]
    fn a_clock_stands_on_its_shelf_however_it_is_seen() {
        for number in 0..60 {
            let rng = |name: &str| Seed::from_number(number).rng(name);
            let watch = Watch::drawn(Kind::MantelClock, true, &mut rng("clock"));
            let sides = Sides { min: 320, max: 640 };
            let camera = Camera::wild(true, 84.0, sides, &mut rng("camera"));
            let ground = Ground::Shelf(Shelf::drawn(&mut rng("shelf")));
            let backdrop = under(Backdrop { ground, light: None, grain: 1 }, &watch, &camera);
            let Ground::Shelf(shelf) = backdrop.ground else { panic!("no shelf") };
            // The line on which things stand, back in pixels, passes through the foot.
            let unit = f64::from(camera.width.min(camera.height)) / 100.0;
            let turn = f64::from(shelf.turn).to_radians();
            let at = camera
                .view()
                .map(Point::new((watch.extent().left + watch.extent().right) / 2.0, watch.foot()));
            let (x, y) = (
                f64::from(at.x) - f64::from(camera.width) / 2.0,
                f64::from(at.y) - f64::from(camera.height) / 2.0,
            );
            let below = libm::cos(turn) * y - libm::sin(turn) * x;
            let off = below / unit - f64::from(shelf.foot());
            assert!(off.abs() < 1.0, "{number}: {off}, {camera:?}");
        }
    }
}
