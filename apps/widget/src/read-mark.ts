import type { Kept } from './kept.js';
import type { VisitorApi } from './visitor-api.js';

/** How far the answers were looked at: kept in this browser, and told the server once for each. */
export class ReadMark {
  private told: string | null = null;

  constructor(
    private readonly api: VisitorApi,
    private readonly kept: Kept,
  ) {}

  /** Everything up to this answer was seen; gives whether that is news here. */
  seen(last: string, standing: boolean): boolean {
    const { read } = this.kept.now;
    const news = read === null || last > read;
    if (news) this.kept.set({ read: last });
    if (this.told !== last && standing) {
      this.told = last;
      this.api.read(last).catch(() => (this.told = null));
    }
    return news;
  }
}
