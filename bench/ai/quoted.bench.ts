import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import { splitText } from '../../src/ai/knowledge/split-text.js';
import { writePassages } from '../../src/ai/knowledge/write-passages.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces, newId, sql } from '../../src/platform/database/index.js';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { questions as ofDefne } from './defne/questions.js';
import { questions as ofPatika } from './patika/questions.js';
import type { ShopQuestion } from './shop-question.js';

const shops = {
  /** Short questions. */
  defne: { questions: ofDefne, workspaceId: loadedWorkspaceId(0) },
  /** Long ones with stories around them, written by somebody who had not seen how answers are found. */
  patika: { questions: ofPatika, workspaceId: loadedWorkspaceId(1) },
} as const;
type Shop = keyof typeof shops;

/** Goals Qa and Qu: how well a shop's customers are answered word for word from its knowledge, with no model. */
const bench: Bench = {
  name: 'quoted',
  goals: ['Qa', 'Qu'],
  async run({ machine, log }) {
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    await admin.query(loadStatements({ messages: 10, workspaces: 2 }).workspaces ?? '');
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const workspaces = new Workspaces(database);
    const defne = await ask(workspaces, 'defne', log);
    const patika = await ask(workspaces, 'patika', () => undefined);
    return {
      measured: [
        { goal: 'Qa', value: defne(true), note: 'with the right passage' },
        { goal: 'Qu', value: defne(false) },
      ],
      information: [
        ...(['en', 'tr'] as const).flatMap((language) => [
          { what: `answerable, ${language}`, value: defne(true, language), unit: '%' },
          { what: `unanswerable, ${language}`, value: defne(false, language), unit: '%' },
        ]),
        { what: 'answerable, held-out stories', value: patika(true), unit: '%' },
        { what: 'unanswerable, held-out stories', value: patika(false), unit: '%' },
      ],
    };
  },
};
export default bench;

/** Asks all of a shop's questions; gives the share of the right outcomes, in percent, of a part of them. */
async function ask(
  workspaces: Workspaces,
  shop: Shop,
  log: (line: string) => void,
): Promise<(answerable: boolean, language?: ShopQuestion['language']) => number> {
  const { questions, workspaceId } = shops[shop];
  // As a shop has it: both languages in one knowledge base.
  for (const language of ['en', 'tr'] as const) await add(workspaces, shop, language);
  const outcomes = await Promise.all(
    questions.map(async (asked) => {
      const heading = await headingFor(workspaces, workspaceId, asked.question);
      const right = isRight(asked, heading);
      if (!right) log(`  ${asked.language} "${asked.question}" → ${heading ?? 'nothing'}`);
      return { ...asked, right };
    }),
  );
  return (answerable, language) => {
    const part = outcomes.filter(
      (one) => one.sections.length > 0 === answerable && (language === undefined || one.language === language),
    );
    return (100 * part.filter(({ right }) => right).length) / part.length;
  };
}

function isRight({ sections }: ShopQuestion, heading: string | null): boolean {
  return sections.length === 0 ? heading === null : heading !== null && sections.includes(heading);
}

async function add(workspaces: Workspaces, shop: Shop, language: ShopQuestion['language']): Promise<void> {
  const text = await readFile(path.join(import.meta.dirname, shop, `shop.${language}.md`), 'utf8');
  const { workspaceId } = shops[shop];
  const source = { id: newId(), title: `${shop} (${language})`, internal: false };
  await workspaces.run(workspaceId, async (tx) => {
    await tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, digest)
      values (${workspaceId}, ${source.id}, 'TEXT', ${source.title}, 'READY', ${Buffer.from(source.id.replaceAll('-', ''), 'hex')})`);
    await writePassages(tx, source, splitText(text));
  });
}

/** The innermost heading of the passage that would be quoted; null where the question is left alone. */
async function headingFor(workspaces: Workspaces, workspaceId: string, question: string): Promise<string | null> {
  const finder = new SearchPassages();
  const [best] = await workspaces.read(workspaceId, (tx) =>
    finder.find(tx, { messages: [question], knowledgeIds: null, limit: 6 }),
  );
  return best === undefined ? null : (best.heading?.split(' – ').at(-1) ?? '');
}
