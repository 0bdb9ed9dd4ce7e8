/** Friendly sentences for what went wrong. */

import { ApiError } from './api';
import { CATALOGUES, type MessageKey } from './i18n/catalogue';
import { currentLanguage, t } from './i18n/words.svelte';

/** The sentence for a code, in the person's language; without one, what the server said. */
export function sayCode(code: string, otherwise: string | null = null): string {
  const key = `error.${code}` as MessageKey;
  if (CATALOGUES[currentLanguage()]?.[key] !== undefined) return t(key);
  return otherwise ?? t('error.other', { code });
}

export function sayError(error: unknown): string {
  if (error instanceof ApiError) {
    const said = error.status === 0 ? null : error.message;
    const sentence = sayCode(error.code, said);
    if (error.status === 429 && error.retry_after_secs !== undefined) {
      return `${sentence} ${t('error.retry_after', { secs: Math.ceil(error.retry_after_secs) })}`;
    }
    return error.hint && sentence === said ? `${sentence}. ${error.hint}.` : sentence;
  }
  return t('error.bug', { what: String(error) });
}
