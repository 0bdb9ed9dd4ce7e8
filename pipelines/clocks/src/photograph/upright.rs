//! Which way up a photograph is. Cameras store the pixels as their sensor lies, and say in the Exif data of the file how
//! they were held.

use std::io::Cursor;

use exif::{In, Reader, Tag};

/// How stored pixels have to be turned to stand upright: the eight values of the Exif tag `Orientation` (CIPA DC-008,
/// 4.6.5.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Orientation {
    /// The first row is at the side, so that width and height change places.
    lies: bool,
    /// What is seen from left to right is stored from its end.
    from_right: bool,
    /// What is seen from top to bottom is stored from its end.
    from_bottom: bool,
}

impl Orientation {
    /// What a PNG or JPEG file says; upright where it says nothing that can be understood.
    pub(super) fn of(file: &[u8]) -> Orientation {
        let said = Reader::new().read_from_container(&mut Cursor::new(file)).ok();
        let field = said.as_ref().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY));
        Orientation::numbered(field.and_then(|field| field.value.get_uint(0)).unwrap_or(1))
    }

    /// The orientation with a number of the tag.
    fn numbered(number: u32) -> Orientation {
        let (lies, from_right, from_bottom) = match number {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Orientation { lies, from_right, from_bottom }
    }

    /// Pixels of three bytes as they are seen, with their width and height.
    pub(super) fn turn(self, (width, height): (u32, u32), rgb: Vec<u8>) -> (u32, u32, Vec<u8>) {
        if self == Orientation::numbered(1) {
            return (width, height, rgb);
        }
        let (wide, high) = if self.lies { (height, width) } else { (width, height) };
        let stored = rgb.as_chunks::<3>().0;
        let mut seen = Vec::with_capacity(rgb.len());
        for y in 0..high {
            let row = if self.from_bottom { high - 1 - y } else { y };
            for x in 0..wide {
                let column = if self.from_right { wide - 1 - x } else { x };
                let (from_left, from_top) = if self.lies { (row, column) } else { (column, row) };
                seen.extend(stored[from_top as usize * width as usize + from_left as usize]);
            }
        }
        (wide, high, seen)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A JPEG file with an Exif segment that says an orientation behind its start.
    pub(crate) fn held(jpeg: &[u8], orientation: u16) -> Vec<u8> {
        // One directory at byte 8 with one entry: tag, type of 16 bits, one value.
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend(orientation.to_le_bytes());
        exif.extend([0; 6]);
        let length = (exif.len() + 2) as u16;
        [&jpeg[..2], &[0xff, 0xe1], &length.to_be_bytes(), &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn pixels_stand_as_the_tag_says() {
        // Two rows of three: the corners are 1, 3, 4 and 6.
        let stored: Vec<u8> = (1..=6).flat_map(|pixel| [pixel; 3]).collect();
        let seen = |number: u32| {
            let (wide, _, rgb) = Orientation::numbered(number).turn((3, 2), stored.clone());
            let pixels: Vec<u8> = rgb.chunks(3).map(|pixel| pixel[0]).collect();
            pixels.chunks(wide as usize).map(<[u8]>::to_vec).collect::<Vec<_>>()
        };
        assert_eq!(seen(1), [[1, 2, 3], [4, 5, 6]]);
        assert_eq!(seen(2), [[3, 2, 1], [6, 5, 4]]);
        assert_eq!(seen(3), [[6, 5, 4], [3, 2, 1]]);
        assert_eq!(seen(4), [[4, 5, 6], [1, 2, 3]]);
        assert_eq!(seen(5), [[1, 4], [2, 5], [3, 6]]);
        assert_eq!(seen(6), [[4, 1], [5, 2], [6, 3]]);
        assert_eq!(seen(7), [[6, 3], [5, 2], [4, 1]]);
        assert_eq!(seen(8), [[3, 6], [2, 5], [1, 4]]);
        assert_eq!((seen(0), seen(9)), (seen(1), seen(1)));
    }

    #[test]
    fn files_that_say_nothing_stand_as_they_are() {
        let jpeg = b"\xff\xd8\xff\xda\0\x02\xff\xd9";
        let upright = Orientation::numbered(1);
        assert_eq!(Orientation::of(&held(jpeg, 6)), Orientation::numbered(6));
        for file in
            [jpeg.to_vec(), held(jpeg, 77), held(jpeg, 6)[..30].to_vec(), b"\x89PNG\r\n\x1a\n".to_vec()]
        {
            assert_eq!(Orientation::of(&file), upright, "{file:?}");
        }
    }
}
