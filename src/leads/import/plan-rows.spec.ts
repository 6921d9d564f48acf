import { InboxUnderTest } from '../../../test/support/inbox.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import type { ImportedRow } from './interpret-row.js';
import { PlanRows } from './plan-rows.js';
import { storeRows } from './store-rows.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

const there = 4_000;

/** So many leads out of files and of forms, in turns, each of a person of their own. */
async function fill(workspaceId: string): Promise<void> {
  const values = [workspaceId, there];
  await under.admin.query(
    `insert into contacts (workspace_id, id, name)
     select $1::text::uuid, md5($1 || n)::uuid, 'Customer ' || n from generate_series(1, $2::int) n`,
    values,
  );
  await under.admin.query(
    `insert into leads (workspace_id, id, contact_id, original_contact_id, source, external_id, email)
     select $1::text::uuid, md5($1 || 'lead' || n)::uuid, md5($1 || n)::uuid, md5($1 || n)::uuid,
            case n % 2 when 0 then 'IMPORT' else 'CONTACT_FORM' end, 'to:c' || n || '@example.com', 'c' || n || '@example.com'
       from generate_series(1, $2::int) n`,
    values,
  );
}

function rowOf(line: number, address: { readonly email?: string; readonly phone?: string }): ImportedRow {
  const { email = null, phone = null } = address;
  const externalId = `to:${email ?? phone ?? ''}`;
  const said = { name: 'Grace', company: null, message: null, status: null, createdAt: null };
  return { line, externalId, email, phone, ...said, tags: ['vip'], fields: {}, contactFields: {} };
}

describe('rows of a file [promise 15]', () => {
  it('take no more reading where a workspace holds many leads, also where its tables were counted before it had any', async () => {
    const [ada, eve] = [await under.inbox(), await under.inbox('Eve')];
    // All that the counting knows is somebody else's; a plan made from it takes ours for nobody.
    await fill(eve.workspaceId);
    await under.admin.query('analyze leads, contacts');
    await fill(ada.workspaceId);
    const rows = [
      ...Array.from({ length: 100 }, (_, n) => rowOf(n, { email: `c${String(n + 1)}@example.com` })),
      ...Array.from({ length: 50 }, (_, n) => rowOf(200 + n, { email: `new${String(n)}@example.com` })),
      ...Array.from({ length: 50 }, (_, n) => rowOf(300 + n, { phone: `+49301234${String(100 + n)}` })),
    ];
    const read = await under.app.app.get(Workspaces).run(ada.workspaceId, async (tx) => {
      const { people } = await under.app.app.get(PlanRows).run(tx, rows);
      const [updated, joined] = [people.filter(({ leadId }) => leadId !== null), people.filter(({ known }) => known)];
      expect([people.length, updated.length, joined.length]).toEqual([200, 50, 100]);
      await storeRows(tx, people, null);
      return tx.query<{ name: string; rows: number }>(sql`
        select relname as name, (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
         where relname in ('leads', 'contacts') order by relname`);
    });
    expect(read.map(({ name }) => name)).toEqual(['contacts', 'leads']);
    for (const { name, rows: fetched } of read) expect([name, Math.max(fetched, 1_000)]).toEqual([name, 1_000]);
    const { rows: made } = await under.admin.query<{ leads: number }>(
      'select count(*)::int as leads from leads where workspace_id = $1 and source = $2',
      [ada.workspaceId, LeadSource.IMPORT],
    );
    expect(made).toEqual([{ leads: there / 2 + 150 }]);
  });
});
