/** The verdicts of the verifying kinds: each a key and a button. */

import type { MessageKey } from '../i18n/catalogue';
import type { Action } from './action';

export interface VerdictContext {
  verdict: string | null;
  choose: (verdict: string) => void;
}

function verdict(id: string, label: MessageKey, key: string): Action<VerdictContext> {
  return { id, label, keys: [key], when: () => true, run: ({ choose }) => choose(id), undo: 'none' };
}

export const PRESENCE: readonly Action<VerdictContext>[] = [
  verdict('absent', 'verdict_absent.absent', '1'),
  verdict('present', 'verdict_absent.present', '2'),
  verdict('unsure', 'verdict_absent.unsure', '3'),
];

export const POINTS_VERDICTS: readonly Action<VerdictContext>[] = [
  verdict('accept', 'verdict_points.accept', '1'),
  verdict('fix', 'verdict_points.fix', '2'),
  verdict('reject', 'verdict_points.reject', '3'),
];
