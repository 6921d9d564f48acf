import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SearchPassages } from '../../src/ai/knowledge/search-passages.js';
import { splitText } from '../../src/ai/knowledge/split-text.js';
import { writePassages } from '../../src/ai/knowledge/write-passages.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces, newId, sql } from '../../src/platform/database/index.js';
import { loadStatements, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { type ShopQuestion, questions } from './questions.js';

const workspaceId = loadedWorkspaceId(0);

/** Goals Qa and Qu: how well a shop's customers are answered word for word from its knowledge, with no model. */
const bench: Bench = {
  name: 'quoted',
  goals: ['Qa', 'Qu'],
  async run({ machine, log }) {
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    await admin.query(loadStatements({ messages: 10, workspaces: 1 }).workspaces ?? '');
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const workspaces = new Workspaces(database);
    // As a shop has it: both languages in one knowledge base.
    for (const language of ['en', 'tr'] as const) await add(workspaces, language);
    const answered = await Promise.all(
      questions.map(async (asked) => ({ asked, heading: await headingFor(workspaces, asked) })),
    );
    for (const { asked, heading } of answered)
      if (!isRight(asked, heading)) log(`  ${asked.language} "${asked.question}" → ${heading ?? 'nothing'}`);
    const share = (of: (asked: ShopQuestion) => boolean): number => {
      const all = answered.filter(({ asked }) => of(asked));
      return (100 * all.filter(({ asked, heading }) => isRight(asked, heading)).length) / all.length;
    };
    const answerable = ({ sections }: ShopQuestion): boolean => sections.length > 0;
    const inLanguage = (language: string, can: boolean) =>
      share((asked) => asked.language === language && answerable(asked) === can);
    return {
      measured: [
        { goal: 'Qa', value: share(answerable), note: 'with the right passage' },
        { goal: 'Qu', value: share((asked) => !answerable(asked)) },
      ],
      information: [
        { what: 'answerable, English', value: inLanguage('en', true), unit: '%' },
        { what: 'answerable, Turkish', value: inLanguage('tr', true), unit: '%' },
        { what: 'unanswerable, English', value: inLanguage('en', false), unit: '%' },
        { what: 'unanswerable, Turkish', value: inLanguage('tr', false), unit: '%' },
      ],
    };
  },
};
export default bench;

function isRight({ sections }: ShopQuestion, heading: string | null): boolean {
  return sections.length === 0 ? heading === null : heading !== null && sections.includes(heading);
}

async function add(workspaces: Workspaces, language: ShopQuestion['language']): Promise<void> {
  const text = await readFile(path.join(import.meta.dirname, `shop.${language}.md`), 'utf8');
  const source = { id: newId(), title: `Defne (${language})`, internal: false };
  await workspaces.run(workspaceId, async (tx) => {
    await tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, digest)
      values (${workspaceId}, ${source.id}, 'TEXT', ${source.title}, 'READY', ${Buffer.from(source.id.replaceAll('-', ''), 'hex')})`);
    await writePassages(tx, source, splitText(text));
  });
}

/** The innermost heading of the passage that would be quoted; null where the question is left alone. */
async function headingFor(workspaces: Workspaces, { question }: ShopQuestion): Promise<string | null> {
  const finder = new SearchPassages();
  const [best] = await workspaces.read(workspaceId, (tx) =>
    finder.find(tx, { messages: [question], knowledgeIds: null, limit: 6 }),
  );
  return best === undefined ? null : (best.heading?.split(' – ').at(-1) ?? '');
}
