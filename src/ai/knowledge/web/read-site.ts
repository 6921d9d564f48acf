import { Injectable } from '@nestjs/common';
import type { Again, Job } from '../../../platform/queue/index.js';
import type { ReadableSource } from '../readable-source.js';
import { ReadingThread } from '../reading/reading-thread.js';
import { Unreadable } from '../reading/unreadable.js';
import type { WhatIsRead } from '../reading/what-is-read.js';
import { FetchPage, type FetchedPage, type KnownPage, type Manners } from './fetch-page.js';
import { isSameSite } from './page-address.js';
import { type SitePage, SitePages } from './site-pages.js';

const day = 86_400;
/** Seconds of pages that one run of the job reads; the next run goes on. */
const runSeconds = 60;
const readSeconds = 15;
const mostPages = 200;
const mostSitemaps = 10;
const unknown: KnownPage = { etag: null, lastModified: null };

/** Reads the pages of a source: the one that it names, or those that its sitemap names. What cannot be read is said of each. */
@Injectable()
export class ReadSite {
  constructor(
    private readonly fetching: FetchPage,
    private readonly thread: ReadingThread,
    private readonly pages: SitePages,
  ) {}

  async run({ workspaceId, signal }: Job, { id, url }: ReadableSource): Promise<Again | undefined> {
    if (url === null) return undefined;
    const manners: Manners = new Map();
    const until = performance.now() + 1_000 * runSeconds;
    const begun = await this.pages.waiting(workspaceId, id);
    if (begun === null) await this.begin(workspaceId, id, url, manners, signal);
    for (;;) {
      const page = await this.pages.waiting(workspaceId, id);
      if (page === null) break;
      if (signal.aborted || performance.now() > until) return { afterSeconds: 0 };
      await this.readPage(workspaceId, id, page, manners, signal);
    }
    const there = await this.pages.finish(workspaceId, id);
    // Not all at the same hour: a tenth earlier or later each time.
    return there ? { afterSeconds: Math.round(day * (0.9 + Math.random() * 0.2)) } : undefined;
  }

  /** Finds out what is at the address, and which pages are to be read. */
  private async begin(
    workspaceId: string,
    id: string,
    url: string,
    manners: Manners,
    signal: AbortSignal,
  ): Promise<void> {
    const entry = await this.pages.begin(workspaceId, id, url);
    if (entry === null) return;
    await this.attempt(workspaceId, id, entry, signal, async () => {
      const fetched = await this.fetching.run(url, entry.sitemap ? unknown : entry, manners, signal);
      if (fetched === null) return this.pages.keep(workspaceId, id, entry);
      const read = await this.read(fetched);
      if (read.kind === 'text') return this.pages.store(workspaceId, id, entry, read.passages, fetched);
      const found = await this.listed(url, read, manners, signal);
      if (found.length === 0) throw new Unreadable('SITEMAP_EMPTY');
      return this.pages.list(
        workspaceId,
        id,
        entry,
        found.slice(0, mostPages),
        found.length > mostPages ? mostPages : null,
      );
    });
  }

  /** The pages of its own site that a sitemap names, and those that it names for it, one level down. */
  private async listed(
    url: string,
    { pages, sitemaps }: Extract<WhatIsRead, { kind: 'sitemap' }>,
    manners: Manners,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const site = new URL(url);
    const found = new Set(ofSite(site, pages));
    let trouble: Unreadable | null = null;
    for (const sitemap of ofSite(site, sitemaps).slice(0, mostSitemaps)) {
      if (found.size > mostPages) break;
      try {
        const fetched = await this.fetching.run(sitemap, unknown, manners, signal);
        const read = fetched === null ? null : await this.read(fetched);
        if (read?.kind === 'sitemap') for (const page of ofSite(site, read.pages)) found.add(page);
      } catch (error) {
        // The others are read all the same.
        if (!(error instanceof Unreadable)) throw error;
        trouble = error;
      }
    }
    if (found.size === 0 && trouble !== null) throw trouble;
    found.delete(url);
    return [...found];
  }

  private readPage(
    workspaceId: string,
    id: string,
    page: SitePage,
    manners: Manners,
    signal: AbortSignal,
  ): Promise<void> {
    return this.attempt(workspaceId, id, page, signal, async () => {
      const fetched = await this.fetching.run(page.url, page, manners, signal);
      if (fetched === null) return this.pages.keep(workspaceId, id, page);
      const read = await this.read(fetched);
      // A sitemap among the pages of a sitemap is none of them.
      if (read.kind === 'sitemap') throw new Unreadable('PAGE_KIND', { kind: 'a sitemap' });
      return this.pages.store(workspaceId, id, page, read.passages, fetched);
    });
  }

  private async attempt(
    workspaceId: string,
    id: string,
    page: SitePage,
    signal: AbortSignal,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The process stops: the page is read by the next.
      if (signal.aborted) throw error;
      if (!(error instanceof Unreadable)) throw error;
      await this.pages.fail(workspaceId, id, page, error);
    }
  }

  private async read({ body, contentType, url }: FetchedPage): Promise<Exclude<WhatIsRead, { kind: 'unreadable' }>> {
    const found = await this.thread.read({ body, contentType, name: null, url }, readSeconds);
    if (found.kind === 'unreadable') throw new Unreadable(found.reason, found.values);
    return found;
  }
}

/** The addresses among them that are of a site, each once, without their fragments. */
function ofSite(site: URL, addresses: readonly string[]): string[] {
  const found = addresses.flatMap((address) => {
    const url = address.length > 2_000 ? null : URL.parse(address);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return [];
    if (url.username !== '' || url.password !== '' || !isSameSite(site, url)) return [];
    url.hash = '';
    return [url.href];
  });
  return [...new Set(found)];
}
