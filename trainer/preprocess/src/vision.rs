//! The settings of a vision encoder: how large its crops are, how an image is fitted into them, and what its pixels become.

/// How an image is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CropMode {
    /// An overview and a grid of crops that overlap by the margins.
    Overlapping {
        /// Most crops of the grid; the overview is not counted.
        crops_max: usize,
    },
    /// The overview alone.
    Overview,
}

/// How an image is brought to a given size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Keeping its shape, bilinear with antialias; what is left is filled before normalisation, half on each side.
    Pad {
        /// What it is filled with, 0 to 1: black in the released models.
        value: f32,
    },
    /// Squashed, bilinear without antialias, rounded to bytes (SigLIP).
    SquashBilinear,
    /// Squashed, bicubic with antialias, rounded to bytes (MetaCLIP, DINOv2).
    SquashBicubic,
}

/// What becomes of a value from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Normal {
    /// `(x - mean) / std`, for red, green and blue.
    Standard {
        /// Means.
        mean: [f32; 3],
        /// Standard deviations.
        std: [f32; 3],
    },
    /// `2 x - 1`.
    PlusMinusOne,
}

impl Normal {
    /// Of CLIP's training images.
    pub const CLIP: Normal = Normal::Standard {
        mean: [0.481_454_66, 0.457_827_5, 0.408_210_73],
        std: [0.268_629_54, 0.261_302_6, 0.275_777_1],
    };
    /// Of ImageNet.
    pub const IMAGE_NET: Normal =
        Normal::Standard { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

    /// What red, green and blue become.
    pub fn of_pixel(self, pixel: [f32; 3]) -> [f32; 3] {
        match self {
            Normal::Standard { mean, std } => {
                std::array::from_fn(|channel| (pixel[channel] - mean[channel]) / std[channel])
            }
            Normal::PlusMinusOne => pixel.map(|value| -1.0 + value * 2.0),
        }
    }
}

/// The settings of a vision encoder and of the grid that its crops lie on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vision {
    /// Side of a crop in pixels.
    pub crop_px: usize,
    /// Side of a patch in pixels.
    pub patch_px: usize,
    /// Patches of a crop that it shares with its neighbours: to the left and above, to the right and below.
    pub margins: (usize, usize),
    /// Side of a window of patches that becomes one token.
    pub pool: usize,
    /// How an image is brought to the size of the grid.
    pub fit: Fit,
    /// What its pixels become.
    pub normal: Normal,
    /// How it is cut.
    pub mode: CropMode,
    /// Whether each row of image tokens ends with a token that says so.
    pub column_tokens: bool,
}

impl Vision {
    /// CLIP ViT-L/14 at 336 pixels, as all released models use it.
    pub fn clip(crops_max: usize) -> Vision {
        Vision {
            crop_px: 336,
            patch_px: 14,
            margins: (4, 4),
            pool: 2,
            fit: Fit::Pad { value: 0.0 },
            normal: Normal::CLIP,
            mode: CropMode::Overlapping { crops_max },
            column_tokens: true,
        }
    }

    /// SigLIP so400m/14: 378 of its 384 pixels, 27 patches a side.
    pub fn siglip(crops_max: usize) -> Vision {
        Vision {
            crop_px: 378,
            fit: Fit::SquashBilinear,
            normal: Normal::PlusMinusOne,
            ..Vision::clip(crops_max)
        }
    }

    /// MetaCLIP L/14 at 336 pixels.
    pub fn metaclip(crops_max: usize) -> Vision {
        Vision { fit: Fit::SquashBicubic, ..Vision::clip(crops_max) }
    }

    /// DINOv2 large at 336 pixels.
    pub fn dinov2(crops_max: usize) -> Vision {
        Vision { fit: Fit::SquashBicubic, normal: Normal::IMAGE_NET, ..Vision::clip(crops_max) }
    }

    /// Patches along a side of a crop.
    pub fn patches_per_side(&self) -> usize {
        self.crop_px / self.patch_px
    }

    /// Patches of a crop.
    pub fn patches_per_crop(&self) -> usize {
        self.patches_per_side().pow(2)
    }

    /// Numbers of a patch: its pixels in rows, channels last.
    pub fn patch_values(&self) -> usize {
        3 * self.patch_px * self.patch_px
    }

    /// Tokens along a side of a crop.
    pub fn tokens_per_side(&self) -> usize {
        self.patches_per_side().div_ceil(self.pool)
    }

    /// Cells of a crop after pooling.
    pub fn cells_per_crop(&self) -> usize {
        self.tokens_per_side().pow(2)
    }

    /// Patches along a side of a crop that are its own.
    pub(crate) fn window_patches(&self) -> usize {
        self.patches_per_side() - self.margins.0 - self.margins.1
    }

    /// Pixels from a crop to the next.
    pub(crate) fn window_px(&self) -> usize {
        self.window_patches() * self.patch_px
    }

    /// Pixels that both margins take.
    pub(crate) fn margin_px(&self) -> usize {
        (self.margins.0 + self.margins.1) * self.patch_px
    }

    /// Most crops of an image, the overview among them.
    pub fn crops_max(&self) -> usize {
        match self.mode {
            CropMode::Overlapping { crops_max } => 1 + crops_max,
            CropMode::Overview => 1,
        }
    }

    /// Why these settings cannot be used, if they cannot.
    pub fn fault(&self) -> Option<String> {
        if self.crop_px == 0 || self.patch_px == 0 || self.pool == 0 {
            return Some("crops, patches and windows of pooling need 1 or more pixels".to_owned());
        }
        if !self.crop_px.is_multiple_of(self.patch_px) {
            return Some(format!(
                "a crop of {} pixels is not made of patches of {}",
                self.crop_px, self.patch_px
            ));
        }
        if self.margins.0 + self.margins.1 >= self.patches_per_side() {
            return Some(format!(
                "margins of {} and {} patches leave nothing of a crop of {}",
                self.margins.0,
                self.margins.1,
                self.patches_per_side()
            ));
        }
        if !self.margins.0.is_multiple_of(self.pool) || !self.margins.1.is_multiple_of(self.pool) {
            return Some(format!(
                "margins of {} and {} patches are not made of windows of {}",
                self.margins.0, self.margins.1, self.pool
            ));
        }
        (self.mode == CropMode::Overlapping { crops_max: 0 })
            .then(|| "at least one crop is needed".to_owned())
    }
}
