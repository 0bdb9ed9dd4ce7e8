/** The lists of actions that are alive now: the pages that are shown put theirs here, keys and help read them. */

import { onDestroy } from 'svelte';

import type { MessageKey } from '../i18n/catalogue';
import { session } from '../session.svelte';
import { chosen, type Action } from './action';

interface Living {
  title: MessageKey;
  actions: readonly Action<never>[];
  context: () => unknown;
}

let living = $state.raw<readonly Living[]>([]);

export function livingActions(): readonly Living[] {
  return living;
}

/** Makes a list of actions work as long as the component that calls this is shown. */
export function useActions<Context>(
  title: MessageKey,
  actions: readonly Action<Context>[],
  context: () => Context,
): void {
  const mine: Living = { title, actions: actions as readonly Action<never>[], context };
  living = [...living, mine];
  onDestroy(() => {
    living = living.filter((one) => one !== mine);
  });
}

/** Does what a pressed key asks for. The list that came last is asked first. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
  for (const { actions, context } of living.toReversed()) {
    const now = context() as never;
    const action = chosen(actions, event, now, session.plainKeys);
    if (action) {
      event.preventDefault();
      action.run(now);
      return;
    }
  }
}
