/** What can be done on every page. */

import type { Action } from './action';

export interface AppContext {
  help: () => void;
}

export const APP_ACTIONS: readonly Action<AppContext>[] = [
  {
    id: 'help',
    label: 'action.help',
    keys: ['?', 'F1'],
    when: () => true,
    run: (app) => app.help(),
    undo: 'none',
  },
];
