import { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import { writePassages } from '../../src/ai/knowledge/write-passages.js';
import { Database } from '../../src/platform/database/database.js';
import { Entitlements } from '../../src/billing/index.js';
import type { Plans } from '../../src/billing/plans/plans.js';
import { UsageCounters } from '../../src/billing/usage/usage.js';
import { Workspaces, newId, sql } from '../../src/platform/database/index.js';
import type { Outbox } from '../../src/platform/outbox/index.js';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { questions as ofDefne } from './defne/questions.js';
import { questions as ofLila } from './lila/questions.js';
import { questions as ofPatika } from './patika/questions.js';
import { readShop } from './read-shop.js';
import type { ShopQuestion } from './shop-question.js';
import { questions as ofVolta } from './volta/questions.js';

const shops = {
  /** Clothes; short questions, which the search was tuned on. */
  defne: { questions: ofDefne, workspaceId: loadedWorkspaceId(0) },
  /** Electronics; pairs and pages, short questions, tuned on as well. */
  volta: { questions: ofVolta, workspaceId: loadedWorkspaceId(1) },
  /** Clothes and cosmetics; short questions that nothing was tuned on. */
  lila: { questions: ofLila, workspaceId: loadedWorkspaceId(2) },
  /** Bicycles; long questions with stories around them, where words alone do not reach far. */
  patika: { questions: ofPatika, workspaceId: loadedWorkspaceId(3) },
} as const;
type Shop = keyof typeof shops;

/** Goals Qa, Qu, Qha and Qhu: how well shops' customers are answered word for word from their knowledge, with no model. */
const bench: Bench = {
  name: 'quoted',
  goals: ['Qa', 'Qu', 'Qha', 'Qhu'],
  async run({ machine, log }) {
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    await admin.query(loadStatements({ messages: 10, workspaces: Object.keys(shops).length }).workspaces ?? '');
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const workspaces = new Workspaces(database);
    // What is held out is not shown: who sees a question, tunes on it.
    const tuned = [...(await ask(workspaces, 'defne', log)), ...(await ask(workspaces, 'volta', log))];
    const heldOut = await ask(workspaces, 'lila', () => undefined);
    const stories = await ask(workspaces, 'patika', () => undefined);
    return {
      measured: [
        { goal: 'Qa', value: share(tuned, true), note: 'with the right passage, in the right language' },
        { goal: 'Qu', value: share(tuned, false) },
        { goal: 'Qha', value: share(heldOut, true), note: 'never tuned on, never shown' },
        { goal: 'Qhu', value: share(heldOut, false) },
      ],
      information: [
        ...(['en', 'tr'] as const).flatMap((language) => [
          { what: `answerable, tuned on, ${language}`, value: share(tuned, true, language), unit: '%' },
          { what: `unanswerable, tuned on, ${language}`, value: share(tuned, false, language), unit: '%' },
          { what: `answerable, held out, ${language}`, value: share(heldOut, true, language), unit: '%' },
          { what: `unanswerable, held out, ${language}`, value: share(heldOut, false, language), unit: '%' },
        ]),
        { what: 'answerable, long stories', value: share(stories, true), unit: '%' },
        { what: 'unanswerable, long stories', value: share(stories, false), unit: '%' },
      ],
    };
  },
};
export default bench;

interface Answered extends ShopQuestion {
  readonly right: boolean;
}

/** The share of the right outcomes, in percent, of a part of the questions. */
function share(answered: readonly Answered[], answerable: boolean, language?: ShopQuestion['language']): number {
  const part = answered.filter(
    (one) => one.sections.length > 0 === answerable && (language === undefined || one.language === language),
  );
  return (100 * part.filter(({ right }) => right).length) / part.length;
}

/** Asks all of a shop's questions; names those that were answered wrongly. */
async function ask(workspaces: Workspaces, shop: Shop, log: (line: string) => void): Promise<Answered[]> {
  const { questions, workspaceId } = shops[shop];
  // As a shop has it: both languages in one knowledge base.
  const sections = new Map<string, string>();
  for (const language of ['en', 'tr'] as const)
    for (const [id, section] of await add(workspaces, shop, language)) sections.set(id, section);
  const finder = new SearchPassages();
  const answered: Answered[] = [];
  for (const asked of questions) {
    const wanted = asked.sections.map((section) => `${asked.language} ${section}`);
    const [best] = await workspaces.read(workspaceId, (tx) =>
      finder.find(tx, { messages: [asked.question], knowledgeIds: null, limit: 6 }),
    );
    const section = best === undefined ? null : (sections.get(best.id) ?? '');
    const right = section === null ? wanted.length === 0 : wanted.includes(section);
    if (!right) log(`  ${asked.language} "${asked.question}" → ${section ?? 'nothing'}`);
    answered.push({ ...asked, right });
  }
  return answered;
}

/** Nothing is sold here, so nothing is asked. */
const entitlements = new Entitlements(
  { sold: false } as unknown as Plans,
  new UsageCounters(),
  null as unknown as Outbox,
);

/** Adds a shop's knowledge in a language; gives the section of each of its passages by id. */
async function add(
  workspaces: Workspaces,
  shop: Shop,
  language: ShopQuestion['language'],
): Promise<(readonly [string, string])[]> {
  const { passages, sectionOf } = await readShop(shop, language);
  const { workspaceId } = shops[shop];
  const source = { id: newId(), title: `${shop} (${language})`, internal: false };
  return workspaces.run(workspaceId, async (tx) => {
    await tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, digest)
      values (${workspaceId}, ${source.id}, 'TEXT', ${source.title}, 'READY', ${Buffer.from(source.id.replaceAll('-', ''), 'hex')})`);
    await writePassages(tx, entitlements, source, passages);
    const written = await tx.query<{ id: string; heading: string | null; question: string | null }>(sql`
      select id, heading, question from passages where workspace_id = ${workspaceId} and knowledge_id = ${source.id}`);
    return written.map((passage) => [passage.id, `${language} ${sectionOf(passage)}`] as const);
  });
}
