//! Pictures to serve, by encoders that share nothing with our decoders.

/// A picture of soft hills of colour that no other number has.
pub(crate) fn pixels(number: u64, width: u32, height: u32) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let spots: Vec<[i64; 6]> = (0..12)
        .map(|_| {
            let at = [(draw() % u64::from(width)) as i64, (draw() % u64::from(height)) as i64];
            let light = [(draw() % 256) as i64, (draw() % 256) as i64, (draw() % 256) as i64];
            [at[0], at[1], light[0], light[1], light[2], 200 + (draw() % 2000) as i64]
        })
        .collect();
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..i64::from(height) {
        for x in 0..i64::from(width) {
            for channel in 0..3 {
                let (mut sum, mut weights) = (0, 1);
                for spot in &spots {
                    let distance = (spot[0] - x).pow(2) + (spot[1] - y).pow(2);
                    let weight = 1_000_000 / (spot[5] + distance);
                    sum += weight * spot[2 + channel];
                    weights += weight;
                }
                pixels.push((sum / weights) as u8);
            }
        }
    }
    pixels
}

/// A photograph of this number as JPEG.
pub(crate) fn jpeg(number: u64) -> Vec<u8> {
    let (width, height) = (120 + (number % 7) as u32, 90 + (number % 5) as u32);
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, 85)
        .encode(&pixels(number, width, height), width as u16, height as u16, jpeg_encoder::ColorType::Rgb)
        .expect("it is encoded");
    file
}

/// A picture of this number as PNG.
pub(crate) fn png(number: u64, width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&pixels(number, width, height)).expect("it is encoded");
    drop(writer);
    file
}

/// A PNG that says it is far larger than anybody would draw it; its checksum is right.
pub(crate) fn bomb() -> Vec<u8> {
    let mut file = png(1, 8, 8);
    let side = 60_000u32.to_be_bytes();
    file[16..20].copy_from_slice(&side);
    file[20..24].copy_from_slice(&side);
    let sum = crc32fast::hash(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&sum);
    file
}
