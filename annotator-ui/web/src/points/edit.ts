/**
 * The sheet on which points are set: labels, their points, and every step back and forth.
 *
 * A sheet is never changed in place: every edit gives a new one, so undo is a list of sheets, and what is drawn can be
 * compared with what was drawn. A change of a label's points takes its confirmations back, because they were given for
 * other points.
 */

import type { LabelPoints, Point } from '../types';
import { insideImage } from './rules';

export interface Sheet {
  readonly labels: readonly LabelPoints[];
  /** Index of the label that is worked on; -1 without labels. */
  readonly active: number;
}

export const EMPTY: Sheet = { labels: [], active: -1 };

/** Coordinates are kept to a ten-thousandth of a per cent: a hundredth of a pixel in an image 10,000 pixels wide. */
function rounded(point: Point): Point {
  const trim = (value: number) => Math.round(value * 1e4) / 1e4;
  return { x: trim(point.x), y: trim(point.y) };
}

export function activeLabel(sheet: Sheet): LabelPoints | null {
  return sheet.labels[sheet.active] ?? null;
}

function withLabel(sheet: Sheet, index: number, change: (label: LabelPoints) => LabelPoints): Sheet {
  return { ...sheet, labels: sheet.labels.map((label, i) => (i === index ? change(label) : label)) };
}

function withPoints(sheet: Sheet, change: (points: Point[]) => Point[]): Sheet {
  return withLabel(sheet, sheet.active, (label) => ({
    label: label.label,
    points: change([...label.points]),
    all_marked: false,
  }));
}

export function addLabel(sheet: Sheet, label: string): Sheet {
  const labels = [...sheet.labels, { label: label.trim(), points: [], all_marked: false }];
  return { labels, active: labels.length - 1 };
}

export function renameLabel(sheet: Sheet, index: number, label: string): Sheet {
  return withLabel(sheet, index, (before) => ({ ...before, label: label.trim(), all_marked: false }));
}

export function removeLabel(sheet: Sheet, index: number): Sheet {
  const labels = sheet.labels.filter((_, i) => i !== index);
  const active = sheet.active > index || sheet.active >= labels.length ? sheet.active - 1 : sheet.active;
  return { labels, active: labels.length === 0 ? -1 : Math.max(0, active) };
}

export function chooseLabel(sheet: Sheet, index: number): Sheet {
  return index >= 0 && index < sheet.labels.length ? { ...sheet, active: index } : sheet;
}

/** Adds a point to the active label; a point outside the image is not one. */
export function addPoint(sheet: Sheet, point: Point): Sheet {
  if (!activeLabel(sheet) || !insideImage(point)) return sheet;
  return withPoints(sheet, (points) => [...points, rounded(point)]);
}

/** Moves a point, no further than the edge of the image. */
export function movePoint(sheet: Sheet, index: number, to: Point): Sheet {
  if (!activeLabel(sheet)?.points[index]) return sheet;
  const held = rounded({ x: Math.min(100, Math.max(0, to.x)), y: Math.min(100, Math.max(0, to.y)) });
  return withPoints(sheet, (points) => points.map((point, i) => (i === index ? held : point)));
}

export function removePoint(sheet: Sheet, index: number): Sheet {
  if (!activeLabel(sheet)?.points[index]) return sheet;
  return withPoints(sheet, (points) => points.filter((_, i) => i !== index));
}

/** Says that every instance of a label is marked, or takes that back. */
export function confirmAll(sheet: Sheet, index: number, all_marked: boolean): Sheet {
  return withLabel(sheet, index, (label) => ({ ...label, all_marked }));
}

/** Says that points which lie very close are meant. */
export function confirmClose(sheet: Sheet, index: number): Sheet {
  return withLabel(sheet, index, (label) => ({ ...label, close_confirmed: true }));
}

/** A sheet from what was saved; `null` when that is no such thing. */
export function fromDraft(draft: unknown): Sheet | null {
  const labels = (draft as { labels?: unknown } | null)?.labels;
  if (!Array.isArray(labels)) return null;
  const read: LabelPoints[] = [];
  for (const one of labels as Partial<LabelPoints>[]) {
    if (typeof one?.label !== 'string' || !Array.isArray(one.points)) return null;
    const points = one.points.filter((p) => typeof p?.x === 'number' && typeof p?.y === 'number');
    read.push({
      label: one.label,
      points: points.map((p) => ({ x: p.x, y: p.y })),
      all_marked: one.all_marked === true,
      ...(one.close_confirmed === true ? { close_confirmed: true } : {}),
    });
  }
  return { labels: read, active: read.length - 1 };
}

/** Steps back and forth. */
export class History {
  private past: Sheet[] = [];
  private future: Sheet[] = [];

  constructor(
    private now: Sheet,
    private readonly steps_max = 500,
  ) {}

  get sheet(): Sheet {
    return this.now;
  }

  /** Goes to a sheet as a step that can be undone; the same sheet is no step. */
  go(sheet: Sheet): void {
    if (sheet === this.now) return;
    this.past.push(this.now);
    if (this.past.length > this.steps_max) this.past.shift();
    this.future = [];
    this.now = sheet;
  }

  /** Replaces the sheet without a step: while a point is dragged, or when another label is looked at. */
  show(sheet: Sheet): void {
    this.now = sheet;
  }

  /** Goes to a sheet as one step from `before`, with whatever was shown in between left out. */
  settle(before: Sheet, sheet: Sheet): void {
    this.now = before;
    this.go(sheet);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.now);
    this.now = before;
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.now);
    this.now = after;
  }
}
