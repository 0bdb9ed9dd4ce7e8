//! What the suite proves as a whole. `tests/run` builds the programs first and then runs this.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests stand outside the house: they find the programs by the environment, and time a build to know when to kill one"
)]

mod finished;
mod program;
mod python;
mod site;

mod architecture;
mod browser;
mod cap_e2e;
mod clocks_e2e;
mod clocks_faults;
mod docs_e2e;
mod images_e2e;
mod ocr;
mod points_e2e;
mod python_compat;
mod s3;
mod speaking;
