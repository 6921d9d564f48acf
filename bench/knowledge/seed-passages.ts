import { signsOf, smallVector } from '../../src/ai/knowledge/embedding/vector.js';
import { indexText } from '../../src/ai/knowledge/fold-text.js';
import { type WorkspaceTransaction, type Workspaces, newId, sql } from '../../src/platform/database/index.js';
import { passageText } from './made-up-text.js';
import { passageVector } from './made-up-vectors.js';

/** The index of words takes its time, and a statement of the server's ends after 30 seconds. */
const atOnce = 1_000;

/** Gives a workspace so many passages; with `mark`, and vectors of that mark. */
export async function seedPassages(
  workspaces: Workspaces,
  workspaceId: string,
  count: number,
  mark: string | null,
): Promise<void> {
  const source = newId();
  await workspaces.run(workspaceId, (tx) =>
    tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, digest)
      values (${workspaceId}, ${source}, 'TEXT', 'Handbook', 'READY', ${Buffer.alloc(32, 1)})`),
  );
  for (let first = 0; first < count; first += atOnce) {
    const passages = Array.from({ length: Math.min(atOnce, count - first) }, (_, index) => first + index);
    const texts = passages.map((passage) => passageText(passage, count));
    await workspaces.run(workspaceId, async (tx) => {
      const ids = texts.map(() => newId());
      await tx.execute(sql`
        insert into passages (workspace_id, id, knowledge_id, position, text, folded, internal)
        select ${workspaceId}, p.id, ${source}, ${first} + p.position, p.text, p.folded, false
          from unnest(${ids}::uuid[], ${texts}::text[],
                      ${texts.map((text) => indexText('Handbook', null, null, text))}::text[]) with ordinality as p (id, text, folded, position)`);
      if (mark !== null) await giveVectors(tx, mark, ids, passages);
    });
  }
}

async function giveVectors(
  tx: WorkspaceTransaction,
  mark: string,
  ids: readonly string[],
  passages: readonly number[],
): Promise<void> {
  const vectors = passages.map((passage) => smallVector(passageVector(passage)) ?? new Int8Array());
  const bytes = vectors.map((vector) => Buffer.from(vector.buffer));
  await tx.execute(sql`
    update passages p set embedding = made.embedding, embedding_signs = made.signs::bit varying, embedded_with = ${mark}
      from unnest(${ids}::uuid[], ${bytes}::bytea[], ${vectors.map(signsOf)}::text[]) as made (id, embedding, signs)
     where p.workspace_id = ${tx.workspaceId} and p.id = made.id`);
}
