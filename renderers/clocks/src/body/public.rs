//! stub
use super::Body;
use crate::space::Canvas;
pub(super) fn church(_: &Body, _: &mut Canvas) {}
pub(super) fn cockpit(_: &Body, _: &mut Canvas) {}
pub(super) fn dashboard(_: &Body, _: &mut Canvas) {}
pub(super) fn double(_: &Body, _: &mut Canvas) {}
pub(super) fn grandfather(_: &Body, _: &mut Canvas) {}
pub(super) fn post(_: &Body, _: &mut Canvas) {}
pub(super) fn tower(_: &Body, _: &mut Canvas) {}
