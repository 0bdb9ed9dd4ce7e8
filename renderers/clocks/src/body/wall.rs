//! stub
use super::Body; use crate::space::Canvas;
pub(super) fn cuckoo(_: &Body, _: &mut Canvas) {}
pub(super) fn cutlery(_: &Body, _: &mut Canvas) {}
pub(super) fn framed(_: &Body, _: &mut Canvas) {}
pub(super) fn kitchen(_: &Body, _: &mut Canvas) {}
pub(super) fn plain(_: &Body, _: &mut Canvas) {}
pub(super) fn plate(_: &Body, _: &mut Canvas) {}
pub(super) fn porthole(_: &Body, _: &mut Canvas) {}
pub(super) fn record(_: &Body, _: &mut Canvas) {}
pub(super) fn school(_: &Body, _: &mut Canvas) {}
pub(super) fn station(_: &Body, _: &mut Canvas) {}
pub(super) fn sunburst(_: &Body, _: &mut Canvas) {}
pub(super) fn wooden(_: &Body, _: &mut Canvas) {}
