/** What can be done with every task: hand it in, skip it. */

import type { Desk } from '../work/desk.svelte';
import type { Action } from './action';

export interface WorkContext {
  desk: Desk;
  /** Whether the answer is complete. */
  ready: boolean;
  submit: () => void;
}

export const WORK_ACTIONS: readonly Action<WorkContext>[] = [
  {
    id: 'submit',
    label: 'action.submit',
    keys: ['Ctrl+Enter'],
    when: ({ desk, ready }) => ready && !desk.sending && desk.lost === null,
    run: ({ submit }) => submit(),
    undo: 'asks',
  },
  {
    id: 'skip',
    label: 'action.skip',
    keys: ['X'],
    when: ({ desk }) => !desk.sending && desk.lost === null,
    run: ({ desk }) => (desk.skipping = true),
    undo: 'asks',
  },
];
