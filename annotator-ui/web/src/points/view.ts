/**
 * Where the image lies in the view: zoom, pan, and the way between view and image coordinates.
 *
 * Points are per cent of the upright image; the view is in CSS pixels. The canvas multiplies by the pixels of the
 * display only when it draws, so a click means the same on every display.
 */

import type { Point } from '../types';

export interface Size {
  width: number;
  height: number;
}

/** The image is drawn `scale` view pixels per image pixel, its upper left corner at `x`, `y` of the view. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** At most so many view pixels for one image pixel. */
export const SCALE_MAX = 32;
/** Room that is left around the whole image, in view pixels. */
const MARGIN = 8;

/** The view in which the whole image is seen. */
export function fitted(image: Size, view: Size): View {
  const scale = Math.min(
    (view.width - 2 * MARGIN) / image.width,
    (view.height - 2 * MARGIN) / image.height,
    SCALE_MAX,
  );
  const used = Math.max(scale, 1e-3);
  return {
    scale: used,
    x: (view.width - image.width * used) / 2,
    y: (view.height - image.height * used) / 2,
  };
}

/** Along one side: centred when the image is smaller than the view, else without a gap at either end. */
function kept(offset: number, image: number, view: number): number {
  if (image <= view) return (view - image) / 2;
  return Math.min(0, Math.max(view - image, offset));
}

/** Moves the image back where it can be seen. */
export function contained(at: View, image: Size, view: Size): View {
  return {
    scale: at.scale,
    x: kept(at.x, image.width * at.scale, view.width),
    y: kept(at.y, image.height * at.scale, view.height),
  };
}

/** Zooms by a factor while the spot of the image below `focus` (view pixels) stays where it is. */
export function zoomed(at: View, factor: number, focus: Point, image: Size, view: Size): View {
  const least = Math.min(fitted(image, view).scale, SCALE_MAX);
  const scale = Math.min(SCALE_MAX, Math.max(least, at.scale * factor));
  const ratio = scale / at.scale;
  return contained(
    { scale, x: focus.x - (focus.x - at.x) * ratio, y: focus.y - (focus.y - at.y) * ratio },
    image,
    view,
  );
}

export function panned(at: View, dx: number, dy: number, image: Size, view: Size): View {
  return contained({ scale: at.scale, x: at.x + dx, y: at.y + dy }, image, view);
}

/** From per cent of the image to view pixels. */
export function toView(point: Point, at: View, image: Size): Point {
  return {
    x: at.x + (point.x / 100) * image.width * at.scale,
    y: at.y + (point.y / 100) * image.height * at.scale,
  };
}

/** From view pixels to per cent of the image; may lie outside 0 to 100. */
export function toImage(spot: Point, at: View, image: Size): Point {
  return {
    x: ((spot.x - at.x) / (image.width * at.scale)) * 100,
    y: ((spot.y - at.y) / (image.height * at.scale)) * 100,
  };
}

/** Moves a view so that a point of the image can be seen, with some room around it. */
export function revealed(at: View, point: Point, image: Size, view: Size): View {
  const spot = toView(point, at, image);
  const room = Math.min(48, view.width / 4, view.height / 4);
  const dx = spot.x < room ? room - spot.x : spot.x > view.width - room ? view.width - room - spot.x : 0;
  const dy = spot.y < room ? room - spot.y : spot.y > view.height - room ? view.height - room - spot.y : 0;
  return panned(at, dx, dy, image, view);
}

/** One image pixel, or ten, as per cent of each side: the step of the keyboard cursor. */
export function pixels(count: number, image: Size): Point {
  return { x: (count / image.width) * 100, y: (count / image.height) * 100 };
}
