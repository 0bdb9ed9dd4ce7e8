/** What a reviewer can do with an answer. */

import type { Decision } from '../types';
import type { MessageKey } from '../i18n/catalogue';
import type { Action } from './action';

export interface ReviewContext {
  /** An answer is shown and nothing is being sent. */
  open: boolean;
  decision: Decision | null;
  decide: (decision: Decision) => void;
  listen: (() => void) | null;
}

function decision(id: Decision, label: MessageKey, key: string): Action<ReviewContext> {
  return { id, label, keys: [key], when: ({ open }) => open, run: ({ decide }) => decide(id), undo: 'asks' };
}

export const REVIEW_ACTIONS: readonly Action<ReviewContext>[] = [
  decision('approve', 'action.approve', 'A'),
  decision('return', 'action.return', 'R'),
  decision('reject', 'action.reject', 'J'),
  { id: 'listen', label: 'action.listen', keys: ['L'], when: ({ listen }) => listen !== null, run: ({ listen }) => listen?.(), undo: 'none' },
];
