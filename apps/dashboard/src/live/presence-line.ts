import type { Client } from 'urql';
import { PresenceDocument } from '../api/documents.js';

/** Without a touch for so long nobody is taken to be at the page; one that is hidden is not touched. */
const patience = 600_000;
const lookEvery = 15_000;
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Says by being open that this person is here, and hears who else is: the cache takes it from there. Away is told by
 * opening it anew, and touching the page takes that back at once.
 */
export class PresenceLine {
  private release: () => void = () => undefined;
  private away = false;
  private touched = Date.now();
  private readonly timer = setInterval(() => this.look(), lookEvery);

  constructor(
    private readonly client: Client,
    private readonly page: EventTarget = window,
  ) {
    for (const touch of touches) page.addEventListener(touch, this.touch, { passive: true, capture: true });
  }

  /** On the line that is there now. */
  open(): void {
    this.release();
    const { away } = this;
    const heard = this.client.subscription(PresenceDocument, { away }).subscribe(() => undefined);
    this.release = () => heard.unsubscribe();
  }

  /** For good. */
  close(): void {
    clearInterval(this.timer);
    for (const touch of touches) this.page.removeEventListener(touch, this.touch, { capture: true });
    this.release();
    this.release = () => undefined;
  }

  private readonly touch = () => {
    this.touched = Date.now();
    this.look();
  };

  private look(): void {
    const away = Date.now() - this.touched >= patience;
    if (away === this.away) return;
    this.away = away;
    this.open();
  }
}
