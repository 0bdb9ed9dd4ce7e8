/** What can be done with labels. */

import type { Board } from '../points/board.svelte';
import * as edit from '../points/edit';
import type { Action } from './action';

export interface LabelContext {
  board: Board;
  /** Puts the focus where a new label is written; `null` where the label is given. */
  write: (() => void) | null;
}

const more = ({ board }: LabelContext) => board.sheet.labels.length > 1;

export const LABEL_ACTIONS: readonly Action<LabelContext>[] = [
  { id: 'new_label', label: 'action.new_label', keys: ['N'], when: ({ write }) => write !== null, run: ({ write }) => write?.(), undo: 'none' },
  { id: 'next_label', label: 'action.next_label', keys: ['PageDown'], when: more, run: ({ board }) => board.chooseLabel((board.sheet.active + 1) % board.sheet.labels.length), undo: 'none' },
  { id: 'previous_label', label: 'action.previous_label', keys: ['PageUp'], when: more, run: ({ board }) => board.chooseLabel((board.sheet.active - 1 + board.sheet.labels.length) % board.sheet.labels.length), undo: 'none' },
  {
    id: 'all_marked',
    label: 'action.all_marked',
    keys: ['A'],
    when: ({ board }) => (board.active?.points.length ?? 0) > 0,
    run: ({ board }) => board.change(edit.confirmAll(board.sheet, board.sheet.active, !board.active?.all_marked)),
    undo: 'history',
  },
];
