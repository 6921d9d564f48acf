import type { WrittenAnswer } from '../../../libs/widget-protocol/index.js';
import type { Kept, Unsent } from './kept.js';
import { Refusal, type VisitorApi } from './visitor-api.js';

/** Why something is not sent yet, or will not be. */
export type Hold = 'sending' | 'waiting' | 'slower' | 'refused';

/** Nothing is taken from this visitor any more, or a file that belongs to it is not there any more. */
export type End = 'closed' | 'file';

/** What was written and is not with the server yet, as it is shown. */
export interface Outgoing extends Unsent {
  readonly hold: Hold;
  /** Why it will not be sent, where trying again does not help. */
  readonly end: End | null;
  /** Of a page before this one, which may not have heard that the server has it. */
  readonly restored: boolean;
}

const firstPause = 2_000;
const longestPause = 30_000;

/**
 * What was written goes out in its order, one after the other, each with a key by which the server takes it once however
 * often it is sent. It is kept until the server has it.
 */
export class Outbox {
  private items: readonly Outgoing[] = [];
  private busy = false;
  private pause = firstPause;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: VisitorApi,
    private readonly kept: Kept,
    /** Makes sure that there is a session; throws what the server refuses. */
    private readonly enter: () => Promise<void>,
    private readonly sent: (item: Outgoing, answer: WrittenAnswer) => void,
    private readonly changed: () => void,
  ) {
    this.items = kept.now.unsent.map((item) => ({ ...item, hold: 'waiting' as const, end: null, restored: true }));
    addEventListener('online', () => this.hurry());
  }

  get all(): readonly Outgoing[] {
    return this.items;
  }

  /** Whether something is on its way at this moment. */
  get sending(): boolean {
    return this.busy;
  }

  add(text: string | null, attachments: Unsent['attachments']): void {
    const at = new Date().toISOString();
    const key = crypto.randomUUID();
    this.put([...this.items, { key, text, attachments, at, hold: 'sending', end: null, restored: false }]);
    void this.pump();
  }

  again(key: string): void {
    this.put(this.items.map((item) => (item.key === key ? { ...item, hold: 'sending', end: null } : item)));
    void this.pump();
  }

  drop(key: string): void {
    this.put(this.items.filter((item) => item.key !== key));
  }

  clear(): void {
    this.put([]);
  }

  /** Tries at once what waits. */
  hurry(): void {
    clearTimeout(this.timer);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let item = this.next(); item !== undefined; item = this.next()) {
        this.hold(item.key, 'sending');
        const ids = item.attachments.map(({ id }) => id);
        await this.enter();
        const answer = await this.api.write(item.text, ids, item.key);
        this.pause = firstPause;
        this.put(this.items.filter(({ key }) => key !== item.key));
        this.sent(item, answer);
      }
    } catch (error) {
      this.heldUp(error instanceof Refusal ? error : new Refusal(0, 'BROKEN'));
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  private heldUp(refusal: Refusal): void {
    const item = this.next();
    if (item === undefined) return;
    // A token that is over is no fault of what was written: it waits for the next way in.
    const waits = refusal.passes || refusal.status === 401 || refusal.code === 'RENEWING';
    // What the chat wants to know first was not given after all.
    if (refusal.field?.startsWith('identity')) this.kept.set({ begun: false });
    this.hold(
      item.key,
      waits ? (refusal.status === 429 ? 'slower' : 'waiting') : 'refused',
      waits ? null : endOf(refusal),
    );
    clearTimeout(this.timer);
    const pause = waits ? (refusal.waitSeconds === null ? this.pause : refusal.waitSeconds * 1_000) : 0;
    if (waits) this.pause = Math.min(this.pause * 2, longestPause);
    this.timer = setTimeout(() => void this.pump(), pause);
  }

  private next(): Outgoing | undefined {
    return this.items.find(({ hold }) => hold !== 'refused');
  }

  private hold(key: string, hold: Hold, end: End | null = null): void {
    this.put(this.items.map((item) => (item.key === key ? { ...item, hold, end } : item)));
  }

  private put(items: readonly Outgoing[]): void {
    this.items = items;
    this.kept.set({ unsent: items.map(({ key, text, attachments, at }) => ({ key, text, attachments, at })) });
    this.changed();
  }
}

function endOf({ status, field }: Refusal): End | null {
  if (status === 403) return 'closed';
  return field === 'attachmentIds' ? 'file' : null;
}
