import { type FrameMessage, type PageMessage, isPageMessage } from '../../../libs/widget-protocol/index.js';

type Told = FrameMessage extends infer One ? (One extends unknown ? Omit<One, 'parley'> : never) : never;

/**
 * The page around the frame. Whoever says hello first has to be the window that holds this one, at the origin that the
 * browser names where it does; from then on that origin alone is heard and told.
 */
export class PageLink {
  private origin: string | null = null;

  constructor(
    private readonly take: (message: PageMessage) => void,
    /** Whether an app's own page may hold it, which has no origin that could be named. */
    private readonly apps: boolean,
  ) {
    addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== parent || parent === self || !isPageMessage(data)) return;
      const known = mayBe(origin) || (apps && !/^https?:/.test(origin));
      if (this.origin === null && data.type === 'hello' && known) this.origin = origin;
      if (origin === this.origin) this.take(data);
    });
  }

  tell(message: Told): void {
    if (this.origin === null) return;
    // The policy of this page says who may hold it: where that is an app, there is nobody else it could go to.
    const target = this.apps && !/^https?:/.test(this.origin) ? '*' : this.origin;
    parent.postMessage({ parley: 1, ...message }, target);
  }
}

/** What a browser says of the page around: some name its origin, and those that do not name it as the referrer. */
function mayBe(origin: string): boolean {
  const told = location.ancestorOrigins?.[0] ?? URL.parse(document.referrer)?.origin ?? origin;
  return origin !== 'null' && origin === told;
}
