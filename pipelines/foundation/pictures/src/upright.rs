//! EXIF orientation: where the first row and the first column of the stored picture belong (CIPA DC-008, tag 274).

/// Pixels the right way up, with their new width and height.
///
/// Orientations 2 to 4 mirror or turn by half; 5 to 8 exchange rows and columns as well.
pub(crate) fn upright(pixels: Vec<u8>, width: u32, height: u32, orientation: u8) -> (Vec<u8>, u32, u32) {
    let (across, down) = (width as usize, height as usize);
    if !(2..=8).contains(&orientation) {
        return (pixels, width, height);
    }
    let mirrors_x = matches!(orientation, 2 | 3 | 7 | 8);
    let mirrors_y = matches!(orientation, 3 | 4 | 6 | 7);
    let exchanges = orientation >= 5;
    let mut turned = Vec::with_capacity(pixels.len());
    // Where a pixel of the upright picture lies in the stored one.
    let stored_x = |x: usize| if mirrors_x { across - 1 - x } else { x };
    let stored_y = |y: usize| if mirrors_y { down - 1 - y } else { y };
    if exchanges {
        for row in 0..across {
            let x = stored_x(row);
            for column in 0..down {
                let at = 3 * (stored_y(column) * across + x);
                turned.extend_from_slice(&pixels[at..at + 3]);
            }
        }
        return (turned, height, width);
    }
    for row in 0..down {
        let begin = 3 * stored_y(row) * across;
        let row = &pixels[begin..begin + 3 * across];
        if mirrors_x {
            row.rchunks_exact(3).for_each(|pixel| turned.extend_from_slice(pixel));
        } else {
            turned.extend_from_slice(row);
        }
    }
    (turned, width, height)
}
