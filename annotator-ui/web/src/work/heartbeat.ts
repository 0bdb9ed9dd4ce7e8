/** Tells the server every few seconds that someone works on a task, and whether they did anything in between. */

import { isFailed } from '../takes/queue';

const EVERY_MS = 15_000;

export interface HeartbeatOptions {
  beat: (active: boolean) => Promise<{ lease_until: string; active_secs: number }>;
  /** Speaks for the person when they use neither mouse nor keys: while a recording runs. */
  busy: () => boolean;
  told: (answer: { lease_until: string; active_secs: number }) => void;
  /** The task is someone else's now. */
  lost: (code: string) => void;
  every_ms?: number;
}

/** Signs of a person: a pointer that only rests gives none. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove', 'input'] as const;

export class Heartbeat {
  private active = true;
  private timer: ReturnType<typeof setInterval> | null = null;
  private readonly sign = () => {
    this.active = true;
  };

  constructor(private readonly options: HeartbeatOptions) {}

  start(target: EventTarget = window): () => void {
    for (const name of SIGNS) target.addEventListener(name, this.sign, { passive: true });
    this.timer = setInterval(() => void this.beat(), this.options.every_ms ?? EVERY_MS);
    return () => {
      for (const name of SIGNS) target.removeEventListener(name, this.sign);
      if (this.timer !== null) clearInterval(this.timer);
      this.timer = null;
    };
  }

  async beat(): Promise<void> {
    const active = this.active || this.options.busy();
    this.active = false;
    try {
      this.options.told(await this.options.beat(active));
    } catch (error) {
      if (!isFailed(error)) throw error;
      if (error.status === 404 || error.status === 409) this.options.lost(error.code);
      // Without the network the time is not lost: the next beat says that someone was active.
      else this.active ||= active;
    }
  }
}
