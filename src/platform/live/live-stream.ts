import type { MemberActor } from '../access/index.js';
import type { LiveEvent } from './live-kinds.js';
import type { Lane } from './lane.js';
import type { LiveHub } from './live-hub.js';
import { LivePage } from './live-page.js';

/** How a lane's events are made and handed on. */
export type Watcher<Payload> = Pick<Lane<Payload>, 'make' | 'send' | 'fail'>;

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

  /** Joins the feed; gives the function that leaves it. `make` makes what is sent, once for all of the group. */
  join<Payload>(group: string, watcher: Watcher<Payload>): Promise<() => void> {
    const lane: Lane<Payload> = { member: this.member, conversationId: this.conversationId, group, ...watcher };
    return this.hub.join(lane, this.after, async (seq) =>
      watcher.send(await watcher.make(this.makeCaughtUp(seq), new LivePage(null))),
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Record<string, LiveEvent>> {
    const queue: LiveEvent[] = [];
    let wake: () => void = () => undefined;
    const failures: Error[] = [];
    const leave = await this.join<LiveEvent>('own', {
      make: (event) => Promise.resolve(event),
      send: (event) => {
        queue.push(event);
        wake();
      },
      fail: (error) => {
        failures.push(error instanceof Error ? error : new Error('The live stream broke.', { cause: error }));
        wake();
      },
    });
    try {
      for (;;) {
        const next = queue.shift();
        if (next !== undefined) yield { [this.field]: next };
        else if (failures[0] !== undefined) throw failures[0];
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
