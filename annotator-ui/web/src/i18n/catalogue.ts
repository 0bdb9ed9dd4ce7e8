/** The message catalogues. A language is a file beside this one and a line here. */

import { de } from './de';
import { en } from './en';

export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;

export const CATALOGUES: Readonly<Record<string, Catalogue>> = { en, de };

/** The catalogue whose language a person asked for, by the first of their wishes that there is. */
export function languageFor(wishes: readonly string[]): string {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split('-')[0] ?? '';
    if (language in CATALOGUES) return language;
  }
  return 'en';
}
