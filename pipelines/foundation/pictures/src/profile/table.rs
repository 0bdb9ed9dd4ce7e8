//! Tables over three or four channels (`mft1`, `mft2`, `mAB `): curves, a grid of colours, curves, a matrix, curves.

use moxcms::{DataColorSpace, LutMultidimensionalType, LutStore, LutType, LutWarehouse};

use super::curve::Curve;
use super::srgb;

/// How the last numbers are to be read.
#[derive(Clone, Copy)]
enum Connection {
    /// XYZ: 1 stands for 1 + 32767/32768.
    Xyz,
    /// L*a*b* in 8 bits, or in 16 of version 4.
    Lab,
    /// L*a*b* in 16 bits of version 2: 65280 stands for 100.
    OldLab,
}

/// A table and what stands before and behind it.
pub(crate) struct Table {
    /// One curve a channel of the picture.
    before: Vec<Curve>,
    /// Colours on a grid, the last channel fastest.
    grid: Option<Grid>,
    middle: Vec<Curve>,
    matrix: Option<[[f64; 4]; 3]>,
    behind: Vec<Curve>,
    connection: Connection,
}

struct Grid {
    /// Points along each channel, at least two.
    points: Vec<usize>,
    colours: Vec<[f32; 3]>,
}

impl Table {
    /// Of a profile's table, for pictures of so many channels; nothing when its parts do not fit together.
    pub(crate) fn read(table: &LutWarehouse, space: DataColorSpace, channels: usize) -> Option<Self> {
        let connection = |is_old: bool| match space {
            DataColorSpace::Xyz => Some(Connection::Xyz),
            DataColorSpace::Lab if is_old => Some(Connection::OldLab),
            DataColorSpace::Lab => Some(Connection::Lab),
            _ => None,
        };
        match table {
            LutWarehouse::Lut(table) => {
                if usize::from(table.num_input_channels) != channels || table.num_output_channels != 3 {
                    return None;
                }
                let points = vec![usize::from(table.num_clut_grid_points); channels];
                Some(Self {
                    before: curves_of(&table.input_table, channels)?,
                    grid: Some(Grid::read(points, &table.clut_table)?),
                    middle: Vec::new(),
                    matrix: None,
                    behind: curves_of(&table.output_table, 3)?,
                    connection: connection(table.lut_type == LutType::Lut16)?,
                })
            }
            LutWarehouse::Multidimensional(table) => Self::read_parts(table, channels, connection(false)?),
        }
    }

    fn read_parts(table: &LutMultidimensionalType, channels: usize, connection: Connection) -> Option<Self> {
        if usize::from(table.num_input_channels) != channels || table.num_output_channels != 3 {
            return None;
        }
        let read = |curves: &[moxcms::ToneReprCurve], count: usize| {
            let curves = curves.iter().map(Curve::read).collect::<Option<Vec<_>>>()?;
            (curves.is_empty() || curves.len() == count).then_some(curves)
        };
        let grid = match &table.clut {
            Some(store) => {
                let points =
                    table.grid_points.get(..channels)?.iter().map(|points| usize::from(*points)).collect();
                Some(Grid::read(points, store)?)
            }
            None if channels == 3 => None,
            None => return None,
        };
        let (rows, offsets) = (table.matrix.v, table.bias.v);
        let matrix = [0, 1, 2].map(|row: usize| [rows[row][0], rows[row][1], rows[row][2], offsets[row]]);
        Some(Self {
            before: read(&table.a_curves, channels)?,
            grid,
            middle: read(&table.m_curves, 3)?,
            matrix: Some(matrix),
            behind: read(&table.b_curves, 3)?,
            connection,
        })
    }

    fn colour(&self, pixel: &[u8]) -> [u8; 3] {
        let mut place = [0.0; 4];
        for (number, value) in pixel.iter().enumerate() {
            let value = f64::from(*value) / 255.0;
            place[number] = self.before.get(number).map_or(value, |curve| curve.at(value));
        }
        let through = |curves: &[Curve], values: [f64; 3]| {
            let mut numbers = 0..3usize;
            values.map(|value| {
                numbers.next().and_then(|number| curves.get(number)).map_or(value, |curve| curve.at(value))
            })
        };
        let mut values = match &self.grid {
            Some(grid) => grid.at(&place[..pixel.len()]).map(f64::from),
            None => [place[0], place[1], place[2]],
        };
        values = through(&self.middle, values);
        if let Some(matrix) = &self.matrix {
            values = matrix.map(|row| row[0] * values[0] + row[1] * values[1] + row[2] * values[2] + row[3]);
        }
        values = through(&self.behind, values.map(|value| value.clamp(0.0, 1.0)));
        srgb::of_xyz(match self.connection {
            Connection::Xyz => values.map(|value| value * (1.0 + 32_767.0 / 32_768.0)),
            Connection::Lab => {
                srgb::xyz_of_lab([100.0 * values[0], 255.0 * values[1] - 128.0, 255.0 * values[2] - 128.0])
            }
            Connection::OldLab => {
                let [l, a, b] = values.map(|value| value * 65_535.0);
                srgb::xyz_of_lab([l / 652.8, a / 256.0 - 128.0, b / 256.0 - 128.0])
            }
        })
    }

    /// Pixels of so many channels to three; channels beyond those of the table are left out.
    pub(crate) fn convert(&self, samples: &[u8], channels: usize) -> Vec<u8> {
        let used = self.grid.as_ref().map_or(3, |grid| grid.points.len()).min(channels);
        let mut colours = Vec::with_capacity(samples.len() / channels * 3);
        // Neighbours are often the same.
        let mut last: Option<(&[u8], [u8; 3])> = None;
        for pixel in samples.chunks_exact(channels) {
            let pixel = &pixel[..used];
            let colour = match last {
                Some((before, colour)) if before == pixel => colour,
                _ => self.colour(pixel),
            };
            last = Some((pixel, colour));
            colours.extend_from_slice(&colour);
        }
        colours
    }
}

/// Tables one behind the other, one a channel.
fn curves_of(store: &LutStore, channels: usize) -> Option<Vec<Curve>> {
    let values = values_of(store);
    let length = values.len() / channels;
    if length < 2 {
        return None;
    }
    Some(values.chunks_exact(length).take(channels).map(|points| Curve::of_points(points.to_vec())).collect())
}

fn values_of(store: &LutStore) -> Vec<f64> {
    match store {
        LutStore::Store8(values) => values.iter().map(|value| f64::from(*value) / 255.0).collect(),
        LutStore::Store16(values) => values.iter().map(|value| f64::from(*value) / 65_535.0).collect(),
    }
}

impl Grid {
    fn read(points: Vec<usize>, store: &LutStore) -> Option<Self> {
        let colours = values_of(store)
            .chunks_exact(3)
            .map(|colour| [colour[0] as f32, colour[1] as f32, colour[2] as f32])
            .collect::<Vec<_>>();
        let size = points.iter().try_fold(1usize, |size, points| size.checked_mul(*points))?;
        let is_whole = points.iter().all(|points| *points >= 2) && colours.len() >= size;
        is_whole.then_some(Self { points, colours })
    }

    /// Between the points of the last three channels the colour is that of the tetrahedron around the place (Sakamoto),
    /// along a channel before them a straight line, as colour engines do it.
    fn at(&self, place: &[f64]) -> [f32; 3] {
        self.between(place, 0)
    }

    /// `row`: the number of the points that the channels before have led to.
    fn between(&self, place: &[f64], row: usize) -> [f32; 3] {
        let channel = self.points.len() - place.len();
        let (below, share) = self.step(channel, place[0]);
        let row = row * self.points[channel];
        if place.len() == 3 {
            return self.in_tetrahedron(place, row + below, share);
        }
        let from = self.between(&place[1..], row + below);
        if share == 0.0 {
            return from;
        }
        let to = self.between(&place[1..], row + below + 1);
        [0, 1, 2].map(|number: usize| from[number] + (to[number] - from[number]) * share)
    }

    /// The point at or below a place, and the share of the way to the next.
    fn step(&self, channel: usize, place: f64) -> (usize, f32) {
        let last = self.points[channel] - 1;
        let place = place.clamp(0.0, 1.0) * last as f64;
        let below = (place as usize).min(last - 1);
        (below, (place - below as f64) as f32)
    }

    fn in_tetrahedron(&self, place: &[f64], row: usize, share: f32) -> [f32; 3] {
        let channels = self.points.len();
        let (second, third) = (self.points[channels - 2], self.points[channels - 1]);
        let (below_2, share_2) = self.step(channels - 2, place[1]);
        let (below_3, share_3) = self.step(channels - 1, place[2]);
        let corner = (row * second + below_2) * third + below_3;
        // From the corner below to the one above, along the longest way first.
        let mut ways = [(share, second * third), (share_2, third), (share_3, 1)];
        ways.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut colour = self.colours[corner];
        let mut at = corner;
        for (share, step) in ways {
            let (from, to) = (self.colours[at], self.colours[at + step]);
            for (value, (to, from)) in colour.iter_mut().zip(to.iter().zip(from)) {
                *value += (to - from) * share;
            }
            at += step;
        }
        colour
    }
}
