//! Pixels, and what can be told of colours that nobody named.

/// The pixels of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// Pixels a row.
    pub width: usize,
    /// Row by row, four bytes a pixel: red, green, blue, and one that is not looked at.
    pub bytes: &'a [u8],
}

/// A colour: red, green and blue, 0 to 255.
pub type Rgb = [f64; 3];

/// A box in a picture: left, top, right and bottom, in pixels.
pub type Bounds = [f64; 4];

impl Pixels<'_> {
    /// The colour at a place, or at the nearest place that lies in the picture.
    pub fn at(&self, x: f64, y: f64) -> Rgb {
        let rows = self.bytes.len() / 4 / self.width.max(1);
        let inside = |place: f64, count: usize| (place.max(0.0) as usize).min(count.saturating_sub(1));
        let at = (inside(y, rows) * self.width + inside(x, self.width)) * 4;
        std::array::from_fn(|channel| self.bytes.get(at + channel).map_or(0.0, |byte| f64::from(*byte)))
    }

    /// The middles of the pixels whose middles lie in a box.
    pub fn places(bounds: Bounds) -> impl Iterator<Item = (f64, f64)> {
        let [left, top, right, bottom] = bounds.map(|edge| (edge - 0.5).ceil() as i64);
        let rows = top..bottom.max(top);
        rows.flat_map(move |row| {
            (left..right.max(left)).map(move |column| (column as f64 + 0.5, row as f64 + 0.5))
        })
    }

    /// The colour around a box: of each channel the median over a frame of pixels that lies a distance outside.
    pub fn around(&self, bounds: Bounds, away: f64) -> Rgb {
        let [left, top, right, bottom] = bounds;
        let (left, top, right, bottom) = (left - away, top - away, right + away, bottom + away);
        let along = |from: f64, to: f64| {
            let steps = ((to - from).max(0.0) as usize).max(1);
            (0..=steps).map(move |step| from + (to - from) * step as f64 / steps as f64)
        };
        let level = along(left, right).flat_map(|x| [(x, top), (x, bottom)]);
        let upright = along(top, bottom).flat_map(|y| [(left, y), (right, y)]);
        let frame: Vec<Rgb> = level.chain(upright).map(|(x, y)| self.at(x, y)).collect();
        std::array::from_fn(|channel| {
            let mut values: Vec<f64> = frame.iter().map(|color| color[channel]).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        })
    }
}

/// How far two colours are from each other, 0 to 441.
pub fn distance(a: Rgb, b: Rgb) -> f64 {
    libm::sqrt(a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum())
}

/// The ratio of the luminances of two colours as WCAG 2.1 defines it, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let linear = |value: f64| {
        let share = value / 255.0;
        if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    };
    let luminance = |[r, g, b]: Rgb| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (one, other) = (luminance(a) + 0.05, luminance(b) + 0.05);
    one.max(other) / one.min(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_places_are_where_they_say() {
        // Ten by ten, a black square in the middle of white.
        let mut bytes = vec![255; 400];
        for (x, y) in Pixels::places([3.0, 3.0, 7.0, 7.0]) {
            bytes[(y as usize * 10 + x as usize) * 4..][..3].fill(0);
        }
        let pixels = Pixels { width: 10, bytes: &bytes };
        assert_eq!(Pixels::places([3.0, 3.0, 7.0, 7.0]).count(), 16);
        assert_eq!(pixels.at(5.0, 5.0), [0.0; 3]);
        assert_eq!(pixels.at(-50.0, 500.0), [255.0; 3]);
        assert_eq!(pixels.around([3.0, 3.0, 7.0, 7.0], 1.0), [255.0; 3]);
        assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
        assert!((distance([0.0; 3], [255.0; 3]) - 441.67).abs() < 0.01);
    }
}
