/** What a label and its points must keep. The server holds answers to the same rules; here they are told while typing. */

import type { LabelPoints, Point, PointLimits } from '../types';
import type { Size } from './view';

export const DEFAULT_LIMITS: PointLimits = {
  labels_max: 20,
  points_max: 500,
  close_percent: 0.3,
  label_chars_max: 120,
};

export type LabelFault = 'label_empty' | 'label_long' | 'label_signs' | 'label_twice';

/** Two labels are the same when they differ in case, spaces or Unicode form alone. */
export function normalised(label: string): string {
  return label.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** What is wrong with a label beside the others of its image, if anything. */
export function labelFault(label: string, others: readonly string[], limits: PointLimits): LabelFault | null {
  const text = label.trim();
  if (text === '') return 'label_empty';
  if ([...text].length > limits.label_chars_max) return 'label_long';
  // `"`, `<` and `>` would end the attribute or the tag that a label becomes in the texts models train on.
  if (/["<>\p{Cc}]/u.test(text)) return 'label_signs';
  const same = normalised(text);
  return others.some((other) => normalised(other) === same) ? 'label_twice' : null;
}

export function insideImage(point: Point): boolean {
  return point.x >= 0 && point.x <= 100 && point.y >= 0 && point.y <= 100;
}

/** The distance of two points as a share of the image's diagonal, in per cent. */
export function distancePercent(a: Point, b: Point, image: Size): number {
  const dx = ((a.x - b.x) / 100) * image.width;
  const dy = ((a.y - b.y) / 100) * image.height;
  return (100 * Math.hypot(dx, dy)) / Math.hypot(image.width, image.height);
}

/** Pairs of points of one label that lie closer than allowed without a confirmation, as indices. */
export function closePairs(points: readonly Point[], image: Size, close_percent: number): [number, number][] {
  const order = points.map((_, index) => index).sort((a, b) => points[a]!.x - points[b]!.x);
  // Sorted by x, only neighbours within the reach have to be compared.
  const reach = (close_percent * Math.hypot(image.width, image.height)) / image.width;
  const pairs: [number, number][] = [];
  for (let i = 0; i < order.length; i += 1) {
    const a = order[i]!;
    for (let j = i + 1; j < order.length; j += 1) {
      const b = order[j]!;
      if (points[b]!.x - points[a]!.x > reach) break;
      if (distancePercent(points[a]!, points[b]!, image) < close_percent) pairs.push([Math.min(a, b), Math.max(a, b)]);
    }
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

export type AnswerFault =
  | { code: LabelFault; label: number }
  | { code: 'no_labels' }
  | { code: 'no_points'; label: number }
  | { code: 'too_many_points'; label: number }
  | { code: 'too_close'; label: number; pairs: [number, number][] }
  | { code: 'not_all_marked'; label: number };

/** The first thing that keeps an answer from being sent, in the order in which a person would mend it. */
export function answerFault(labels: readonly LabelPoints[], image: Size, limits: PointLimits): AnswerFault | null {
  if (labels.length === 0) return { code: 'no_labels' };
  for (const [index, label] of labels.entries()) {
    const others = labels.filter((_, other) => other < index).map((other) => other.label);
    const fault = labelFault(label.label, others, limits);
    if (fault) return { code: fault, label: index };
    if (label.points.length === 0) return { code: 'no_points', label: index };
    if (label.points.length > limits.points_max) return { code: 'too_many_points', label: index };
    const pairs = closePairs(label.points, image, limits.close_percent);
    if (pairs.length > 0 && !label.close_confirmed) return { code: 'too_close', label: index, pairs };
    if (!label.all_marked) return { code: 'not_all_marked', label: index };
  }
  return null;
}
