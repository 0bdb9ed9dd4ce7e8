import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { chosen, clashes, keyName, type Action, type KeyLike } from '../src/actions/action';
import { APP_ACTIONS } from '../src/actions/app';
import { POINT_ACTIONS, VIEW_ACTIONS } from '../src/actions/board';
import { LABEL_ACTIONS } from '../src/actions/labels';
import { REVIEW_ACTIONS } from '../src/actions/review';
import { SPEAK_ACTIONS } from '../src/actions/speak';
import { POINTS_VERDICTS, PRESENCE } from '../src/actions/verdict';
import { WORK_ACTIONS } from '../src/actions/work';
import { CATALOGUES, languageFor } from '../src/i18n/catalogue';
import { clock, fill, length, money, places } from '../src/i18n/format';

type List = readonly Action<never>[];

/** The lists that are alive together on each page. */
const PAGES: Record<string, List[]> = {
  speak: [APP_ACTIONS, WORK_ACTIONS, VIEW_ACTIONS, SPEAK_ACTIONS],
  points: [APP_ACTIONS, WORK_ACTIONS, VIEW_ACTIONS, POINT_ACTIONS, LABEL_ACTIONS],
  'not-present': [APP_ACTIONS, WORK_ACTIONS, VIEW_ACTIONS, POINT_ACTIONS, PRESENCE],
  'verify-points': [APP_ACTIONS, WORK_ACTIONS, VIEW_ACTIONS, POINT_ACTIONS, POINTS_VERDICTS],
  'verify-count': [APP_ACTIONS, WORK_ACTIONS, VIEW_ACTIONS, POINT_ACTIONS],
  review: [APP_ACTIONS, VIEW_ACTIONS, REVIEW_ACTIONS],
};

const press = (key: string, more: Partial<KeyLike> & { target?: unknown; repeat?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('actions', () => {
  it.each(Object.entries(PAGES))('of %s claim no key twice', (_, lists) => {
    expect(clashes(lists)).toEqual([]);
    const ids = lists.flat().map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('name keys as people say them', () => {
    expect(keyName(press('z', { ctrlKey: true }))).toBe('Ctrl+Z');
    expect(keyName(press('z', { metaKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Z');
    expect(keyName(press('?', { shiftKey: true }))).toBe('?');
    expect(keyName(press('ArrowLeft', { shiftKey: true }))).toBe('Shift+Left');
    expect(keyName(press(' '))).toBe('Space');
  });

  it('leave text fields and switched-off keys alone', () => {
    const list: Action<null>[] = [
      { id: 'a', label: 'action.skip', keys: ['X', 'Space'], when: () => true, run: () => undefined, undo: 'none' },
      { id: 'b', label: 'action.submit', keys: ['Ctrl+Enter'], when: () => true, run: () => undefined, undo: 'none' },
    ];
    const id = (event: ReturnType<typeof press>, plain = true) => chosen(list, event, null, plain)?.id ?? null;
    expect(id(press('x'))).toBe('a');
    expect(id(press('x'), false)).toBeNull();
    expect(id(press('x', { target: { tagName: 'TEXTAREA' } }))).toBeNull();
    expect(id(press('x', { target: { tagName: 'INPUT', type: 'text' } }))).toBeNull();
    expect(id(press('x', { target: { tagName: 'INPUT', type: 'radio' } }))).toBe('a');
    expect(id(press(' ', { target: { tagName: 'BUTTON' } }))).toBeNull();
    expect(id(press('x', { repeat: true }))).toBeNull();
    expect(id(press('Enter', { ctrlKey: true, target: { tagName: 'TEXTAREA' } }), false)).toBe('b');
  });
});

function sources(folder: URL): { name: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = new URL(entry.name + (entry.isDirectory() ? '/' : ''), folder);
    if (entry.isDirectory()) return sources(at);
    return /\.(ts|svelte)$/.test(entry.name) ? [{ name: entry.name, text: readFileSync(at, 'utf8') }] : [];
  });
}
const SOURCES = sources(new URL('../src/', import.meta.url));

describe('texts', () => {
  it('are there in every language, with the same values', () => {
    const { en } = CATALOGUES;
    for (const [language, catalogue] of Object.entries(CATALOGUES)) {
      expect(Object.keys(catalogue).sort(), language).toEqual(Object.keys(en!).sort());
      for (const [key, text] of Object.entries(catalogue)) {
        expect(places(text), `${language} ${key}`).toEqual(places(en![key as keyof typeof en]));
        expect(text.trim(), `${language} ${key}`).not.toBe('');
      }
    }
  });

  it('stand in the catalogues and nowhere else', () => {
    for (const { name, text } of SOURCES.filter((one) => one.name.endsWith('.svelte'))) {
      const markup = text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<!--[\s\S]*?-->/g, '');
      const plain = markup.replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '').replace(/<[^>]*>|&\w+;/g, '');
      expect(plain.match(/\p{L}{3,}/gu) ?? [], name).toEqual([]);
    }
  });

  it('are asked for by names that there are', () => {
    for (const { name, text } of SOURCES) {
      for (const [, key] of text.matchAll(/\bt\('([^']+)'/g)) expect(CATALOGUES.en, `${name} ${key}`).toHaveProperty([key!]);
    }
  });

  it('are put together by the rules of the language', () => {
    expect(fill('{n, point|points} of {who}', { n: 1, who: 'a' }, 'en')).toBe('1 point of a');
    expect(fill('{n, point|points}', { n: 1200 }, 'en')).toBe('1,200 points');
    expect(fill('{n, Punkt|Punkte}', { n: 1200 }, 'de')).toBe('1.200 Punkte');
    expect([clock(59.6), clock(3661)]).toEqual(['1:00', '1:01:01']);
    expect(length(7500, 'en')).toBe('2 hr 5 min');
    expect(length(0, 'en')).toBe('0 sec');
    expect(money(1234, 'EUR', 'en')).toBe('€12.34');
    expect(money(1234, 'JPY', 'en')).toBe('¥1,234');
    expect([languageFor(['fr', 'de-AT']), languageFor(['fr'])]).toEqual(['de', 'en']);
  });
});

describe('the network', () => {
  it('is called in one place', () => {
    const callers = SOURCES.filter(({ text }) => /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource/.test(text));
    expect(callers.map((one) => one.name)).toEqual(['api.ts']);
  });
  it('has no foreign address', () => {
    const foreign = SOURCES.filter(({ text }) => /https?:\/\//.test(text.replaceAll('http://www.w3.org', '')));
    expect(foreign.map((one) => one.name)).toEqual([]);
  });
});
