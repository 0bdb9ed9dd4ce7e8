//! stub
use super::Body; use crate::space::Canvas;
pub(super) fn carabiner(_: &Body, _: &mut Canvas) {}
pub(super) fn hunter(_: &Body, _: &mut Canvas) {}
pub(super) fn nurse(_: &Body, _: &mut Canvas) {}
pub(super) fn pendant(_: &Body, _: &mut Canvas) {}
pub(super) fn pocket(_: &Body, _: &mut Canvas) {}
pub(super) fn ring(_: &Body, _: &mut Canvas) {}
