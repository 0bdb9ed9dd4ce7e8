use super::*;
use crate::geometry::Rect;
use crate::scene::Paint;
use crate::seed::Seed;
use tiny_skia::PathBuilder;

/// Sixteen times sixteen areas of each pixel, each sampled.
fn finely(path: &Path, size: f32, (x, y): (f32, f32), (width, height): (i32, i32)) -> Vec<u8> {
    const FINE: usize = 16;
    let [wide, high] = [width as usize * FINE, height as usize * FINE];
    let fine = FINE as f32;
    let place = Transform::from_scale(size, size).post_translate(x, y).post_scale(fine, fine);
    let mut mask = Mask::new(wide as u32, high as u32).expect("it has an area");
    mask.fill_path(path, FillRule::Winding, true, place);
    let (data, pixels) = (mask.data(), (width * height) as usize);
    let sum = |pixel: usize| -> usize {
        let (row, column) = (pixel / width as usize, pixel % width as usize);
        let line = |y: usize| (row * FINE + y) * wide + column * FINE;
        (0..FINE).map(|y| data[line(y)..line(y) + FINE].iter().map(|v| usize::from(*v)).sum::<usize>()).sum()
    };
    (0..pixels).map(|pixel| ((sum(pixel) + FINE * FINE / 2) / (FINE * FINE)) as u8).collect()
}

#[test]
fn masks_cover_what_the_outlines_cover() {
    let fonts = Fonts::bundled();
    let (mut exact, mut over, mut far) = (0, 0, 0);
    for face in (0..fonts.faces().len()).map(|index| FaceId(index as u16)) {
        let Ok(shaped) = fonts.shape(face, "agR&8Wi%Q,") else { continue };
        for glyph in &shaped.glyphs {
            for (size, quarter) in [(11.0_f32, 0), (16.0, 3), (33.5, 2)] {
                let Some(made) = rasterize((face, glyph.id, size.to_bits(), quarter)) else { continue };
                let path = outline(face, glyph.id).expect("it has a mask");
                let shift = (f32::from(quarter) / QUARTERS - made.left as f32, -made.top as f32);
                let area = (made.width, made.height);
                let truth = finely(&path, size, shift, area);
                let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
                let worst = made.coverage.iter().zip(&truth).map(off).max().unwrap_or(0);
                // What lies over itself is sampled, four by four in a pixel.
                if made.coverage == sampled(&path, size, shift, area).expect("it has an area") {
                    over += 1;
                } else {
                    let name = fonts.get(face).family;
                    // Contours that lie over each other by less than a pixel are not told.
                    assert!(worst <= 100, "glyph {} of {name} at {size}: {worst} of 255 off", glyph.id);
                    far += usize::from(worst > 40);
                    exact += 1;
                }
            }
        }
    }
    assert!(exact > 1500 && over > 100, "{exact} by area, {over} by samples");
    assert!(far * 50 < exact, "{far} of {exact} glyphs have a pixel that is far off");
}

/// How many sixteenths of a pixel an outline is sampled at, each way.
const FINE: u32 = 16;

/// Coverage of a whole picture as the rasteriser of tiny-skia finds it on a much finer grid.
fn sampled_finely(path: &Path, rule: FillRule, side: u32) -> Vec<u8> {
    // A wide margin keeps curves away from the edges that it cannot bear.
    let margin = 64.0;
    let wide = side + 2 * margin as u32;
    let mut mask = Mask::new(wide * FINE, wide * FINE).expect("it has an area");
    let fine = FINE as f32;
    mask.fill_path(path, rule, false, Transform::from_translate(margin, margin).post_scale(fine, fine));
    let line = (wide * FINE) as usize;
    let mut shares = Vec::new();
    for row in 0..side as usize {
        for column in 0..side as usize {
            let from = |at: usize| (at + margin as usize) * FINE as usize;
            let samples = (0..FINE as usize).map(|y| {
                let start = (from(row) + y) * line + from(column);
                mask.data()[start..start + FINE as usize].iter().map(|v| u32::from(*v)).sum::<u32>()
            });
            shares.push((samples.sum::<u32>() / (FINE * FINE)) as u8);
        }
    }
    shares
}

fn covered(path: &Path, rule: Rule, side: u32) -> Vec<u8> {
    let mut shares = vec![0; (side * side) as usize];
    let mut last = (0, 0);
    cover(path, rule, (side, side), &mut |row, column, count, alpha| {
        assert!((row, column) >= last, "spans come in order and none twice");
        last = (row, column + count);
        let part = &mut shares[row * side as usize + column..][..count];
        match alpha {
            Alpha::Same(share) => part.fill(share),
            Alpha::Each(each) => part.copy_from_slice(each),
        }
    });
    shares
}

/// An outline of lines and curves, some of it outside of a picture of 40 pixels.
fn some_outline(number: u64) -> Path {
    let mut rng = Seed::from_number(number).rng("outline");
    let (mut path, reach) = (PathBuilder::new(), if number.is_multiple_of(3) { 1.0 } else { 0.7 });
    let mut place = || {
        let mut one = || (20.0 + reach * (rng.unit() - 0.5) * 90.0) as f32;
        (one(), one())
    };
    for _ in 0..1 + number % 2 {
        let (x, y) = place();
        path.move_to(x, y);
        for part in 0..2 + number % 4 {
            let [a, b, c] = [place(), place(), place()];
            match (number + part) % 3 {
                0 => path.line_to(a.0, a.1),
                1 => path.quad_to(a.0, a.1, b.0, b.1),
                _ => path.cubic_to(a.0, a.1, b.0, b.1, c.0, c.1),
            }
        }
        path.close();
    }
    path.finish().expect("it has a place")
}

#[test]
fn outlines_cover_what_samples_of_them_cover() {
    let (mut off, mut pixels) = (0.0, 0);
    for number in 0..150 {
        let path = some_outline(number);
        for (ours, theirs) in [(Rule::NonZero, FillRule::Winding), (Rule::EvenOdd, FillRule::EvenOdd)] {
            let (made, truth) = (covered(&path, ours, 40), sampled_finely(&path, theirs, 40));
            for (made, truth) in made.iter().zip(&truth) {
                // Where an outline crosses itself inside a pixel, areas are added that lie over each other.
                let far = f64::from(made.abs_diff(*truth));
                pixels += usize::from(far > 24.0);
                off += far / 255.0;
            }
        }
    }
    let all = 150.0 * 2.0 * 40.0 * 40.0;
    assert!(off / all < 0.002, "{} of the area is off", off / all);
    assert!((pixels as f64) < 0.004 * all, "{pixels} pixels are off by a tenth");
}

#[test]
fn whatever_lies_far_outside_is_borne() {
    // One that tiny-skia cannot fill among them: its curve swings over the right edge.
    let far = [1e3, 1e5, 1e7, 1e12, 3e37];
    for number in 0..400 {
        let mut rng = Seed::from_number(number).rng("far");
        let mut path = PathBuilder::new();
        let mut place = || {
            let mut one = || {
                let reach = if rng.chance(0.5) { 40.0 } else { *rng.pick(&far) };
                ((rng.unit() - 0.5) * 2.0 * reach) as f32
            };
            (one(), one())
        };
        let start = place();
        path.move_to(start.0, start.1);
        for part in 0..4 {
            let [a, b, c] = [place(), place(), place()];
            match part % 3 {
                0 => path.cubic_to(a.0, a.1, b.0, b.1, c.0, c.1),
                1 => path.line_to(a.0, a.1),
                _ => path.quad_to(a.0, a.1, b.0, b.1),
            }
        }
        path.close();
        if let Some(path) = path.finish() {
            covered(&path, Rule::NonZero, 40);
            // Nothing is left of it for the next.
            let all =
                PathBuilder::from_rect(tiny_skia::Rect::from_ltrb(-9.0, -9.0, 50.0, 50.0).expect("an area"));
            assert!(covered(&all, Rule::EvenOdd, 40).iter().all(|share| *share == 255), "after {number}");
        }
    }
}

#[test]
fn rectangles_on_whole_pixels_have_sharp_edges() {
    let colors = [Color::rgb(200, 30, 40), Color { alpha: 120, ..Color::rgb(10, 90, 200) }];
    let ground = Color::rgb(250, 248, 240);
    for (left, top, right, bottom) in [(3, 4, 30, 21), (-5, -3, 12, 9), (10, 0, 11, 40), (30, 20, 60, 80)] {
        for color in colors {
            let [l, t, r, b] = [left, top, right, bottom].map(|v| v as f32);
            let mut scene = Scene::new(48, 40, ground);
            let element = scene.ornament();
            scene.rect(element, Rect::new(l, t, r, b), color);
            let pixels = paint(&scene);
            let share = f64::from(color.alpha) / 255.0;
            for (at, pixel) in pixels.pixels().iter().enumerate() {
                let (x, y) = (at as i32 % 48, at as i32 / 48);
                let inside = (left..right).contains(&x) && (top..bottom).contains(&y);
                let mix = |below: u8, above: u8| {
                    let above = if inside { share } else { 0.0 } * (f64::from(above) - f64::from(below));
                    f64::from(below) + above
                };
                for (found, expected) in [
                    (pixel.red(), mix(ground.red, color.red)),
                    (pixel.green(), mix(ground.green, color.green)),
                    (pixel.blue(), mix(ground.blue, color.blue)),
                ] {
                    let allowed = if inside && color.alpha < 255 { 1.0 } else { 0.0 };
                    assert!((f64::from(found) - expected).abs() <= allowed, "{x} {y} {color:?}");
                }
                assert_eq!(pixel.alpha(), 255);
            }
        }
    }
}

#[test]
fn gradients_have_the_colours_of_their_stops() {
    let stops = vec![
        (0.0, Color::rgb(250, 10, 30)),
        (0.3, Color { alpha: 90, ..Color::rgb(20, 200, 40) }),
        (0.7, Color::rgb(10, 30, 220)),
        (1.0, Color { alpha: 200, ..Color::WHITE }),
    ];
    let sk = |color: Color| tiny_skia::Color::from_rgba8(color.red, color.green, color.blue, color.alpha);
    let sk_stops = || stops.iter().map(|(at, color)| tiny_skia::GradientStop::new(*at, sk(*color))).collect();
    let mode = tiny_skia::SpreadMode::Pad;
    let place = Transform::from_rotate(20.0).pre_scale(60.0, 35.0).post_translate(40.0, 50.0);
    let middle = tiny_skia::Point::zero();
    let (from, to) = (Point::new(10.0, 5.0), Point::new(80.0, 60.0));
    let both = [
        (
            Paint::Linear { from, to, stops: stops.clone() },
            tiny_skia::LinearGradient::new(
                tiny_skia::Point::from_xy(from.x, from.y),
                tiny_skia::Point::from_xy(to.x, to.y),
                sk_stops(),
                mode,
                Transform::identity(),
            ),
        ),
        (
            Paint::Radial { place, stops: stops.clone() },
            tiny_skia::RadialGradient::new(middle, 0.0, middle, 1.0, sk_stops(), mode, place),
        ),
    ];
    let area = PathBuilder::from_rect(tiny_skia::Rect::from_ltrb(0.0, 0.0, 96.0, 96.0).expect("an area"));
    for (ours, theirs) in both {
        let mut made = fresh(96, 96);
        made.fill(tiny_skia::Color::WHITE);
        let mut truth = made.clone();
        fill(&mut made, (&area, Rule::NonZero), &Shade::of(&ours), None, &Hidden::default());
        let shader = theirs.expect("a gradient with an extent");
        let paint = tiny_skia::Paint { shader, ..tiny_skia::Paint::default() };
        truth.fill_path(&area, &paint, FillRule::Winding, Transform::identity(), None);
        let worst = made.data().iter().zip(truth.data()).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst.is_some_and(|worst| worst <= 4), "{worst:?} of 255 off: {ours:?}");
    }
}

#[test]
fn a_clip_keeps_what_is_inside_it() {
    let mut scene = Scene::new(40, 40, Color::WHITE);
    let element = scene.ornament();
    let ring = |at: f32, radius: f32| PathBuilder::from_circle(at, at, radius).expect("a circle");
    scene.items.push(Item::PushClip(ring(20.0, 15.0)));
    scene.items.push(Item::PushClip(ring(28.0, 15.0)));
    scene.rect(element, Rect::new(-5.0, -5.0, 60.0, 60.0), Color::BLACK);
    scene.items.push(Item::PopClip);
    scene.items.push(Item::PopClip);
    scene.rect(element, Rect::new(0.0, 0.0, 3.0, 3.0), Color::rgb(255, 0, 0));
    let pixels = paint(&scene);
    let red = |x: u32, y: u32| {
        let pixel = pixels.pixel(x, y).expect("inside");
        (pixel.red(), pixel.green())
    };
    assert_eq!((red(24, 24), red(8, 20), red(38, 30), red(1, 1)), ((0, 0), (255, 255), (255, 255), (255, 0)));
}

#[test]
fn what_is_painted_over_later_need_not_be_painted() {
    let mut rng = Seed::from_number(8).rng("hidden");
    let (mut spared, mut differing) = (0, 0);
    for _ in 0..40 {
        let mut scene = Scene::new(300, 260, Color::WHITE);
        let element = scene.ornament();
        for _ in 0..30 {
            let at = Point::new(rng.range32(-20.0, 320.0), rng.range32(-20.0, 280.0));
            let radius = rng.range32(3.0, 170.0);
            let path = PathBuilder::from_circle(at.x, at.y, radius).expect("a circle");
            let [red, green, blue] = [0, 1, 2].map(|_| rng.whole(0, 255) as u8);
            let color =
                Color { alpha: if rng.chance(0.3) { 120 } else { 255 }, ..Color::rgb(red, green, blue) };
            match rng.whole(0, 2) {
                0 => scene.fill(element, path, color),
                1 => scene.stroke(element, path, Stroke::new(color, 5.0)),
                _ => {
                    let place = Transform::from_scale(radius, radius).post_translate(at.x, at.y);
                    let stops = vec![(0.0, color), (1.0, Color::rgb(green, blue, red))];
                    scene.fill(element, path, Paint::Radial { place, stops });
                }
            }
        }
        let pixels = paint(&scene);
        spared += usize::from(Hidden::of(&scene, (300, 260)).row(130) != (0, 0));
        // Of one item alone nothing is hidden.
        let mut alone = Scene::new(300, 260, Color::WHITE);
        let mut truth = paint(&alone);
        for item in scene.items.drain(..) {
            alone.items.push(item);
            paint_over(&mut truth, &alone);
            alone.items.clear();
        }
        let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
        let worst = pixels.data().iter().zip(truth.data()).map(off).max();
        // Where a gradient begins elsewhere, its steps are rounded a little otherwise.
        assert!(worst.is_some_and(|worst| worst <= 3), "{worst:?}");
        differing += pixels.data().iter().zip(truth.data()).filter(|(a, b)| a != b).count();
    }
    assert!(spared > 20 && differing < 40 * 300 * 260 * 4 / 200, "{spared} {differing}");
}
