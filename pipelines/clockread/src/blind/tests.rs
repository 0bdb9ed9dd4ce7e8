use super::*;

const SIDE: usize = 300;

/// A dial drawn here: hands are bars of a length and a width, from the middle to their tip; marks begin at a distance.
fn drawn(homography: [f64; 9], hands: &[(f64, f64, f64)], marks: f64) -> Vec<u8> {
    let plane = crate::plane::Plane::of(&homography).expect("it has an inverse");
    let mut bytes = Vec::with_capacity(SIDE * SIDE * 4);
    for n in 0..SIDE * SIDE {
        let (u, v) = plane.on_dial((n % SIDE) as f64 + 0.5, (n / SIDE) as f64 + 0.5);
        let out = libm::hypot(u, v);
        let on = |&(degrees, length, width): &(f64, f64, f64)| {
            let (sin, cos) = libm::sincos(degrees.to_radians());
            let (across, along) = (u * cos + v * sin, u * sin - v * cos);
            across.abs() <= width / 2.0 && (-8.0..=length).contains(&along)
        };
        let mark = (marks..94.0).contains(&out)
            && (libm::atan2(u, -v).to_degrees().rem_euclid(30.0) - 15.0).abs() > 13.5;
        let color: [u8; 3] = if hands.iter().any(on) || mark {
            [30, 40, 90]
        } else if out < 100.0 {
            [236, 230, 214]
        } else {
            [90, 60, 40]
        };
        bytes.extend_from_slice(&[color[0], color[1], color[2], 255]);
    }
    bytes
}

fn check(homography: [f64; 9], second: Option<f64>) {
    for minutes in (0..720).step_by(7) {
        let (hour, minute) = (f64::from(minutes) / 2.0, f64::from(minutes % 60) * 6.0);
        let mut hands = vec![(hour, 52.0, 6.0), (minute, 80.0, 4.5)];
        hands.extend(second.map(|degrees| (degrees, 86.0, 1.2)));
        let bytes = drawn(homography, &hands, 84.0);
        let reading = read(&Pixels { width: SIDE, bytes: &bytes }, &homography).expect("it can be read");
        let apart = reading.minutes().abs_diff(minutes);
        assert!(apart.min(720 - apart) <= 1, "{minutes}: {reading:?}");
        assert!((0.0..=1.0).contains(&reading.confidence));
    }
}

#[test]
fn hands_are_read_straight_turned_and_tilted() {
    check([1.4, 0.0, 150.0, 0.0, 1.4, 150.0, 0.0, 0.0, 1.0], None);
    // Turned by 30 degrees, and seen from the side.
    check([1.126, -0.65, 150.0, 0.65, 1.126, 150.0, 0.0, 0.0, 1.0], Some(222.0));
    check([1.0, 0.2, 150.0, -0.1, 1.3, 140.0, 0.001, 0.0006, 1.0], None);
}

#[test]
fn a_long_mark_makes_no_hand_longer() {
    let homography = [1.4, 0.0, 150.0, 0.0, 1.4, 150.0, 0.0, 0.0, 1.0];
    for (minutes, hour, minute) in
        [(8 * 60 + 58, 269.4, 352.5), (5 * 60 + 58, 179.2, 350.0), (3 * 60, 90.1, 1.0)]
    {
        let bytes = drawn(homography, &[(hour, 52.0, 7.0), (minute, 80.0, 4.5)], 63.0);
        let reading = read(&Pixels { width: SIDE, bytes: &bytes }, &homography).expect("it can be read");
        assert!(reading.minutes().abs_diff(minutes) <= 1, "{minutes}: {reading:?}");
    }
}

#[test]
fn what_is_no_dial_is_not_read() {
    let bytes = vec![255; 4 * 16];
    let pixels = Pixels { width: 4, bytes: &bytes };
    assert_eq!(read(&pixels, &[1.0, 0.0, 0.0]), None);
    assert_eq!(read(&pixels, &[0.0; 9]), None);
    assert_eq!(read(&Pixels { width: 0, bytes: &[] }, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]), None);
}
