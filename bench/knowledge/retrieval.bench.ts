import { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench, Information, Measured } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';
import { questionText } from './made-up-text.js';
import { VectorServer, recallOf } from './search-by-meaning.js';
import { seedPassages } from './seed-passages.js';

const asked = 240;
const warm = 20;
const sizes = [
  { goal: '13', workspace: 0, passages: 1_000 },
  { goal: '13l', workspace: 1, passages: 20_000 },
  { goal: '13h', workspace: 12, passages: 50_000 },
] as const;

/**
 * Goals 13, 13l and 13h: how long the product's own search of knowledge takes, under row security; and, as figures without
 * a goal, how long with a server of vectors on this machine, and what of the nearest it finds.
 */
const bench: Bench = {
  name: 'retrieval',
  goals: ['13', '13l', '13h'],
  async run({ machine, log }) {
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    const { workspaces } = loadStatements({ messages: 1_000, workspaces: 20 });
    await admin.query(workspaces ?? '');
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const server = await VectorServer.start();
    machine.endLater(() => server.stop());
    const { mark } = server;
    const here = new Workspaces(database);
    const finder = new SearchPassages();
    // Others' passages share the tables and their indexes.
    for (let other = 2; other < 12; other += 1) await seedPassages(here, loadedWorkspaceId(other), 1_000, mark);
    const measured: Measured[] = [];
    const information: Information[] = [];
    for (const { goal, workspace, passages } of sizes) {
      const workspaceId = loadedWorkspaceId(workspace);
      await seedPassages(here, workspaceId, passages, mark);
      await admin.query('vacuum (analyze) passages');
      log(`${String(passages)} passages are there`);
      const { times, found } = await search(here, finder, workspaceId);
      if (found < asked / 4) throw new Error(`Only ${String(found)} of ${String(asked)} questions found anything.`);
      const note = `${String(found)} of ${String(asked)} questions found something`;
      measured.push({ goal, value: quantile(times, 0.95), note });
      const blended = await server.search(here, finder, workspaceId, { asked, warm });
      const recall = await recallOf(here, workspaceId, { mark, passages, asked: 20 });
      const size = `${String(passages)} passages`;
      information.push(
        { what: `${size}, median`, value: quantile(times, 0.5), unit: 'ms' },
        { what: `${size}, by words and meaning, median`, value: quantile(blended, 0.5), unit: 'ms' },
        { what: `${size}, by words and meaning, p95`, value: quantile(blended, 0.95), unit: 'ms' },
        { what: `${size}, of the 3 nearest are found`, value: Math.round(recall * 1_000) / 10, unit: '%' },
      );
    }
    return { measured, information };
  },
};
export default bench;

async function search(
  workspaces: Workspaces,
  finder: SearchPassages,
  workspaceId: string,
): Promise<{ times: number[]; found: number }> {
  const times: number[] = [];
  let found = 0;
  for (let question = 0; question < asked + warm; question += 1) {
    const messages = [questionText(question)];
    const since = performance.now();
    const passages = await workspaces.read(workspaceId, (tx) =>
      finder.find(tx, { messages, knowledgeIds: null, limit: 6 }),
    );
    if (question < warm) continue;
    times.push(performance.now() - since);
    if (passages.length > 0) found += 1;
  }
  return { times, found };
}
