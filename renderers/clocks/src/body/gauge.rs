//! stub
use super::Body;
use crate::space::Canvas;
pub(super) fn barometer(_: &Body, _: &mut Canvas) {}
pub(super) fn compass(_: &Body, _: &mut Canvas) {}
pub(super) fn scale(_: &Body, _: &mut Canvas) {}
pub(super) fn speedometer(_: &Body, _: &mut Canvas) {}
pub(super) fn sundial(_: &Body, _: &mut Canvas) {}
pub(super) fn thermometer(_: &Body, _: &mut Canvas) {}
