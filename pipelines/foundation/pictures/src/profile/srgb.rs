//! sRGB (IEC 61966-2-1) as seen from the connection space of profiles, whose white is D50.

use std::sync::OnceLock;

/// XYZ of D50, as profiles have it.
pub(crate) const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// From XYZ (D50) to linear sRGB: the inverse of sRGB's primaries, adapted to D50 by Bradford's transform
/// (Lindbloom, "RGB/XYZ matrices").
pub(crate) const FROM_XYZ: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// Steps of the table of [`encode`].
const STEPS: usize = 65_535;

/// Light of a channel, 0 to 1, of a value, 0 to 1.
fn decode(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

/// The nearest 8-bit value of a light; what lies outside is brought to the edge.
pub(crate) fn encode(light: f32) -> u8 {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = Vec::with_capacity(STEPS + 1);
        for value in 0..=255u8 {
            // Up to the light that is half-way to the next value.
            let end = if value == 255 {
                STEPS + 1
            } else {
                (decode((f64::from(value) + 0.5) / 255.0) * STEPS as f64) as usize + 1
            };
            table.resize(end.max(table.len()), value);
        }
        table
    });
    // A light that is no number counts as none.
    table[(light.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize]
}

/// CIE 1976: the light Y of a lightness L*, 0 to 100.
pub(crate) fn light_of_lightness(lightness: f64) -> f64 {
    cube_or_line((lightness + 16.0) / 116.0)
}

/// The inverse of CIE's cube root with its straight beginning.
pub(crate) fn cube_or_line(value: f64) -> f64 {
    if value > 6.0 / 29.0 { value * value * value } else { (value - 4.0 / 29.0) * 108.0 / 841.0 }
}

/// sRGB of a colour in the connection space.
pub(crate) fn of_xyz(xyz: [f64; 3]) -> [u8; 3] {
    FROM_XYZ.map(|row| encode((row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]) as f32))
}

/// XYZ of CIE L*a*b* under D50.
pub(crate) fn xyz_of_lab(lab: [f64; 3]) -> [f64; 3] {
    let middle = (lab[0] + 16.0) / 116.0;
    let [x, y, z] = [middle + lab[1] / 500.0, middle, middle - lab[2] / 200.0].map(cube_or_line);
    [x * D50[0], y * D50[1], z * D50[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_again() {
        for value in 0..=255u8 {
            assert_eq!(encode(decode(f64::from(value) / 255.0) as f32), value);
        }
        assert_eq!([encode(-1.0), encode(2.0), encode(f32::NAN)], [0, 255, 0]);
    }

    #[test]
    fn white_is_white() {
        assert_eq!(of_xyz(D50), [255; 3]);
        assert_eq!(of_xyz(xyz_of_lab([100.0, 0.0, 0.0])), [255; 3]);
        assert_eq!(of_xyz(xyz_of_lab([0.0, 0.0, 0.0])), [0; 3]);
    }
}
