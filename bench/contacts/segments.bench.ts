import type { Channels } from '../../src/channels/index.js';
import { ListContacts } from '../../src/conversations/contacts/list-contacts.js';
import { AskedFilter } from '../../src/conversations/contacts/segments/asked-filter.js';
import { type ContactFilter, FieldComparison } from '../../src/conversations/contacts/segments/contact-filter.input.js';
import { ContactRules } from '../../src/conversations/contacts/segments/contact-rules.js';
import type { MemberActor } from '../../src/platform/access/index.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { loadStatements, loadedMemberId, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';

const rounds = 12;
const field = (key: string, comparison: FieldComparison, value?: unknown): ContactFilter => ({
  fields: [{ key, comparison, value }],
});

/** What is asked for: what half of all have, what hardly anybody has, what no index knows, and several at once. */
const segments: Readonly<Record<string, ContactFilter>> = {
  'a label that half have': { tags: ['often'] },
  'a label that one in 50,000 has': { tags: ['rare'] },
  'a choice that a third made': field('Plan', FieldComparison.IS, 'pro'),
  'a value that one has': field('Number', FieldComparison.IS, 78),
  'a number from 990 of 1,000': field('Orders', FieldComparison.AT_LEAST, 990),
  'a language of one in 100': { languages: ['tr'] },
  'a label, a choice and a number': {
    ...field('Orders', FieldComparison.AT_MOST, 500),
    tags: ['often'],
    hasEmail: true,
  },
  'heard of in a week': { seenWithinDays: 7 },
};

/** Goals S9 and S9c: how soon a page of a segment stands there, and how many are in it. */
const bench: Bench = {
  name: 'segments',
  goals: ['S9', 'S9c'],
  async run({ machine, quick, log }) {
    const contacts = quick ? 100_000 : 1_000_000;
    const empty = await machine.database();
    const admin = await machine.admin(empty);
    await admin.query(loadStatements({ messages: 1_000, workspaces: 2 }).workspaces ?? '');
    const workspaceId = loadedWorkspaceId(0);
    const since = performance.now();
    await admin.query(
      `insert into contacts (workspace_id, id, name, emails, tags, language, custom_fields, first_seen_at, last_seen_at)
       select $1, gen_random_uuid(), 'Customer ' || n, case when n % 3 = 0 then array['c' || n || '@example.com'] else '{}' end,
              case when n % 50000 = 1 then array['rare', 'often'] when n % 2 = 0 then array['often'] else '{}' end,
              case when n % 100 = 0 then 'tr-TR' else 'en' end,
              case when n % 3 = 0 then jsonb_build_object('Plan', 'pro', 'Number', n, 'Orders', n % 1000) else '{}' end,
              now() - make_interval(secs => n), now() - make_interval(secs => n * 7)
         from generate_series(1, $2::int) n`,
      [workspaceId, contacts],
    );
    await admin.query('vacuum (analyze) contacts');
    log(`${String(contacts)} contacts in ${String(Math.round((performance.now() - since) / 1000))} s`);
    const database = await Database.connect(empty.appUrl, 2);
    machine.endLater(() => database.close());
    const workspaces = new Workspaces(database);
    const asked = new AskedFilter({} as Channels, new ContactRules());
    const list = new ListContacts(workspaces, asked);
    const member = { workspaceId, memberId: loadedMemberId(0, 0) } as MemberActor;
    const pages: number[] = [];
    const counts: number[] = [];
    const information = [];
    for (const [what, filter] of Object.entries(segments)) {
      const [own, counted]: [number[], number[]] = [[], []];
      let found = 0;
      for (let round = 0; round <= rounds; round += 1) {
        const start = performance.now();
        const page = await list.run(member, { filter, first: 50 });
        const middle = performance.now();
        found = await workspaces.read(workspaceId, async (tx) => asked.count(tx, await asked.conditions(tx, filter)));
        if (page.nodes.length !== Math.min(50, found)) throw new Error(`A page of ${what} is not what was counted.`);
        if (round === 0) continue;
        own.push(middle - start);
        counted.push(performance.now() - middle);
      }
      pages.push(...own);
      counts.push(...counted);
      information.push(
        { what: `${what} (${String(found)}), page, median`, value: quantile(own, 0.5), unit: 'ms' },
        { what: `${what}, count, median`, value: quantile(counted, 0.5), unit: 'ms' },
      );
    }
    const note = `${String(contacts)} contacts, ${String(pages.length)} pages of ${String(Object.keys(segments).length)} segments`;
    return {
      measured: [
        { goal: 'S9', value: quantile(pages, 0.95), note },
        { goal: 'S9c', value: quantile(counts, 0.95), note },
      ],
      information,
    };
  },
};
export default bench;
