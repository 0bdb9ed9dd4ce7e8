import { describe, expect, it } from 'vitest';

import * as edit from '../src/points/edit';
import { markers, nearest, plate } from '../src/points/markers';
import { answerFault, closePairs, DEFAULT_LIMITS, labelFault } from '../src/points/rules';
import { contained, fitted, SCALE_MAX, toImage, toView, zoomed } from '../src/points/view';

const IMAGE = { width: 4000, height: 3000 };
const VIEW = { width: 900, height: 600 };

describe('the view', () => {
  it('gives back the point that was clicked, at any zoom', () => {
    let at = fitted(IMAGE, VIEW);
    for (let i = 0; i < 40; i += 1) {
      const spot = { x: (i * 137) % VIEW.width, y: (i * 71) % VIEW.height };
      const back = toView(toImage(spot, at, IMAGE), at, IMAGE);
      expect(Math.hypot(back.x - spot.x, back.y - spot.y)).toBeLessThan(1e-6);
      at = zoomed(at, i % 3 === 2 ? 0.7 : 1.4, spot, IMAGE, VIEW);
    }
    expect(at.scale).toBeLessThanOrEqual(SCALE_MAX);
  });

  it('keeps the spot under the pointer while zooming in', () => {
    const at = zoomed(fitted(IMAGE, VIEW), 6, { x: 450, y: 300 }, IMAGE, VIEW);
    const spot = { x: 500, y: 320 };
    const before = toImage(spot, at, IMAGE);
    const after = toImage(spot, zoomed(at, 1.5, spot, IMAGE, VIEW), IMAGE);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  it('never loses the image', () => {
    const far = contained({ scale: 1, x: 5000, y: -9000 }, IMAGE, VIEW);
    expect(far).toEqual({ scale: 1, x: 0, y: VIEW.height - IMAGE.height });
  });
});

describe('the sheet', () => {
  it('goes back and forth through every step', () => {
    const history = new edit.History(edit.EMPTY);
    const seen = [history.sheet];
    const go = (sheet: edit.Sheet) => {
      history.go(sheet);
      seen.push(history.sheet);
    };
    go(edit.addLabel(history.sheet, ' red kite '));
    go(edit.addPoint(history.sheet, { x: 10, y: 20 }));
    go(edit.addPoint(history.sheet, { x: 30, y: 40 }));
    go(edit.confirmAll(history.sheet, 0, true));
    go(edit.movePoint(history.sheet, 1, { x: 130, y: -3 }));
    go(edit.removePoint(history.sheet, 0));
    expect(history.sheet.labels).toEqual([{ label: 'red kite', points: [{ x: 100, y: 0 }], all_marked: false }]);
    for (let i = seen.length - 2; i >= 0; i -= 1) {
      history.undo();
      expect(history.sheet).toBe(seen[i]);
    }
    expect(history.canUndo).toBe(false);
    for (const sheet of seen.slice(1)) {
      history.redo();
      expect(history.sheet).toBe(sheet);
    }
  });

  it('takes back a confirmation when points change', () => {
    let sheet = edit.addPoint(edit.addLabel(edit.EMPTY, 'a'), { x: 1, y: 1 });
    sheet = edit.confirmClose(edit.confirmAll(sheet, 0, true), 0);
    expect(edit.addPoint(sheet, { x: 2, y: 2 }).labels[0]).toEqual({
      label: 'a',
      points: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
      all_marked: false,
    });
  });

  it('sets no point outside the image', () => {
    const sheet = edit.addLabel(edit.EMPTY, 'a');
    expect(edit.addPoint(sheet, { x: 100.01, y: 5 })).toBe(sheet);
  });

  it('counts a drag as one step', () => {
    const start = edit.addPoint(edit.addLabel(edit.EMPTY, 'a'), { x: 1, y: 1 });
    const history = new edit.History(start);
    for (let x = 2; x < 50; x += 1) history.show(edit.movePoint(history.sheet, 0, { x, y: 1 }));
    history.settle(start, history.sheet);
    history.undo();
    expect(history.sheet).toBe(start);
  });

  it('reads a draft, and nothing that is none', () => {
    const sheet = edit.addPoint(edit.addLabel(edit.EMPTY, 'a'), { x: 1, y: 2 });
    expect(edit.fromDraft({ labels: sheet.labels })?.labels).toEqual(sheet.labels);
    for (const wrong of [null, 3, {}, { labels: 'a' }, { labels: [{ label: 1 }] }]) {
      expect(edit.fromDraft(wrong)).toBeNull();
    }
  });
});

describe('the rules', () => {
  it('knows a good label', () => {
    const fault = (label: string, others: string[] = []) => labelFault(label, others, DEFAULT_LIMITS);
    expect(fault('the left-most cup')).toBeNull();
    expect(fault('   ')).toBe('label_empty');
    expect(fault('x'.repeat(121))).toBe('label_long');
    expect(fault('🪁'.repeat(120))).toBeNull();
    for (const sign of ['"', '<', '>', '\u0007', '\n']) expect(fault(`a${sign}b`)).toBe('label_signs');
    expect(fault(' Red  KITE', ['red kite'])).toBe('label_twice');
  });

  it('finds points that are too close, by the diagonal', () => {
    // 0.3 % of a diagonal of 5,000 pixels are 15 pixels.
    const at = (x: number, y: number) => ({ x: (100 * x) / IMAGE.width, y: (100 * y) / IMAGE.height });
    expect(closePairs([at(100, 100), at(114, 100), at(100, 116), at(900, 900)], IMAGE, 0.3)).toEqual([[0, 1]]);
  });

  it('names the first thing that keeps an answer back', () => {
    const code = (labels: Parameters<typeof answerFault>[0]) => answerFault(labels, IMAGE, DEFAULT_LIMITS)?.code ?? null;
    const good = { label: 'a', points: [{ x: 1, y: 1 }], all_marked: true };
    expect(code([])).toBe('no_labels');
    expect(code([good])).toBeNull();
    expect(code([good, { ...good, label: ' A ' }])).toBe('label_twice');
    expect(code([{ ...good, points: [] }])).toBe('no_points');
    expect(code([{ ...good, all_marked: false }])).toBe('not_all_marked');
    const close = { ...good, points: [{ x: 1, y: 1 }, { x: 1.01, y: 1 }] };
    expect(code([close])).toBe('too_close');
    expect(code([{ ...close, close_confirmed: true }])).toBeNull();
  });
});

describe('markers', () => {
  it('places 200 numbers so that none covers another or a dot', () => {
    const spots = Array.from({ length: 200 }, (_, i) => ({ x: 40 + (i % 20) * 52, y: 40 + Math.floor(i / 20) * 60 }));
    const radius = 4;
    const placed = markers(spots, radius);
    expect(placed.filter((one) => one.text === null)).toEqual([]);
    const boxes = placed.map(({ number, text }) => {
      const { width, height } = plate(number);
      return { left: text!.x - width / 2, right: text!.x + width / 2, top: text!.y - height / 2, bottom: text!.y + height / 2 };
    });
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
      }
      for (const spot of spots) {
        const inside = spot.x > a.left && spot.x < a.right && spot.y > a.top && spot.y < a.bottom;
        expect(inside).toBe(false);
      }
    }
  });

  it('leaves a number out where there is no room', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => ({ x: 100 + (i % 8) * 5, y: 100 + Math.floor(i / 8) * 5 }));
    expect(markers(crowd, 5).some((one) => one.text === null)).toBe(true);
  });

  it('finds the nearest point within reach', () => {
    const spots = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 0 }];
    expect(nearest(spots, { x: 8, y: 1 }, 11)).toBe(2);
    expect(nearest(spots, { x: 40, y: 0 }, 11)).toBeNull();
  });
});
