/** What can be done on an image with points, by key or button. */

import type { Board } from '../points/board.svelte';
import type { Action } from './action';

export interface BoardContext {
  board: Board;
}

const sees = () => true;
const sets = ({ board }: BoardContext) => board.options.points;

export const VIEW_ACTIONS: readonly Action<BoardContext>[] = [
  { id: 'zoom_in', label: 'action.zoom_in', keys: ['+', '='], when: sees, run: ({ board }) => board.zoom(1.5), undo: 'none', repeats: true },
  { id: 'zoom_out', label: 'action.zoom_out', keys: ['-'], when: sees, run: ({ board }) => board.zoom(1 / 1.5), undo: 'none', repeats: true },
  { id: 'fit', label: 'action.fit', keys: ['0'], when: sees, run: ({ board }) => board.fit(), undo: 'none' },
  { id: 'pan_left', label: 'action.pan_left', keys: ['Shift+Left'], when: sees, run: ({ board }) => board.pan(60, 0), undo: 'none', repeats: true },
  { id: 'pan_right', label: 'action.pan_right', keys: ['Shift+Right'], when: sees, run: ({ board }) => board.pan(-60, 0), undo: 'none', repeats: true },
  { id: 'pan_up', label: 'action.pan_up', keys: ['Shift+Up'], when: sees, run: ({ board }) => board.pan(0, 60), undo: 'none', repeats: true },
  { id: 'pan_down', label: 'action.pan_down', keys: ['Shift+Down'], when: sees, run: ({ board }) => board.pan(0, -60), undo: 'none', repeats: true },
];

const has = ({ board }: BoardContext) => sets({ board }) && board.active !== null;
const some = ({ board }: BoardContext) => has({ board }) && (board.active?.points.length ?? 0) > 0;

export const POINT_ACTIONS: readonly Action<BoardContext>[] = [
  { id: 'put', label: 'action.put', keys: ['Space'], when: (c) => has(c) && c.board.cursor !== null, run: ({ board }) => board.cursor && board.add(board.cursor), undo: 'history' },
  { id: 'left', label: 'action.left', keys: ['Left'], when: sets, run: ({ board }) => board.step(-1, 0), undo: 'none', repeats: true },
  { id: 'right', label: 'action.right', keys: ['Right'], when: sets, run: ({ board }) => board.step(1, 0), undo: 'none', repeats: true },
  { id: 'up', label: 'action.up', keys: ['Up'], when: sets, run: ({ board }) => board.step(0, -1), undo: 'none', repeats: true },
  { id: 'down', label: 'action.down', keys: ['Down'], when: sets, run: ({ board }) => board.step(0, 1), undo: 'none', repeats: true },
  { id: 'nudge_left', label: 'action.nudge_left', keys: ['Ctrl+Left'], when: sets, run: ({ board }) => board.nudge(-1, 0), undo: 'history', repeats: true },
  { id: 'nudge_right', label: 'action.nudge_right', keys: ['Ctrl+Right'], when: sets, run: ({ board }) => board.nudge(1, 0), undo: 'history', repeats: true },
  { id: 'nudge_up', label: 'action.nudge_up', keys: ['Ctrl+Up'], when: sets, run: ({ board }) => board.nudge(0, -1), undo: 'history', repeats: true },
  { id: 'nudge_down', label: 'action.nudge_down', keys: ['Ctrl+Down'], when: sets, run: ({ board }) => board.nudge(0, 1), undo: 'history', repeats: true },
  { id: 'next_point', label: 'action.next_point', keys: [']', '.'], when: some, run: ({ board }) => board.chooseNext(1), undo: 'none', repeats: true },
  { id: 'previous_point', label: 'action.previous_point', keys: ['[', ','], when: some, run: ({ board }) => board.chooseNext(-1), undo: 'none', repeats: true },
  { id: 'remove', label: 'action.remove', keys: ['Delete', 'Backspace'], when: (c) => sets(c) && c.board.chosen !== null, run: ({ board }) => board.remove(), undo: 'history' },
  { id: 'undo', label: 'action.undo', keys: ['Ctrl+Z'], when: ({ board }) => board.canUndo, run: ({ board }) => board.undo(), undo: 'none', repeats: true },
  { id: 'redo', label: 'action.redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], when: ({ board }) => board.canRedo, run: ({ board }) => board.redo(), undo: 'none', repeats: true },
];
