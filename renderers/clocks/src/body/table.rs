//! stub
use super::Body;
use crate::space::Canvas;
pub(super) fn bracket(_: &Body, _: &mut Canvas) {}
pub(super) fn carriage(_: &Body, _: &mut Canvas) {}
pub(super) fn cube(_: &Body, _: &mut Canvas) {}
pub(super) fn dome(_: &Body, _: &mut Canvas) {}
pub(super) fn mantel(_: &Body, _: &mut Canvas) {}
pub(super) fn round_alarm(_: &Body, _: &mut Canvas) {}
pub(super) fn temple(_: &Body, _: &mut Canvas) {}
pub(super) fn timer(_: &Body, _: &mut Canvas) {}
pub(super) fn travel(_: &Body, _: &mut Canvas) {}
pub(super) fn twin_bell(_: &Body, _: &mut Canvas) {}
