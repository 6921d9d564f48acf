import type { MemberActor } from '../access/index.js';
import type { LiveEvent } from './live-kinds.js';
import type { LiveHub } from './live-hub.js';

/** Makes the event that says "from here on it is live". */
type CaughtUpFactory = (seq: number) => LiveEvent;

/**
 * What the `inboxEvents` resolver returns. The socket server recognises it and shares the work among its watchers; any
 * other server can walk it as a plain async iterable.
 */
export class LiveStream implements AsyncIterable<Record<string, LiveEvent>> {
  constructor(
    private readonly hub: LiveHub,
    /** The subscription field that its events are for. */
    readonly field: string,
    readonly member: MemberActor,
    readonly conversationId: string | null,
    private readonly after: number | null,
    private readonly makeCaughtUp: CaughtUpFactory,
  ) {}

  /** Joins the feed; gives the function that leaves it. */
  join(
    group: string,
    deliver: (event: LiveEvent, share: (make: () => Promise<string | null>) => Promise<string | null>) => Promise<void>,
  ): Promise<() => void> {
    const lane = { member: this.member, conversationId: this.conversationId, group, deliver };
    return this.hub.join(lane, this.after, (seq) => deliver(this.makeCaughtUp(seq), (make) => make()));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Record<string, LiveEvent>> {
    const queue: LiveEvent[] = [];
    let wake: () => void = () => undefined;
    const leave = await this.join('own', (event) => {
      queue.push(event);
      wake();
      return Promise.resolve();
    });
    try {
      for (;;) {
        const next = queue.shift();
        if (next !== undefined) yield { [this.field]: next };
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      leave();
    }
  }
}
