/** The state of one image on the canvas: its view, the sheet of points, the cursor of the keyboard. */

import type { Image, LabelPoints, Point } from '../types';
import * as edit from './edit';
import { pixels, contained, fitted, panned, revealed, toImage, toView, zoomed, type Size, type View } from './view';

/** A step of the cursor in view pixels. */
const CURSOR_STEP = 16;

export class Board {
  readonly image: Image;
  sheet = $state.raw<edit.Sheet>(edit.EMPTY);
  view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  size = $state.raw<Size>({ width: 0, height: 0 });
  /** Index of the chosen point of the active label. */
  chosen = $state<number | null>(null);
  /** Where the keyboard would put a point; `null` until an arrow key is pressed. */
  cursor = $state.raw<Point | null>(null);
  canUndo = $state(false);
  canRedo = $state(false);
  private readonly history: edit.History;
  private whole = true;

  constructor(
    image: Image,
    start: edit.Sheet,
    readonly options: { points: boolean; points_max: number; changed?: (sheet: edit.Sheet) => void },
  ) {
    this.image = image;
    this.history = new edit.History(start);
    this.sheet = start;
  }

  get active(): LabelPoints | null {
    return edit.activeLabel(this.sheet);
  }

  private sync(): void {
    this.sheet = this.history.sheet;
    this.canUndo = this.history.canUndo;
    this.canRedo = this.history.canRedo;
    const count = this.active?.points.length ?? 0;
    if (this.chosen !== null && this.chosen >= count) this.chosen = null;
    this.options.changed?.(this.sheet);
  }

  change(sheet: edit.Sheet): void {
    this.history.go(sheet);
    this.sync();
  }

  undo(): void {
    this.history.undo();
    this.sync();
  }
  redo(): void {
    this.history.redo();
    this.sync();
  }

  chooseLabel(index: number): void {
    this.chosen = null;
    this.history.show(edit.chooseLabel(this.sheet, index));
    this.sync();
  }

  /** Adds a point at per cent of the image. */
  add(point: Point): void {
    const active = this.active;
    if (!this.options.points || !active || active.points.length >= this.options.points_max) return;
    const sheet = edit.addPoint(this.sheet, point);
    if (sheet === this.sheet) return;
    this.change(sheet);
    this.chosen = (this.active?.points.length ?? 0) - 1;
  }

  remove(index: number | null = this.chosen): void {
    if (index === null) return;
    this.change(edit.removePoint(this.sheet, index));
    this.chosen = null;
  }

  private dragFrom: edit.Sheet | null = null;
  drag(index: number, to: Point): void {
    this.dragFrom ??= this.sheet;
    this.history.show(edit.movePoint(this.sheet, index, to));
    this.sheet = this.history.sheet;
    this.chosen = index;
  }
  drop(): void {
    if (!this.dragFrom) return;
    this.history.settle(this.dragFrom, this.sheet);
    this.dragFrom = null;
    this.sync();
  }

  resize(size: Size): void {
    this.size = size;
    this.view = this.whole ? fitted(this.image, size) : contained(this.view, this.image, size);
  }
  fit(): void {
    this.whole = true;
    this.view = fitted(this.image, this.size);
  }
  zoom(factor: number, focus?: Point): void {
    const spot =
      focus ?? (this.cursor && toView(this.cursor, this.view, this.image)) ?? {
        x: this.size.width / 2,
        y: this.size.height / 2,
      };
    this.view = zoomed(this.view, factor, spot, this.image, this.size);
    this.whole = this.view.scale <= fitted(this.image, this.size).scale;
  }
  pan(dx: number, dy: number): void {
    this.view = panned(this.view, dx, dy, this.image, this.size);
  }

  /** Moves the cursor by steps of view pixels. */
  step(dx: number, dy: number): void {
    const from = this.cursor ?? toImage({ x: this.size.width / 2, y: this.size.height / 2 }, this.view, this.image);
    const share = CURSOR_STEP / this.view.scale;
    this.moveCursor({
      x: from.x + ((dx * share) / this.image.width) * 100,
      y: from.y + ((dy * share) / this.image.height) * 100,
    });
  }

  /** Moves the chosen point, or else the cursor, by single pixels of the image. */
  nudge(dx: number, dy: number): void {
    const step = pixels(1, this.image);
    const point = this.chosen === null ? null : (this.active?.points[this.chosen] ?? null);
    if (point && this.chosen !== null && this.options.points) {
      const to = { x: point.x + dx * step.x, y: point.y + dy * step.y };
      this.change(edit.movePoint(this.sheet, this.chosen, to));
      this.view = revealed(this.view, to, this.image, this.size);
    } else {
      const from = this.cursor ?? { x: 50, y: 50 };
      this.moveCursor({ x: from.x + dx * step.x, y: from.y + dy * step.y });
    }
  }

  private moveCursor(to: Point): void {
    this.chosen = null;
    this.cursor = { x: Math.min(100, Math.max(0, to.x)), y: Math.min(100, Math.max(0, to.y)) };
    this.view = revealed(this.view, this.cursor, this.image, this.size);
  }

  choose(index: number | null): void {
    this.chosen = index;
    const point = index === null ? null : this.active?.points[index];
    if (point) this.view = revealed(this.view, point, this.image, this.size);
  }
  chooseNext(by: number): void {
    const count = this.active?.points.length ?? 0;
    if (count === 0) return;
    this.choose(this.chosen === null ? (by > 0 ? 0 : count - 1) : (this.chosen + by + count) % count);
  }
}
