import type { RequestContext } from '../access/index.js';
import type { SharedRead } from '../database/index.js';

/**
 * Some events of the feed that are made ready together. What is made for a group of watchers is made once; and in the
 * reading that brought the events, what one event needed is there for the next.
 */
export class LivePage {
  private readonly contexts = new Map<string, RequestContext>();
  private readonly made = new Map<string, Promise<unknown>>();

  /** `reader`: the reading that brought the events; null: each reads for itself. */
  constructor(private readonly reader: SharedRead | null) {}

  /** What a group is shown of an event, made at the first call. */
  share<Payload>(group: string, cursor: string, make: () => Promise<Payload>): Promise<Payload> {
    const key = `${cursor} ${group}`;
    const known = this.made.get(key) as Promise<Payload> | undefined;
    if (known !== undefined) return known;
    const fresh = make();
    this.made.set(key, fresh);
    return fresh;
  }

  /** The context in which a group's payloads are made: with loaders of its own, which see one moment. */
  contextOf(group: string, create: () => RequestContext): RequestContext {
    // Without it each event is read when it is made, so nothing is kept for the next.
    if (this.reader === null) return create();
    const known = this.contexts.get(group);
    if (known !== undefined) return known;
    const context = create();
    context.reader = this.reader;
    this.contexts.set(group, context);
    return context;
  }
}
