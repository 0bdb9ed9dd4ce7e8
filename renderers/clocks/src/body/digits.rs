//! stub
use super::Body;
use crate::space::Canvas;
pub(super) fn bedside(_: &Body, _: &mut Canvas) {}
pub(super) fn desk_flip(_: &Body, _: &mut Canvas) {}
pub(super) fn lcd_watch(_: &Body, _: &mut Canvas) {}
pub(super) fn led_panel(_: &Body, _: &mut Canvas) {}
pub(super) fn microwave(_: &Body, _: &mut Canvas) {}
pub(super) fn oven(_: &Body, _: &mut Canvas) {}
pub(super) fn radio(_: &Body, _: &mut Canvas) {}
pub(super) fn wall(_: &Body, _: &mut Canvas) {}
pub(super) fn wall_flip(_: &Body, _: &mut Canvas) {}
pub(super) fn wood_block(_: &Body, _: &mut Canvas) {}
