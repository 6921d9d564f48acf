import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../../billing/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../../platform/database/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { type ReadableSource, holdSource } from '../readable-source.js';
import { readingSentence } from '../reading/reading-error.js';
import type { ReadingReason } from '../reading/reading-words.js';
import type { Unreadable } from '../reading/unreadable.js';
import type { ReadPassage } from '../reading/what-is-read.js';
import { type ReadingChange, replacePassages } from '../replace-passages.js';
import { endReading } from './end-reading.js';
import type { KnownPage } from './fetch-page.js';

/** A page of a source, as its row says. */
export interface SitePage extends KnownPage {
  readonly id: string;
  readonly position: number;
  readonly url: string;
  /** It names pages and is none. */
  readonly sitemap: boolean;
}

/** Readings in a row in which a page is gone, until what it said is let go. */
const goneFor = 3;
/** The page says no more what it said, or asks not to be kept. Everything else passes: a server that is down for a day. */
const gone: ReadonlySet<ReadingReason> = new Set([
  ...(['PAGE_NOT_FOUND', 'PAGE_NOT_LISTED', 'PAGE_ROBOTS', 'PAGE_NOINDEX'] as const),
  ...(['PAGE_LOGIN', 'PAGE_MOVED', 'PAGE_KIND', 'NO_TEXT', 'SITEMAP_EMPTY'] as const),
]);
const columns = sql`g.id, g.position, g.url, g.sitemap, g.etag, g.last_modified as "lastModified"`;

/** The pages of a source and how their reading goes on: each step is one transaction, so that another process can go on. */
@Injectable()
export class SitePages {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  /** The next page of the reading that is under way; null where none is. */
  waiting(workspaceId: string, id: string): Promise<SitePage | null> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.first<SitePage>(sql`
        select ${columns} from knowledge_pages g
         where g.workspace_id = ${workspaceId} and g.knowledge_id = ${id} and g.waits order by g.position limit 1`),
    );
  }

  /** Begins a reading; gives the row of the address itself. Null where the source is gone. */
  begin(workspaceId: string, id: string, url: string): Promise<SitePage | null> {
    return this.change(workspaceId, id, async (tx) => {
      await tx.execute(sql`
        update knowledge_sources set passages_added = 0, passages_removed = 0, passages_kept = 0
         where workspace_id = ${workspaceId} and id = ${id}`);
      await tx.execute(sql`
        insert into knowledge_pages (workspace_id, id, knowledge_id, position, url, waits)
        values (${workspaceId}, ${newId()}, ${id}, 0, ${url}, false)
        on conflict (workspace_id, knowledge_id, url) do nothing`);
      return tx.first<SitePage>(sql`
        select ${columns} from knowledge_pages g
         where g.workspace_id = ${workspaceId} and g.knowledge_id = ${id} and g.url = ${url}`);
    });
  }

  /** A page said this; what it said before goes. */
  async store(
    workspaceId: string,
    id: string,
    page: SitePage,
    passages: readonly ReadPassage[],
    { etag, lastModified }: KnownPage,
  ): Promise<void> {
    await this.change(workspaceId, id, async (tx, source) => {
      // What was a sitemap is a page now: those that it named are no part of it.
      if (page.position === 0) await this.forgetOthers(tx, id, page.id);
      await this.count(tx, id, await replacePassages(tx, this.entitlements, source, page, passages));
      await tx.execute(sql`
        update knowledge_pages
           set waits = false, sitemap = false, etag = ${etag}, last_modified = ${lastModified}, read_at = now(), error = null, failures = 0
         where workspace_id = ${workspaceId} and id = ${page.id}`);
    });
  }

  /** A page is as it was. */
  async keep(workspaceId: string, id: string, page: SitePage): Promise<void> {
    await this.change(workspaceId, id, async (tx) => {
      const row = await tx.first<{ kept: number }>(sql`
        select count(*)::int as kept from passages where workspace_id = ${workspaceId} and page_id = ${page.id}`);
      await this.count(tx, id, { added: 0, removed: 0, kept: row?.kept ?? 0 });
      await tx.execute(sql`
        update knowledge_pages set waits = false, read_at = now(), error = null, failures = 0
         where workspace_id = ${workspaceId} and id = ${page.id}`);
    });
  }

  /** A sitemap names these pages; `cutAt` where it names more than are read. Those that it no longer names are missed. */
  async list(
    workspaceId: string,
    id: string,
    entry: SitePage,
    urls: readonly string[],
    cutAt: number | null,
  ): Promise<void> {
    const error = cutAt === null ? null : readingSentence('SITEMAP_CUT', { most: String(cutAt) });
    await this.change(workspaceId, id, async (tx) => {
      await tx.execute(sql`delete from passages where workspace_id = ${workspaceId} and page_id = ${entry.id}`);
      await tx.execute(sql`
        update knowledge_pages set waits = false, sitemap = true, etag = null, last_modified = null, read_at = now(), error = ${error}, failures = 0
         where workspace_id = ${workspaceId} and id = ${entry.id}`);
      // A page keeps the place that it has: its passages stand there.
      await tx.execute(sql`
        insert into knowledge_pages (workspace_id, id, knowledge_id, position, url, waits)
        select ${workspaceId}, given.id, ${id},
               (select coalesce(max(position), 0) from knowledge_pages where workspace_id = ${workspaceId} and knowledge_id = ${id}) + given.n,
               given.url, true
          from unnest(${urls.map(() => newId())}::uuid[], ${urls}::text[]) with ordinality as given (id, url, n)
        on conflict (workspace_id, knowledge_id, url) do update set waits = true`);
      const missed = await tx.query<SitePage>(sql`
        select ${columns} from knowledge_pages g
         where g.workspace_id = ${workspaceId} and g.knowledge_id = ${id} and g.id <> ${entry.id} and not (g.url = any (${urls}::text[]))`);
      for (const page of missed) await this.note(tx, id, page, 'PAGE_NOT_LISTED', {});
    });
  }

  /** A page could not be read. What it said stays, until it has been gone for long enough. */
  async fail(workspaceId: string, id: string, page: SitePage, { reason, values }: Unreadable): Promise<void> {
    await this.change(workspaceId, id, (tx) => this.note(tx, id, page, reason, values));
  }

  /** The reading is over: says how the source stands. False where it is gone. */
  async finish(workspaceId: string, id: string): Promise<boolean> {
    const done = await this.change(workspaceId, id, async (tx) => {
      await endReading(tx, id);
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'knowledge' });
      return true;
    });
    return done ?? false;
  }

  private async note(
    tx: WorkspaceTransaction,
    id: string,
    page: SitePage,
    reason: ReadingReason,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const row = await tx.first<{ failures: number }>(sql`
      update knowledge_pages
         set waits = false, read_at = now(), error = ${readingSentence(reason, values)}, etag = null, last_modified = null,
             failures = failures + ${gone.has(reason) ? 1 : 0}
       where workspace_id = ${tx.workspaceId} and id = ${page.id} returning failures`);
    if ((row?.failures ?? 0) < goneFor) return;
    const removed = await tx.execute(
      sql`delete from passages where workspace_id = ${tx.workspaceId} and page_id = ${page.id}`,
    );
    await this.count(tx, id, { added: 0, removed, kept: 0 });
    if (page.position === 0) await this.forgetOthers(tx, id, page.id);
    else if (reason === 'PAGE_NOT_LISTED')
      await tx.execute(sql`delete from knowledge_pages where workspace_id = ${tx.workspaceId} and id = ${page.id}`);
  }

  private async forgetOthers(tx: WorkspaceTransaction, id: string, pageId: string): Promise<void> {
    const removed = await tx.execute(sql`
      delete from passages where workspace_id = ${tx.workspaceId} and knowledge_id = ${id} and page_id <> ${pageId}`);
    await tx.execute(sql`
      delete from knowledge_pages where workspace_id = ${tx.workspaceId} and knowledge_id = ${id} and id <> ${pageId}`);
    await this.count(tx, id, { added: 0, removed, kept: 0 });
  }

  private async count(tx: WorkspaceTransaction, id: string, { added, removed, kept }: ReadingChange): Promise<void> {
    await tx.execute(sql`
      update knowledge_sources
         set passages_added = passages_added + ${added}, passages_removed = passages_removed + ${removed}, passages_kept = passages_kept + ${kept}
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Does something while the source is there; null where it went meanwhile. */
  private change<Result>(
    workspaceId: string,
    id: string,
    work: (tx: WorkspaceTransaction, source: ReadableSource) => Promise<Result>,
  ): Promise<Result | null> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const source = await holdSource(tx, id);
      return source === null ? null : work(tx, source);
    });
  }
}
