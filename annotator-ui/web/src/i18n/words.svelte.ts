/** The language that the page speaks now, and every text in it. */

import { CATALOGUES, languageFor, type MessageKey } from './catalogue';
import * as format from './format';

const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem('language');
let language = $state(
  languageFor([...(stored ? [stored] : []), ...(typeof navigator === 'undefined' ? [] : navigator.languages)]),
);

export function currentLanguage(): string {
  return language;
}

export function chooseLanguage(wish: string): void {
  language = languageFor([wish]);
  localStorage.setItem('language', language);
  document.documentElement.lang = language;
}

export function t(key: MessageKey, values: format.Values = {}): string {
  return format.fill(CATALOGUES[language]?.[key] ?? CATALOGUES.en![key], values, language);
}

/** The text for a word that the server sent, as `status.approved`; a word without a text is shown as it came. */
export function word(group: string, value: string): string {
  const key = `${group}.${value}` as MessageKey;
  return CATALOGUES[language]?.[key] ?? value.replaceAll(/[_-]/g, ' ');
}

export const money = (minor: number, currency: string) => format.money(minor, currency, language);
export const span = (secs: number) => format.length(secs, language);
export const clock = format.clock;
export const size = (count: number) => format.bytes(count, language);
export const when = (text: string | null | undefined) => format.date(text, language);
export const number = (value: number, digits = 0) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
export const percent = (share: number, digits = 0) =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share);
