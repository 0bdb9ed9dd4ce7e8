/** Who is signed in, and what this browser remembers of their wishes. */

import * as api from './api';
import { chooseLanguage } from './i18n/words.svelte';
import type { Hello, Me, Role } from './types';

export type Theme = 'auto' | 'light' | 'dark';

class Session {
  hello = $state<Hello | null>(null);
  me = $state<Me | null>(null);
  /** Whether the server was asked who is signed in. */
  known = $state(false);
  /** The server could not be reached when the page began. */
  unreachable = $state(false);
  theme = $state<Theme>('auto');
  plainKeys = $state(true);
  online = $state(true);

  begin(): void {
    const theme = localStorage.getItem('theme');
    this.chooseTheme(theme === 'light' || theme === 'dark' ? theme : 'auto');
    this.plainKeys = localStorage.getItem('plain_keys') !== 'off';
    this.online = navigator.onLine;
    addEventListener('online', () => (this.online = true));
    addEventListener('offline', () => (this.online = false));
    api.onSignedOut(() => (this.me = null));
  }

  async load(): Promise<void> {
    this.unreachable = false;
    try {
      this.hello = await api.hello();
      if (this.hello.signed_in) this.enter(await api.me());
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 401)) this.unreachable = true;
    }
    this.known = true;
  }

  enter(me: Me): void {
    this.me = me;
    if (me.language) chooseLanguage(me.language);
  }

  has(role: Role): boolean {
    return this.me?.roles.includes(role) ?? false;
  }

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem('theme', theme);
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  choosePlainKeys(on: boolean): void {
    this.plainKeys = on;
    localStorage.setItem('plain_keys', on ? 'on' : 'off');
  }
}

export const session = new Session();
