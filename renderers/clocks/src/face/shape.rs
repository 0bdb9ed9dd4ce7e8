//! The outlines of hands, given as `(across, out)` from the middle of the dial.

use serde::{Deserialize, Serialize};

/// A family of hands by the outline of its hour hand; in some, the minute hand has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A thin bar.
    Stick,
    /// A bar with an inlay.
    Baton,
    /// A broad bar without a tail.
    Bar,
    /// Narrower towards a blunt tip.
    Tapered,
    /// Two long triangles, base to base, near the middle.
    Dauphine,
    /// Bowed sides, widest in the inner half.
    Leaf,
    /// A leaf that is cut out.
    OpenLeaf,
    /// Wider to the outside, then a short point.
    Sword,
    /// A thin shaft with a ring near the tip.
    Pomme,
    /// Panes in a frame that swells twice.
    Cathedral,
    /// A shaft with a wheel of three spokes.
    ThreeSpoke,
    /// A shaft with a square on its corner.
    SquareHead,
    /// A shaft with a broad head of an arrow.
    Arrow,
    /// A shaft with the head of a spade.
    Spade,
    /// A bar with a short point.
    Pencil,
    /// A bar that is cut out.
    Skeleton,
    /// A barrel with a needle.
    Syringe,
    /// A shaft with a lozenge, far out.
    Lance,
    /// A long triangle on a thin neck.
    Alpha,
    /// Three bars, each thinner than the one before.
    ArtDeco,
    /// Wider to the outside, with a roof on top.
    Obelisk,
    /// A slender rhomb, widest half-way.
    Lozenge,
    /// A thin neck, then a broad blade.
    Plough,
    /// A shaft with a drop.
    Drop,
    /// Scrolls on a thin shaft.
    Serpentine,
}

/// A closed outline.
pub(super) type Outline = Vec<(f32, f32)>;

/// The parts of a hand.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// Filled with the colour of the hand.
    pub(super) solid: Vec<Outline>,
    /// Cut out of the first solid part.
    pub(super) holes: Vec<Outline>,
    /// Rings: how far out, outer and inner radius.
    pub(super) rings: Vec<(f32, f32, f32)>,
    /// The half that lies in the shade, for polished hands.
    pub(super) shade: Vec<Outline>,
    /// Inlays that glow in the dark.
    pub(super) inlay: Vec<Outline>,
}

/// An outline by its right side, from the inner end outwards.
fn both(right: &[(f32, f32)]) -> Outline {
    let left = right.iter().rev().filter(|(across, _)| *across != 0.0).map(|(across, out)| (-across, *out));
    right.iter().copied().chain(left).collect()
}

/// The right half of an outline.
fn half(right: &[(f32, f32)]) -> Outline {
    let (first, last) = (right[0].1, right[right.len() - 1].1);
    [(0.0, first)].into_iter().chain(right.iter().copied()).chain([(0.0, last)]).collect()
}

/// The right side of a curved outline: widths, as shares of half the width, at shares of the way.
fn bowed((from, to): (f32, f32), half_wide: f32, bow: impl Fn(f32) -> f32) -> Outline {
    (0..=14)
        .map(|n| {
            let t = n as f32 / 14.0;
            (half_wide * bow(t).max(0.0), from + (to - from) * t)
        })
        .collect()
}

fn bulge(t: f32) -> f32 {
    libm::sinf(std::f32::consts::PI * libm::powf(t, 0.75))
}

impl Family {
    /// All families.
    pub const ALL: &[Family] = &[
        Family::Stick,
        Family::Baton,
        Family::Bar,
        Family::Tapered,
        Family::Dauphine,
        Family::Leaf,
        Family::OpenLeaf,
        Family::Sword,
        Family::Pomme,
        Family::Cathedral,
        Family::ThreeSpoke,
        Family::SquareHead,
        Family::Arrow,
        Family::Spade,
        Family::Pencil,
        Family::Skeleton,
        Family::Syringe,
        Family::Lance,
        Family::Alpha,
        Family::ArtDeco,
        Family::Obelisk,
        Family::Lozenge,
        Family::Plough,
        Family::Drop,
        Family::Serpentine,
    ];

    /// The outline that goes with this family's hour hand for the minutes.
    pub(super) fn of_minutes(self) -> Family {
        match self {
            Family::ThreeSpoke => Family::Sword,
            Family::SquareHead => Family::Baton,
            Family::Arrow => Family::Pencil,
            other => other,
        }
    }

    /// Widths, for a dial of radius 100, that become it.
    pub(super) fn widths(self) -> (f32, f32) {
        match self {
            Family::Stick | Family::Tapered => (3.2, 5.5),
            Family::Bar | Family::Plough | Family::Obelisk => (5.5, 10.0),
            Family::Baton | Family::Pencil | Family::ArtDeco => (5.0, 8.5),
            Family::Skeleton => (7.0, 10.0),
            Family::Dauphine | Family::Leaf | Family::OpenLeaf | Family::Alpha | Family::Lozenge => {
                (7.0, 11.5)
            }
            Family::Sword | Family::Syringe => (6.0, 10.0),
            Family::Cathedral => (9.0, 13.0),
            Family::Pomme | Family::Spade | Family::Drop | Family::Serpentine | Family::Lance => (9.0, 14.0),
            Family::ThreeSpoke | Family::SquareHead | Family::Arrow => (12.0, 18.0),
        }
    }

    /// The family that is nearest to it and not hollow.
    pub(super) fn filled(self) -> Family {
        match self {
            Family::Skeleton => Family::Baton,
            Family::OpenLeaf => Family::Leaf,
            other => other,
        }
    }

    /// Whether it has parts that glow in the dark.
    pub(super) fn has_inlay(self) -> bool {
        matches!(
            self,
            Family::Baton
                | Family::Sword
                | Family::Cathedral
                | Family::ThreeSpoke
                | Family::SquareHead
                | Family::Arrow
                | Family::Pencil
                | Family::Syringe
                | Family::Plough
                | Family::Obelisk
                | Family::Alpha
        )
    }

    /// Its parts for a length, a width and a tail.
    pub(super) fn cut(self, length: f32, width: f32, tail: f32) -> Cut {
        let (l, w) = (length, width / 2.0);
        // Half the width of a thin shaft: a share of the whole, but no less than can be seen.
        let thin = |share: f32| (w * share).max(1.0);
        let shaft = |half_wide: f32, to: f32| both(&[(half_wide, -tail), (half_wide, to)]);
        let one = |right: &[(f32, f32)]| Cut { solid: vec![both(right)], ..Cut::default() };
        let faceted = |right: &[(f32, f32)]| Cut {
            solid: vec![both(right)],
            shade: vec![half(right)],
            ..Cut::default()
        };
        match self {
            Family::Stick => faceted(&[(w, -tail), (w, l)]),
            Family::Bar => faceted(&[(w, -tail.min(l * 0.06)), (w, l)]),
            Family::Tapered => faceted(&[(w * 0.75, -tail), (w, 0.0), (w * 0.45, l)]),
            Family::Baton => Cut {
                solid: vec![shaft(w, l)],
                inlay: vec![both(&[(w * 0.52, l * 0.34), (w * 0.52, l - w)])],
                ..Cut::default()
            },
            Family::Dauphine => {
                faceted(&[(0.0, -tail.max(l * 0.08)), (w * 0.5, 0.0), (w, l * 0.14), (0.0, l)])
            }
            Family::Lozenge => {
                faceted(&[(thin(0.3), -tail), (thin(0.4), l * 0.1), (w * 0.8, l * 0.5), (0.0, l)])
            }
            Family::Leaf => faceted(&bowed((-tail, l), w, |t| 0.2 * (1.0 - t) + 0.85 * bulge(t))),
            Family::OpenLeaf => Cut {
                holes: vec![both(&bowed((l * 0.26, l * 0.74), w * 0.5, bulge))],
                ..one(&bowed((-tail, l), w, |t| 0.25 * (1.0 - t) + 0.85 * bulge(t)))
            },
            Family::Sword => Cut {
                inlay: vec![both(&[(w * 0.22, l * 0.3), (w * 0.58, l * 0.76), (0.0, l * 0.92)])],
                ..one(&[(w * 0.42, -tail), (w * 0.42, l * 0.1), (w, l * 0.78), (0.0, l)])
            },
            Family::Pencil => Cut {
                inlay: vec![both(&[(w * 0.5, l * 0.3), (w * 0.5, l - w * 3.0), (0.0, l - w * 1.6)])],
                ..one(&[(w, -tail), (w, l - w * 2.4), (0.0, l)])
            },
            Family::Obelisk => Cut {
                inlay: vec![both(&[(w * 0.34, l * 0.42), (w * 0.5, l - w * 2.4), (0.0, l - w * 1.3)])],
                ..faceted(&[(w * 0.55, -tail), (w * 0.6, 0.0), (w, l - w * 1.6), (0.0, l)])
            },
            Family::Alpha => Cut {
                inlay: vec![both(&[(w * 0.5, l * 0.24), (w * 0.16, l * 0.78), (-w * 0.16, l * 0.78)])],
                ..faceted(&[(w * 0.25, -tail), (w * 0.25, l * 0.13), (w, l * 0.19), (w * 0.08, l)])
            },
            Family::Plough => Cut {
                inlay: vec![both(&[(w * 0.62, l * 0.42), (w * 0.62, l - w * 2.0), (0.0, l - w * 0.9)])],
                ..one(&[(w * 0.38, -tail), (w * 0.38, l * 0.28), (w, l * 0.36), (w, l - w * 1.4), (0.0, l)])
            },
            Family::Skeleton => Cut {
                holes: vec![both(&[(w * 0.5, l * 0.28), (w * 0.5, l * 0.86)])],
                ..one(&[(w, -tail), (w, l - w), (w * 0.3, l)])
            },
            Family::Syringe => Cut {
                inlay: vec![both(&[(w * 0.58, l * 0.2), (w * 0.58, l * 0.55)])],
                ..one(&[
                    (w * 0.4, -tail),
                    (w * 0.4, l * 0.1),
                    (w, l * 0.14),
                    (w, l * 0.6),
                    (w * 0.34, l * 0.66),
                    (w * 0.26, l),
                ])
            },
            Family::ArtDeco => one(&[
                (w, -tail.min(l * 0.1)),
                (w, l * 0.42),
                (w * 0.68, l * 0.42),
                (w * 0.68, l * 0.76),
                (w * 0.36, l * 0.76),
                (w * 0.36, l),
            ]),
            Family::Lance => faceted(&[
                (thin(0.28), -tail),
                (thin(0.3), l * 0.56),
                (w * 0.85, l * 0.7),
                (w * 0.2, l * 0.82),
                (0.0, l),
            ]),
            Family::Pomme => {
                let (out, r) = (l * 0.7, w * 0.72);
                Cut {
                    solid: vec![
                        both(&[(thin(0.3), -tail), (thin(0.24), out - r * 0.8)]),
                        both(&[(w * 0.34, out + r * 0.8), (w * 0.08, l)]),
                    ],
                    rings: vec![(out, r, r * 0.55)],
                    ..Cut::default()
                }
            }
            Family::ThreeSpoke => {
                let (out, r) = (l * 0.64, w * 0.9);
                let spoke = |a: f32| {
                    let (s, c) = (libm::sinf(a.to_radians()), libm::cosf(a.to_radians()));
                    let (x, y) = (c * r * 0.1, s * r * 0.1);
                    vec![
                        (x, out - y),
                        (x + s * r, out - y + c * r),
                        (-x + s * r, out + y + c * r),
                        (-x, out + y),
                    ]
                };
                Cut {
                    solid: vec![
                        both(&[(w * 0.3, -tail), (w * 0.3, out - r * 0.9)]),
                        both(&[(w * 0.42, out + r * 0.86), (w * 0.3, l - w * 0.6), (0.0, l)]),
                        spoke(60.0),
                        spoke(180.0),
                        spoke(300.0),
                    ],
                    rings: vec![(out, r, r * 0.76)],
                    inlay: vec![circle(out, r * 0.72)],
                    ..Cut::default()
                }
            }
            Family::SquareHead => {
                let (out, r) = (l * 0.68, w * 0.95);
                Cut {
                    solid: vec![both(&[
                        (w * 0.34, -tail),
                        (w * 0.34, out - r * 0.66),
                        (r, out),
                        (w * 0.34, out + r * 0.66),
                        (w * 0.3, l - w * 0.3),
                        (0.0, l),
                    ])],
                    inlay: vec![both(&[(0.0, out - r * 0.62), (r * 0.62, out), (0.0, out + r * 0.62)])],
                    ..Cut::default()
                }
            }
            Family::Arrow => Cut {
                inlay: vec![both(&[(w * 0.5, l - w * 1.55), (0.0, l - w * 0.6)])],
                ..one(&[(w * 0.34, -tail), (w * 0.34, l - w * 1.9), (w, l - w * 1.9), (0.0, l)])
            },
            Family::Spade => {
                let out = l * 0.72;
                one(&[
                    (thin(0.27), -tail),
                    (thin(0.27), out - w * 1.1),
                    (w * 0.55, out - w * 0.85),
                    (w * 0.95, out - w * 0.35),
                    (w, out),
                    (w * 0.78, out + w * 0.45),
                    (w * 0.4, out + w * 0.9),
                    (w * 0.16, out + w * 1.5),
                    (w * 0.06, l),
                ])
            }
            Family::Drop => {
                let from = l * 0.52;
                Cut {
                    solid: vec![
                        both(&[(thin(0.28), -tail), (thin(0.27), from + w * 0.3)]),
                        both(&bowed((from, l), w * 0.8, |t| bulge(1.0 - libm::powf(1.0 - t, 0.62)))),
                    ],
                    ..Cut::default()
                }
            }
            Family::Cathedral => Cut {
                solid: vec![both(&[
                    (w * 0.3, -tail),
                    (w * 0.3, l * 0.16),
                    (w * 0.62, l * 0.24),
                    (w * 0.62, l * 0.36),
                    (w * 0.34, l * 0.44),
                    (w, l * 0.56),
                    (w, l * 0.66),
                    (w * 0.5, l * 0.76),
                    (w * 0.4, l * 0.84),
                    (0.0, l),
                ])],
                inlay: vec![
                    both(&[(w * 0.36, l * 0.25), (w * 0.36, l * 0.35), (w * 0.1, l * 0.41)]),
                    both(&[
                        (w * 0.2, l * 0.49),
                        (w * 0.7, l * 0.57),
                        (w * 0.7, l * 0.655),
                        (w * 0.26, l * 0.73),
                    ]),
                ],
                ..Cut::default()
            },
            Family::Serpentine => {
                let out = l * 0.6;
                let wave = |side: f32| -> Outline {
                    (0..=16)
                        .map(|n| {
                            let t = n as f32 / 16.0;
                            let bend = libm::sinf(t * 4.0 * std::f32::consts::PI) * w * 0.42 * (1.0 - t);
                            (bend + side * thin(0.28).max(1.2), l * 0.08 + (l * 0.68) * t)
                        })
                        .collect()
                };
                let ribbon: Outline = wave(1.0).into_iter().chain(wave(-1.0).into_iter().rev()).collect();
                Cut {
                    solid: vec![
                        both(&[(thin(0.28), -tail), (thin(0.28), l * 0.1)]),
                        ribbon,
                        both(&[
                            (w * 0.2, out + l * 0.14),
                            (w * 0.62, out + l * 0.2),
                            (w * 0.3, out + l * 0.27),
                            (0.0, l),
                        ]),
                    ],
                    ..Cut::default()
                }
            }
        }
    }
}

/// A circle as a polygon.
pub(super) fn circle(out: f32, radius: f32) -> Outline {
    (0..20)
        .map(|n| {
            let a = n as f32 / 20.0 * 2.0 * std::f32::consts::PI;
            (radius * libm::sinf(a), out + radius * libm::cosf(a))
        })
        .collect()
}
