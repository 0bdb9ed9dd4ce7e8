//! Which device computes.

use std::fmt;
use std::str::FromStr;

use burn::tensor::Device;

/// A device, by the word for it in a command: `cpu`, `cuda:0`, `wgpu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compute {
    /// The processors of this machine.
    #[default]
    Cpu,
    /// A card of NVIDIA, by its number.
    Cuda(usize),
    /// The card that Vulkan offers first.
    Wgpu,
}

/// Why there is no such device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// The word is unknown.
    #[error("`{word}` is no device; `cpu`, `cuda`, `cuda:N` and `wgpu` are")]
    Unknown {
        /// What was given.
        word: String,
    },
    /// This program was built without it.
    #[error(
        "this program was built without `{feature}`, and `{word}` asks for it; build `trainer/gpu` with `--features {feature}`"
    )]
    NotBuilt {
        /// What was asked for.
        word: String,
        /// The feature that brings it.
        feature: &'static str,
    },
}

impl fmt::Display for Compute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Compute::Cpu => formatter.write_str("cpu"),
            Compute::Cuda(index) => write!(formatter, "cuda:{index}"),
            Compute::Wgpu => formatter.write_str("wgpu"),
        }
    }
}

impl FromStr for Compute {
    type Err = ComputeError;

    fn from_str(word: &str) -> Result<Compute, ComputeError> {
        let unknown = || ComputeError::Unknown { word: word.to_owned() };
        match word.split_once(':') {
            None if word == "cpu" => Ok(Compute::Cpu),
            None if word == "cuda" => Ok(Compute::Cuda(0)),
            None if word == "wgpu" => Ok(Compute::Wgpu),
            Some(("cuda", index)) => index.parse().map(Compute::Cuda).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }
}

impl Compute {
    /// The device, if this program was built with it.
    ///
    /// # Errors
    /// It was not.
    pub fn device(self) -> Result<Device, ComputeError> {
        match self {
            Compute::Cpu => Ok(Device::flex()),
            #[cfg(feature = "cuda")]
            Compute::Cuda(index) => Ok(Device::cuda(index)),
            #[cfg(not(feature = "cuda"))]
            Compute::Cuda(_) => Err(ComputeError::NotBuilt { word: self.to_string(), feature: "cuda" }),
            #[cfg(feature = "wgpu")]
            Compute::Wgpu => Ok(Device::vulkan(burn::tensor::DeviceKind::default())),
            #[cfg(not(feature = "wgpu"))]
            Compute::Wgpu => Err(ComputeError::NotBuilt { word: self.to_string(), feature: "wgpu" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_devices_are_the_same() {
        for device in [Compute::Cpu, Compute::Cuda(3), Compute::Wgpu] {
            assert_eq!(device.to_string().parse(), Ok(device));
        }
        assert_eq!("cuda".parse(), Ok(Compute::Cuda(0)));
        for word in ["", "gpu", "cuda:", "cuda:x", "cpu:1"] {
            assert_eq!(word.parse::<Compute>(), Err(ComputeError::Unknown { word: word.to_owned() }));
        }
        assert!(Compute::Cpu.device().is_ok());
    }
}
