import { type Entitlements, UsageMetric } from '../../billing/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { embedSoon } from './embedding/embed-soon.js';
import { indexText } from './fold-text.js';
import { readingLimits } from './reading/limits.js';
import { Unreadable } from './reading/unreadable.js';
import type { ReadPassage } from './reading/what-is-read.js';
import { isOverfull, mostPassages } from './room-for-passages.js';

/** What a reading changed. */
export interface ReadingChange {
  readonly added: number;
  readonly removed: number;
  readonly kept: number;
}

interface There {
  readonly id: string;
  readonly position: number;
  readonly page: number | null;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
}
/** Where a passage stands. */
interface Place {
  readonly id: string;
  readonly position: number;
  readonly page: number | null;
}
interface Source {
  readonly id: string;
  readonly title: string;
  readonly internal: boolean;
}

/**
 * Puts what was read in the place of what was read before, of a page or of a source that has none. What says the same as
 * before stays the row that it is, and with it all that was made of it. Throws Unreadable where there is no room.
 */
export async function replacePassages(
  tx: WorkspaceTransaction,
  entitlements: Entitlements,
  source: Source,
  page: { readonly id: string; readonly position: number } | null,
  passages: readonly ReadPassage[],
): Promise<ReadingChange> {
  const there = await tx.query<There>(sql`
    select id, position, page, heading, question, text from passages
     where workspace_id = ${tx.workspaceId} and knowledge_id = ${source.id} and page_id is not distinct from ${page?.id ?? null}::uuid
     order by position`);
  const first = (page?.position ?? 0) * readingLimits.passages;
  const wanted = passages.map((passage, index) => ({ passage, position: first + index }));
  const free = new Map(there.map((row) => [keyOf(row), row]));
  const kept: (Place & { readonly moved: boolean })[] = [];
  const added: typeof wanted = [];
  for (const one of wanted) {
    const row = free.get(keyOf(one.passage));
    free.delete(keyOf(one.passage));
    if (row === undefined) added.push(one);
    else {
      const page = one.passage.page ?? null;
      kept.push({
        id: row.id,
        position: one.position,
        page,
        moved: row.position !== one.position || row.page !== page,
      });
    }
  }
  const stays = new Set(kept.map(({ id }) => id));
  const gone = there.filter(({ id }) => !stays.has(id)).map(({ id }) => id);
  await tx.execute(sql`delete from passages where workspace_id = ${tx.workspaceId} and id = any (${gone}::uuid[])`);
  await move(
    tx,
    kept.filter(({ moved }) => moved),
  );
  if (added.length > 0) await requirePlan(tx, entitlements, added.length);
  await insert(tx, source, page?.id ?? null, added);
  await requireRoom(tx, source.id);
  if (added.length > 0) await embedSoon(tx);
  return { added: added.length, removed: gone.length, kept: kept.length };
}

/** Finds and holds apart what is read under another title, or for members alone from now on; its vectors are made anew. */
export async function refoldPassages(tx: WorkspaceTransaction, source: Source): Promise<void> {
  const there = await tx.query<There>(sql`
    select id, position, page, heading, question, text from passages where workspace_id = ${tx.workspaceId} and knowledge_id = ${source.id}`);
  const folded = there.map(({ heading, question, text }) => indexText(source.title, heading, question, text));
  await tx.execute(sql`
    update passages p
       set folded = given.folded, internal = ${source.internal},
           embedding = case when p.folded = given.folded and p.internal = ${source.internal} then p.embedding end,
           embedding_signs = case when p.folded = given.folded and p.internal = ${source.internal} then p.embedding_signs end,
           embedded_with = case when p.folded = given.folded and p.internal = ${source.internal} then p.embedded_with end
      from unnest(${there.map(({ id }) => id)}::uuid[], ${folded}::text[]) as given (id, folded)
     where p.workspace_id = ${tx.workspaceId} and p.id = given.id`);
  await embedSoon(tx);
}

/** Two steps: a place is taken by one passage at a time. */
async function move(tx: WorkspaceTransaction, moved: readonly Place[]): Promise<void> {
  if (moved.length === 0) return;
  const ids = moved.map(({ id }) => id);
  await tx.execute(sql`
    update passages set position = -1 - position where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`);
  await tx.execute(sql`
    update passages p set position = given.position, page = given.page
      from unnest(${ids}::uuid[], ${moved.map(({ position }) => position)}::int[], ${moved.map(({ page }) => page)}::int[]) as given (id, position, page)
     where p.workspace_id = ${tx.workspaceId} and p.id = given.id`);
}

async function insert(
  tx: WorkspaceTransaction,
  source: Source,
  pageId: string | null,
  added: readonly { readonly passage: ReadPassage; readonly position: number }[],
): Promise<void> {
  if (added.length === 0) return;
  const title = indexText(source.title);
  const column = <Value>(value: (passage: ReadPassage) => Value): Value[] => added.map(({ passage }) => value(passage));
  await tx.execute(sql`
    insert into passages (workspace_id, id, knowledge_id, page_id, position, page, heading, question, text, folded, internal)
    select ${tx.workspaceId}, p.id, ${source.id}, ${pageId}::uuid, p.position, p.page, p.heading, p.question, p.text, p.folded, ${source.internal}
      from unnest(${column(() => newId())}::uuid[], ${added.map(({ position }) => position)}::int[], ${column(({ page }) => page ?? null)}::int[],
                  ${column(({ heading }) => heading)}::text[], ${column(({ question }) => question)}::text[],
                  ${column(({ text }) => text)}::text[], ${column(({ folded }) => `${title} ${folded}`)}::text[])
           as p (id, position, page, heading, question, text, folded)`);
}

/** What does not fit leaves what was read before as it is. */
async function requirePlan(tx: WorkspaceTransaction, entitlements: Entitlements, count: number): Promise<void> {
  try {
    await entitlements.use(tx, UsageMetric.KNOWLEDGE_PASSAGES, count);
  } catch (error) {
    throw error instanceof DomainError ? new Unreadable('PLAN_ROOM') : error;
  }
}

async function requireRoom(tx: WorkspaceTransaction, sourceId: string): Promise<void> {
  if (await isOverfull(tx)) throw new Unreadable('ROOM_FULL', { most: String(mostPassages) });
  const row = await tx.first<{ count: number }>(sql`
    select count(*)::int as count from passages where workspace_id = ${tx.workspaceId} and knowledge_id = ${sourceId}`);
  if ((row?.count ?? 0) > readingLimits.passages)
    throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
}

function keyOf({ heading, question, text }: Pick<There, 'heading' | 'question' | 'text'>): string {
  return JSON.stringify([heading, question, text]);
}
