/**
 * Numbered markers that stay readable when there are hundreds of them.
 *
 * A marker is a dot exactly on its point and a number beside it. Numbers are placed one after the other, each at the
 * first of eight sides where it covers no dot and no other number; where none is free the number is left out, and only
 * the dot is drawn. Zooming in makes room, and the list beside the image has every number.
 */

import type { Point } from '../types';

export interface Marker {
  /** Number from 1. */
  number: number;
  spot: Point;
  /** Centre of the number, or `null` when it has no room. */
  text: Point | null;
}

/** Radius of a dot in view pixels; smaller where there are many. */
export function dotRadius(points: number): number {
  return points <= 40 ? 6 : points <= 120 ? 5 : 4;
}

const TEXT_HEIGHT = 14;
const DIGIT_WIDTH = 7.5;
const SIDES: readonly Point[] = [
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: -1 },
  { x: -1, y: 1 },
  { x: 0, y: -1.25 },
  { x: 0, y: 1.25 },
  { x: 1.25, y: 0 },
  { x: -1.25, y: 0 },
];

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Boxes in squares of a grid, so that a new one is compared with its neighbours alone. */
class Boxes {
  private readonly squares = new Map<string, Box[]>();
  private static readonly SIDE = 32;

  private *squaresOf(box: Box): Iterable<string> {
    const side = Boxes.SIDE;
    for (let x = Math.floor(box.left / side); x <= Math.floor(box.right / side); x += 1) {
      for (let y = Math.floor(box.top / side); y <= Math.floor(box.bottom / side); y += 1) yield `${x},${y}`;
    }
  }

  hits(box: Box): boolean {
    for (const square of this.squaresOf(box)) {
      for (const other of this.squares.get(square) ?? []) {
        if (
          box.left < other.right &&
          other.left < box.right &&
          box.top < other.bottom &&
          other.top < box.bottom
        ) {
          return true;
        }
      }
    }
    return false;
  }

  add(box: Box): void {
    for (const square of this.squaresOf(box)) {
      const there = this.squares.get(square);
      if (there) there.push(box);
      else this.squares.set(square, [box]);
    }
  }
}

/** Size of a number's plate in view pixels. */
export function plate(number: number): { width: number; height: number } {
  return { width: String(number).length * DIGIT_WIDTH + 6, height: TEXT_HEIGHT };
}

/** Places the numbers of points, given in view pixels. */
export function markers(spots: readonly Point[], radius: number): Marker[] {
  const taken = new Boxes();
  for (const spot of spots) {
    taken.add({ left: spot.x - radius, top: spot.y - radius, right: spot.x + radius, bottom: spot.y + radius });
  }
  return spots.map((spot, index) => {
    const number = index + 1;
    const { width, height } = plate(number);
    for (const side of SIDES) {
      const text = { x: spot.x + side.x * (radius + width / 2), y: spot.y + side.y * (radius + height / 2 - 2) };
      const box = {
        left: text.x - width / 2,
        top: text.y - height / 2,
        right: text.x + width / 2,
        bottom: text.y + height / 2,
      };
      if (!taken.hits(box)) {
        taken.add(box);
        return { number, spot, text };
      }
    }
    return { number, spot, text: null };
  });
}

/** The point nearest to a spot, no further away than `reach` view pixels; the later one of two at the same place. */
export function nearest(spots: readonly Point[], spot: Point, reach: number): number | null {
  let best: number | null = null;
  let least = reach;
  for (const [index, one] of spots.entries()) {
    const distance = Math.hypot(one.x - spot.x, one.y - spot.y);
    if (distance <= least) {
      least = distance;
      best = index;
    }
  }
  return best;
}
