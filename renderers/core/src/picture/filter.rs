//! Rows of pixels as differences from what stands left of them and above, which are mostly zero.

/// Bytes of a pixel.
const PIXEL: usize = 3;

/// What the bytes of a row are differences from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Filter {
    /// The pixel on the left.
    Left = 1,
    /// The pixel above.
    Above = 2,
    /// The mean of both.
    Mean = 3,
    /// Whichever is nearest to left plus above less the one between them: left, above, or the one between.
    Nearest = 4,
}

/// All filters. The first one that is best is taken.
const FILTERS: [Filter; 4] = [Filter::Above, Filter::Left, Filter::Nearest, Filter::Mean];

/// Filters all rows, each with the filter that leaves least; that is tried for every other row, since the next one is
/// mostly like it.
pub(super) fn rows(pixels: &[u8], stride: usize, filtered: &mut Vec<u8>) {
    let height = pixels.len() / stride;
    filtered.resize(height * (stride + 1), 0);
    let first = vec![0_u8; stride];
    let mut tries = FILTERS.map(|_| vec![0_u8; stride]);
    let mut above = &first[..];
    let mut known = None;
    for (row, out) in pixels.chunks_exact(stride).zip(filtered.chunks_exact_mut(stride + 1)) {
        let (name, out) = out.split_at_mut(1);
        if row == above {
            name[0] = Filter::Above as u8;
            out.fill(0);
            continue;
        }
        let filter = match known.take() {
            Some(filter) => {
                run(filter, row, above, out);
                filter
            }
            None => {
                let mut best = (u32::MAX, 0);
                for (number, tried) in tries.iter_mut().enumerate() {
                    run(FILTERS[number], row, above, tried);
                    best = best.min((size(tried), number));
                }
                out.copy_from_slice(&tries[best.1]);
                known = Some(FILTERS[best.1]);
                FILTERS[best.1]
            }
        };
        name[0] = filter as u8;
        above = row;
    }
}

/// Filters a row.
fn run(filter: Filter, row: &[u8], above: &[u8], out: &mut [u8]) {
    // Left of the first pixel all is zero.
    let ahead = [0; PIXEL];
    let (first, rest) = out.split_at_mut(PIXEL);
    let with = |out: &mut [u8], here: &[u8], near: [&[u8]; 3]| match filter {
        Filter::Left => each(out, here, near, |left, _, _| left),
        Filter::Above => each(out, here, near, |_, above, _| above),
        Filter::Mean => each(out, here, near, |left, above, _| (left & above) + ((left ^ above) >> 1)),
        Filter::Nearest => each(out, here, near, nearest),
    };
    with(first, &row[..PIXEL], [&ahead, &above[..PIXEL], &ahead]);
    with(rest, &row[PIXEL..], [row, &above[PIXEL..], above]);
}

/// The differences from what is guessed from the neighbours on the left, above, and between them.
#[inline(always)]
fn each(out: &mut [u8], here: &[u8], near: [&[u8]; 3], guess: impl Fn(u8, u8, u8) -> u8) {
    let [left, above, between] = near;
    for ((((out, here), left), above), between) in out.iter_mut().zip(here).zip(left).zip(above).zip(between)
    {
        *out = here.wrapping_sub(guess(*left, *above, *between));
    }
}

/// The neighbour that is nearest to left plus above less the one between them (Paeth), within eight bits.
#[inline(always)]
fn nearest(left: u8, above: u8, between: u8) -> u8 {
    // How far each is from that sum: left as far as above is from the one between, and the other way round.
    let (far_left, far_above) = (above.abs_diff(between), left.abs_diff(between));
    // The one between is as far as both together, or as their difference if it lies between the others.
    let same = (above > between) == (left > between);
    let far_between = if same { far_left.saturating_add(far_above) } else { far_left.abs_diff(far_above) };
    let second = if far_above <= far_between { above } else { between };
    if (far_left <= far_above) & (far_left <= far_between) { left } else { second }
}

/// The sum of how far bytes are from zero, taken around 256.
fn size(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from((*byte).min(byte.wrapping_neg()))).sum()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    /// As the standard puts it.
    fn paeth(left: u8, above: u8, between: u8) -> u8 {
        let guess = i32::from(left) + i32::from(above) - i32::from(between);
        let far = |value: u8| (guess - i32::from(value)).abs();
        if far(left) <= far(above) && far(left) <= far(between) {
            left
        } else if far(above) <= far(between) {
            above
        } else {
            between
        }
    }

    #[test]
    fn the_nearest_neighbour_is_that_of_the_standard() {
        for left in 0..=255 {
            for above in 0..=255 {
                for between in (0..=255).step_by(3).chain([254, 255]) {
                    assert_eq!(
                        nearest(left, above, between),
                        paeth(left, above, between),
                        "{left} {above} {between}"
                    );
                }
            }
        }
    }
}
