import { type FrameMessage, type PageMessage, isPageMessage } from '../../../libs/widget-protocol/index.js';

type Told = FrameMessage extends infer One ? (One extends unknown ? Omit<One, 'parley'> : never) : never;

/**
 * The page around the frame. Whoever says hello first has to be the window that holds this one, at the origin that the
 * browser names where it does; from then on that origin alone is heard and told.
 */
export class PageLink {
  private origin: string | null = null;

  constructor(private readonly take: (message: PageMessage) => void) {
    addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== parent || parent === self || !isPageMessage(data)) return;
      if (this.origin === null && data.type === 'hello' && mayBe(origin)) this.origin = origin;
      if (origin === this.origin) this.take(data);
    });
  }

  tell(message: Told): void {
    if (this.origin !== null) parent.postMessage({ parley: 1, ...message }, this.origin);
  }
}

/** What a browser says of the page around: some name its origin, and those that do not name it as the referrer. */
function mayBe(origin: string): boolean {
  const told = location.ancestorOrigins?.[0] ?? URL.parse(document.referrer)?.origin ?? origin;
  return origin !== 'null' && origin === told;
}
