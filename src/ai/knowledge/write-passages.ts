import { type Entitlements, UsageMetric } from '../../billing/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { embedSoon } from './embedding/embed-soon.js';
import { indexText } from './fold-text.js';
import { isOverfull, mostPassages } from './room-for-passages.js';
import type { PassageText } from './split-text.js';

/** Replaces the passages of a source. Takes part in the transaction: a search sees the old ones or the new ones, never both. */
export async function writePassages(
  tx: WorkspaceTransaction,
  entitlements: Entitlements,
  source: { readonly id: string; readonly title: string; readonly internal: boolean },
  passages: readonly PassageText[],
): Promise<void> {
  await tx.execute(sql`delete from passages where workspace_id = ${tx.workspaceId} and knowledge_id = ${source.id}`);
  await entitlements.use(tx, UsageMetric.KNOWLEDGE_PASSAGES, passages.length);
  const column = <Value>(value: (passage: PassageText) => Value): Value[] => passages.map(value);
  await tx.execute(sql`
    insert into passages (workspace_id, id, knowledge_id, position, heading, question, text, folded, internal)
    select ${tx.workspaceId}, p.id, ${source.id}, p.position, p.heading, p.question, p.text, p.folded, ${source.internal}
      from unnest(${column(() => newId())}::uuid[], ${column(({ heading }) => heading)}::text[], ${column(({ question }) => question)}::text[],
                  ${column(({ text }) => text)}::text[],
                  ${column(({ heading, question, text }) => indexText(source.title, heading, question, text))}::text[])
           with ordinality as p (id, heading, question, text, folded, position)`);
  if (await isOverfull(tx))
    throw new DomainError(
      ErrorCode.PLAN_LIMIT,
      `The workspace has no room for more knowledge: at most ${String(mostPassages)} passages. Delete what is not needed any more.`,
      { reason: 'KNOWLEDGE_FULL', values: { most: String(mostPassages) } },
    );
  await embedSoon(tx);
}

/** Refuses what stands there already under another title. */
export async function refuseTwin(tx: WorkspaceTransaction, digest: Buffer, exceptId: string | null): Promise<void> {
  const twin = await tx.first<{ title: string }>(sql`
    select title from knowledge_sources where workspace_id = ${tx.workspaceId} and digest = ${digest} and id is distinct from ${exceptId}::uuid`);
  if (twin !== null)
    throw new DomainError(ErrorCode.CONFLICT, `The same knowledge is there already as "${twin.title}".`, {
      reason: 'KNOWLEDGE_TWIN',
      values: { title: twin.title },
    });
}
