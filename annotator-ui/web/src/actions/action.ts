/**
 * Actions are data: buttons, keys, the help page and the tests read the same list.
 *
 * A key is written as a person would say it, `Ctrl+Z` or `?`. Keys without Ctrl, Alt or Meta act only while no text is
 * being written, and can be switched off as a whole, so that a voice control that types letters does no harm.
 */

import type { MessageKey } from '../i18n/catalogue';

/** How what an action did is taken back. */
export type Undo =
  /** Nothing is changed, or it is changed back by the same action. */
  | 'none'
  /** By undoing the last step on the canvas. */
  | 'history'
  /** It cannot be taken back; the page asks before. */
  | 'asks';

export interface Action<Context> {
  /** Unique in its list. */
  readonly id: string;
  readonly label: MessageKey;
  /** The first is shown on the button, the others work as well. */
  readonly keys: readonly string[];
  readonly when: (context: Context) => boolean;
  readonly run: (context: Context) => void;
  readonly undo: Undo;
  /** Goes on while the key is held down. */
  readonly repeats?: boolean;
}

export interface KeyLike {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
};

/** The name of a pressed key as lists of actions write it. Meta counts as Ctrl, so that Command works. */
export function keyName(event: KeyLike): string {
  const single = event.key.length === 1;
  const name = NAMES[event.key] ?? (single ? event.key.toUpperCase() : event.key);
  const letter = single && event.key.toLowerCase() !== event.key.toUpperCase();
  // `?` and `+` are made with Shift on many keyboards and without on others: Shift is part of the sign.
  const shift = event.shiftKey && (!single || letter || event.key === ' ');
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

/** Whether a key acts on its own, without Ctrl or Alt. */
export function isPlain(key: string): boolean {
  return !key.startsWith('Ctrl+') && !key.startsWith('Alt+');
}

/** Whether what has the focus takes text, so that plain keys belong to it. */
export function takesText(target: unknown): boolean {
  const element = target as { tagName?: string; type?: string; isContentEditable?: boolean } | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  const type = element.type ?? 'text';
  return element.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(type);
}

/** Whether the focused element itself acts on this key: buttons and links on Enter, buttons also on Space. */
function presses(target: unknown, key: string): boolean {
  const element = target as { tagName?: string } | null;
  const tag = element?.tagName;
  if (key === 'Enter') return tag === 'BUTTON' || tag === 'A' || tag === 'SUMMARY';
  if (key === 'Space') return tag === 'BUTTON' || tag === 'SUMMARY' || tag === 'INPUT' || tag === 'AUDIO';
  if (['Left', 'Right', 'Up', 'Down'].includes(key)) return tag === 'AUDIO' || tag === 'INPUT';
  return false;
}

/** The action that a key asks for, if it is allowed now. */
export function chosen<Context>(
  actions: readonly Action<Context>[],
  event: KeyLike & { repeat?: boolean; target?: unknown },
  context: Context,
  plainKeys: boolean,
): Action<Context> | null {
  const key = keyName(event);
  if (isPlain(key) && (!plainKeys || takesText(event.target) || presses(event.target, key))) return null;
  // Ctrl+Z inside a text field is the field's own.
  if (!isPlain(key) && takesText(event.target) && /^Ctrl\+(Shift\+)?[ZYACVX]$/.test(key)) return null;
  const action = actions.find((one) => one.keys.includes(key));
  if (!action || (event.repeat && !action.repeats) || !action.when(context)) return null;
  return action;
}

/** Keys that two actions of one list, or of lists that are alive together, both claim. */
export function clashes(lists: readonly (readonly Action<never>[])[]): string[] {
  const owner = new Map<string, string>();
  const found: string[] = [];
  for (const action of lists.flat()) {
    for (const key of action.keys) {
      const other = owner.get(key);
      if (other !== undefined) found.push(`${key}: ${other} and ${action.id}`);
      owner.set(key, action.id);
    }
  }
  return found;
}
