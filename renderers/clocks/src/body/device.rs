//! stub
use super::Body;
use crate::space::Canvas;
pub(super) fn car(_: &Body, _: &mut Canvas) {}
pub(super) fn fitness(_: &Body, _: &mut Canvas) {}
pub(super) fn laptop(_: &Body, _: &mut Canvas) {}
pub(super) fn phone(_: &Body, _: &mut Canvas) {}
pub(super) fn smart_display(_: &Body, _: &mut Canvas) {}
pub(super) fn smartwatch(_: &Body, _: &mut Canvas) {}
pub(super) fn tablet(_: &Body, _: &mut Canvas) {}
pub(super) fn television_box(_: &Body, _: &mut Canvas) {}
