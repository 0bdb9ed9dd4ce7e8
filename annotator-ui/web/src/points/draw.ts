/** Draws image, markers and cursor onto a canvas. Lengths are CSS pixels; the canvas is scaled to the display's. */

import type { Point } from '../types';
import { dotRadius, markers, plate } from './markers';
import { toView, type Size, type View } from './view';

export interface Scene {
  picture: CanvasImageSource | null;
  image: Size;
  view: View;
  size: Size;
  ratio: number;
  points: readonly Point[];
  /** Points of the other labels, for seeing alone. */
  others: readonly Point[];
  chosen: number | null;
  cursor: Point | null;
}

const DOT = '#ffd21f';
const CHOSEN = '#ff3d8b';
const EDGE = '#111111';

export function draw(to: CanvasRenderingContext2D, scene: Scene): void {
  const { view, image, size } = scene;
  to.setTransform(scene.ratio, 0, 0, scene.ratio, 0, 0);
  to.clearRect(0, 0, size.width, size.height);
  if (scene.picture) {
    // Single pixels of a much enlarged image are shown as they are, so that a point can be set on one of them.
    to.imageSmoothingEnabled = view.scale < 4;
    to.imageSmoothingQuality = 'high';
    to.drawImage(scene.picture, view.x, view.y, image.width * view.scale, image.height * view.scale);
  }
  for (const other of scene.others) dot(to, toView(other, view, image), 3, 'rgb(255 255 255 / 80%)');
  const spots = scene.points.map((point) => toView(point, view, image));
  const radius = dotRadius(spots.length);
  for (const [i, spot] of spots.entries()) {
    dot(to, spot, i === scene.chosen ? radius + 3 : radius, i === scene.chosen ? CHOSEN : DOT);
  }
  to.font = '600 12px system-ui, sans-serif';
  to.textAlign = 'center';
  to.textBaseline = 'middle';
  for (const { number, text } of markers(spots, radius)) {
    if (!text) continue;
    const { width, height } = plate(number);
    to.fillStyle = number - 1 === scene.chosen ? CHOSEN : 'rgb(17 17 17 / 85%)';
    to.beginPath();
    to.roundRect(text.x - width / 2, text.y - height / 2, width, height, 3);
    to.fill();
    to.fillStyle = number - 1 === scene.chosen ? EDGE : '#ffffff';
    to.fillText(String(number), text.x, text.y + 0.5);
  }
  if (scene.cursor) cross(to, toView(scene.cursor, view, image));
}

function dot(to: CanvasRenderingContext2D, at: Point, radius: number, fill: string): void {
  to.beginPath();
  to.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  to.fillStyle = fill;
  to.fill();
  to.lineWidth = 2;
  to.strokeStyle = EDGE;
  to.stroke();
  // The exact place, whatever the size of the dot.
  to.fillStyle = EDGE;
  to.fillRect(at.x - 0.75, at.y - 0.75, 1.5, 1.5);
}

function cross(to: CanvasRenderingContext2D, at: Point): void {
  for (const [width, colour] of [
    [4, '#ffffff'],
    [2, EDGE],
  ] as const) {
    to.lineWidth = width;
    to.strokeStyle = colour;
    to.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      to.moveTo(at.x + 4 * dx, at.y + 4 * dy);
      to.lineTo(at.x + 16 * dx, at.y + 16 * dy);
    }
    to.stroke();
  }
}
