import type { Identity, SessionAnswer } from '../../../libs/widget-protocol/index.js';
import type { PageLink } from './page-link.js';
import { Refusal, type VisitorApi } from './visitor-api.js';

/** Where a visitor becomes one: a session is opened once, however many ask for it. */
export class Entrance {
  /** Whether a session stands, is being opened, or is refused for good. */
  phase: 'new' | 'in' | 'refused' = 'new';
  /** Who the site says it is. */
  identity: Identity | null = null;
  private entering: Promise<void> | null = null;

  constructor(
    private readonly api: VisitorApi,
    private readonly page: PageLink,
    private readonly admitted: (answer: SessionAnswer) => void,
    private readonly refused: () => void,
  ) {}

  /** Opens a session; throws where there is none. */
  enter(): Promise<void> {
    if (this.phase === 'in') return Promise.resolve();
    if (this.entering !== null) return this.entering;
    const entering = this.begin().finally(() => {
      if (this.entering === entering) this.entering = null;
    });
    return (this.entering = entering);
  }

  /** Whoever was in, or on their way in, is not any more. */
  leave(): void {
    this.phase = 'new';
    this.identity = this.entering = null;
  }

  /** Waits until nobody is on their way in. */
  async quiet(): Promise<void> {
    await this.entering?.catch(() => undefined);
  }

  private async begin(): Promise<void> {
    if (this.api.token === null && !this.api.canBegin) return this.renew();
    try {
      this.admitted(await this.api.begin(this.identity));
    } catch (error) {
      if (!(error instanceof Refusal) || error.passes) throw error;
      if (error.field?.startsWith('identity') && this.identity !== null) {
        // The site's mistake is not the visitor's: they can write, as somebody who is not known.
        this.page.tell({ type: 'failed', what: 'identity-refused' });
        this.identity = null;
        return this.begin();
      }
      if (error.status === 403 && !this.api.canBegin) return this.renew();
      this.phase = 'refused';
      this.refused();
      this.page.tell({ type: 'failed', what: 'not-allowed' });
      throw error;
    }
  }

  /** Only a page that is loaded anew has a new permission to begin. */
  private renew(): Promise<never> {
    this.page.tell({ type: 'renew' });
    return Promise.reject(new Refusal(0, 'RENEWING'));
  }
}
