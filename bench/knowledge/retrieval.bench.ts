import { indexText } from '../../src/ai/knowledge/fold-text.js';
import { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces, newId, sql } from '../../src/platform/database/index.js';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench, Measured } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';

const vocabulary = 5_000;
const asked = 240;
const sizes = [
  { goal: '13', workspace: 0, passages: 1_000 },
  { goal: '13l', workspace: 1, passages: 20_000 },
  { goal: '13h', workspace: 12, passages: 50_000 },
] as const;

/** Goals 13, 13l and 13h: how long the product's own search of knowledge takes, under row security. */
const bench: Bench = {
  name: 'retrieval',
  goals: ['13', '13l', '13h'],
  async run({ machine }) {
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    const { workspaces } = loadStatements({ messages: 1_000, workspaces: 20 });
    await admin.query(workspaces ?? '');
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const here = new Workspaces(database);
    // Others' passages share the tables and their indexes.
    for (let other = 2; other < 12; other += 1) await seed(here, loadedWorkspaceId(other), 1_000);
    const measured: Measured[] = [];
    const information = [];
    for (const { goal, workspace, passages } of sizes) {
      const workspaceId = loadedWorkspaceId(workspace);
      await seed(here, workspaceId, passages);
      await admin.query('vacuum (analyze) passages');
      const { times, found } = await search(here, workspaceId);
      if (found < asked / 4) throw new Error(`Only ${String(found)} of ${String(asked)} questions found anything.`);
      measured.push({
        goal,
        value: quantile(times, 0.95),
        note: `${String(found)} of ${String(asked)} questions found something`,
      });
      information.push({ what: `${String(passages)} passages, median`, value: quantile(times, 0.5), unit: 'ms' });
    }
    return { measured, information };
  },
};
export default bench;

/** Numbers in [0, 1) that are the same for the same seed. */
function random(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeio';

/** A word of the vocabulary. As in any language a few are used all the time and most now and then (Zipf's law). */
function word(seed: number): string {
  const offset = 10;
  const rank = Math.floor(offset * ((vocabulary + offset) / offset) ** random(seed)) - offset;
  let rest = rank * 7 + 11;
  let made = '';
  for (let syllable = 0; syllable < 3; syllable += 1) {
    made += (consonants[rest % consonants.length] ?? '') + (vowels[Math.floor(rest / 14) % vowels.length] ?? '');
    rest = Math.floor(rest / 11) + rank;
  }
  return `${made}${String.fromCharCode(98 + (rank % 23))}`;
}

async function seed(workspaces: Workspaces, workspaceId: string, count: number): Promise<void> {
  const source = newId();
  const texts = Array.from({ length: count }, (_, passage) =>
    Array.from({ length: 60 }, (_, place) => word(passage * 64 + place + count)).join(' '),
  );
  await workspaces.run(workspaceId, async (tx) => {
    await tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, digest)
      values (${workspaceId}, ${source}, 'TEXT', 'Handbook', 'READY', ${Buffer.alloc(32, 1)})`);
    await tx.execute(sql`
      insert into passages (workspace_id, id, knowledge_id, position, text, folded, internal)
      select ${workspaceId}, p.id, ${source}, p.position, p.text, p.folded, false
        from unnest(${texts.map(() => newId())}::uuid[], ${texts}::text[],
                    ${texts.map((text) => indexText('Handbook', null, null, text))}::text[]) with ordinality as p (id, text, folded, position)`);
  });
}

async function search(workspaces: Workspaces, workspaceId: string): Promise<{ times: number[]; found: number }> {
  const finder = new SearchPassages();
  const times: number[] = [];
  let found = 0;
  for (let question = 0; question < asked + 20; question += 1) {
    const words = Array.from({ length: 3 + (question % 4) }, (_, place) => word(question * 8 + place + 7_000_001));
    const messages = [`Hello, can you tell me about the ${words.join(' and the ')}?`];
    const since = performance.now();
    const passages = await workspaces.read(workspaceId, (tx) =>
      finder.find(tx, { messages, knowledgeIds: null, limit: 6 }),
    );
    if (question < 20) continue;
    times.push(performance.now() - since);
    if (passages.length > 0) found += 1;
  }
  return { times, found };
}
