import { createHash } from 'node:crypto';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces, newId } from '../../src/platform/database/index.js';
import type { FoundPassage } from '../../src/ai/knowledge/search-passages.js';
import { NearPassages } from '../../src/ai/knowledge/embedding/near-passages.js';
import { type SmallVector, signsOf, smallVector } from '../../src/ai/knowledge/embedding/vector.js';

const dimensions = 128;
const many = 5_400;
const mark = 'server model';
const [here, there] = [newId(), newId()];
const sources = { handbook: newId(), secret: newId(), unread: newId(), hidden: newId(), others: newId() };

let testDatabase: TestDatabase;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.appUrl, 2);
  owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
  await owner.connect();
  await owner.query(`insert into workspaces (id, name) values ($1, 'Here'), ($2, 'There')`, [here, there]);
  const source = (workspaceId: string, id: string, status = 'READY', internal = false): Promise<unknown> =>
    owner.query(
      `insert into knowledge_sources (workspace_id, id, kind, title, status, internal, digest)
       values ($1, $2, 'TEXT', 'Handbook', $3, $4, $5)`,
      [workspaceId, id, status, internal, createHash('sha256').update(id).digest()],
    );
  await source(here, sources.handbook);
  await source(here, sources.secret);
  await source(here, sources.unread, 'PENDING');
  await source(here, sources.hidden, 'READY', true);
  await source(there, sources.others);
  await add(
    here,
    sources.handbook,
    Array.from({ length: many }, (_, n) => ({ text: `Passage ${String(n)}.`, vector: anyVector(n) })),
  );
  await add(here, sources.handbook, [{ text: 'Near by its meaning.', vector: changed(asked, 1) }]);
  await add(here, sources.secret, [{ text: 'Near, of another bot.', vector: changed(asked, 2) }]);
  await add(here, sources.unread, [{ text: 'Near, and not read yet.', vector: changed(asked, 3) }]);
  await add(here, sources.hidden, [{ text: 'Near, and internal.', vector: changed(asked, 4) }], true);
  await add(there, sources.others, [{ text: 'Near, of others.', vector: changed(asked, 5) }]);
  await owner.query('analyze passages');
}, 60_000);
afterAll(async () => {
  await owner.end();
  await database.close();
  await testDatabase.drop();
});

/** Numbers that are the same each time, without any order. */
function anyVector(seed: number): SmallVector {
  let state = seed * 2_654_435_761 + 12_345;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return smallVector(Array.from({ length: dimensions }, next)) ?? new Int8Array();
}

/** Nearly the same vector. */
function changed(vector: SmallVector, seed: number): SmallVector {
  const other = anyVector(900_000 + seed);
  return smallVector(Array.from(vector, (number, at) => number + (other[at] ?? 0) / 3)) ?? new Int8Array();
}

const asked = anyVector(800_000);

async function add(
  workspaceId: string,
  source: string,
  passages: readonly { readonly text: string; readonly vector: SmallVector }[],
  internal = false,
): Promise<void> {
  await owner.query(
    `insert into passages (workspace_id, id, knowledge_id, position, text, folded, internal, embedding, embedding_signs, embedded_with)
     select $1, p.id, $2, p.n + (select count(*) from passages q where q.knowledge_id = $2), p.text, '', $3, p.embedding, p.signs::bit varying, $4
       from unnest($5::uuid[], $6::text[], $7::bytea[], $8::text[]) with ordinality as p (id, text, embedding, signs, n)`,
    [
      workspaceId,
      source,
      internal,
      mark,
      passages.map(() => newId()),
      passages.map(({ text }) => text),
      passages.map(({ vector }) => Buffer.from(vector.buffer)),
      passages.map(({ vector }) => signsOf(vector)),
    ],
  );
}

function find(vector: SmallVector, knowledgeIds: readonly string[] | null = null): Promise<FoundPassage[]> {
  return new Workspaces(database).read(here, (tx) =>
    new NearPassages().find(tx, { vector, mark, knowledgeIds, limit: 12 }),
  );
}

describe('of more than 5,000 passages', () => {
  it('all are compared: what is near is found, whatever words it has', async () => {
    const found = await find(asked);
    expect(
      found
        .slice(0, 2)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['Near by its meaning.', 'Near, of another bot.']);
    expect(found[0]?.score).toBeGreaterThan(0.8);
  });

  it('none is found that is internal, not read, of another source or of another workspace', async () => {
    const found = (await find(asked, [sources.handbook, sources.unread, sources.hidden, sources.others])).map(
      ({ text }) => text,
    );
    expect(found.filter((text) => text.startsWith('Near'))).toEqual(['Near by its meaning.']);
  });

  it('what stands out from the rest is found, the rest is not', async () => {
    const found = await find(asked);
    expect(found.every(({ score }) => score >= 0.3)).toBe(true);
    expect(found.length).toBeLessThan(12);
  });

  it('those are found that comparing each of them one by one finds', async () => {
    const vector = changed(anyVector(17), 6);
    expect((await find(vector))[0]?.text).toBe('Passage 17.');
  });

  it('a vector with another number of dimensions finds nothing, and breaks nothing', async () => {
    expect(await find(Int8Array.from([1, -1, 1]))).toEqual([]);
  });

  it('the signs alone answer: no passage is read for it', async () => {
    await owner.query('vacuum passages');
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
      `explain select p.id from passages p where p.workspace_id = '${here}' and p.embedded_with = '${mark}' and not p.internal
          and p.embedding_signs is not null order by bit_count(p.embedding_signs # repeat('1', ${String(dimensions)})::bit varying) limit 400`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Only Scan using passages_near');
  });
});
