import { Workspaces, newId } from '../../src/platform/database/index.js';
import {
  EraseSubject,
  Erasures,
  Journal,
  type JournalEntry,
  Receipts,
  ReplayErasures,
} from '../../src/privacy/index.js';
import { DeletionWorker } from '../../src/privacy/erasure/deletion.worker.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { CanarySubject, whatsAppItem } from './canary-subject.js';
import { databaseDump, residue } from './residue.js';

let under: InboxUnderTest;

// No worker runs by itself: each turn is the spec's own.
beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { ROLE: 'api' } });
}, 60_000);
afterAll(() => under.stop());

async function inbox(): Promise<TestInbox> {
  const made = await under.inbox();
  return { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
}

function begin({ workspaceId }: TestInbox, contactId: string): Promise<{ erasureId: string }> {
  const erase = under.app.app.get(EraseSubject);
  return under.app.app
    .get(Workspaces)
    .run(workspaceId, (tx) =>
      erase.begin(tx, { scope: 'CONTACT', contactIds: [contactId] }, { requestId: null, by: 'spec' }),
    );
}

function turn({ workspaceId }: TestInbox, rowId: string): Promise<unknown> {
  const worker = under.app.app.get(DeletionWorker);
  return worker.run({ kind: worker.kind, workspaceId, rowId, attempt: 1, signal: new AbortController().signal });
}

/** What is done to a table fails as long as the work goes on: the database itself says no. */
async function failing(table: string, verb: string, condition: string, work: () => Promise<unknown>): Promise<void> {
  await under.admin.query(
    `create or replace function say_no() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`,
  );
  await under.admin.query(
    `create trigger say_no before ${verb} on ${table} for each row ${condition} execute function say_no()`,
  );
  try {
    await expect(work()).rejects.toThrow('not now');
  } finally {
    await under.admin.query(`drop trigger say_no on ${table}`);
  }
}

const state = async (erasureId: string) =>
  (
    await under.admin.query<{ subject: unknown; traces: unknown; files: string[]; done: boolean }>(
      'select subject, traces, files, completed_at is not null as done from erasures where id = $1',
      [erasureId],
    )
  ).rows[0];

it.each([
  ['messages', 'delete', ''],
  ['contact_identities', 'delete', ''],
  ['contacts', 'delete', ''],
  ['tombstones', 'insert', ''],
  ['due', 'insert', `when (new.kind = 'deletion')`],
])(
  'one that fails at the beginning (%s, %s) has not begun: nothing is gone and nothing is due',
  async (table, verb, when) => {
    const ada = await inbox();
    const subject = await CanarySubject.plant(under, ada);
    const before = await databaseDump(under.app.database.ownerUrl);
    await failing(table, verb, when, () => begin(ada, subject.contactId));
    expect(await databaseDump(under.app.database.ownerUrl)).toEqual(before);
  },
);

it('is taken up where it was, whatever step failed, counts each row once, and forgets whom it was about: F1', async () => {
  const ada = await inbox();
  const subject = await CanarySubject.plant(under, ada);
  const { erasureId } = await begin(ada, subject.contactId);
  expect((await state(erasureId))?.files).toHaveLength(3);
  const steps: [string, string, string][] = [
    ['erasures', 'update', `when (cardinality(new.files) < cardinality(old.files))`],
    ['deliveries', 'delete', ''],
    ['workspace_events', 'update', ''],
    ['audit_entries', 'update', ''],
    ['erasure_receipts', 'insert', ''],
    ['erasures', 'update', 'when (new.completed_at is not null)'],
  ];
  for (const step of steps) {
    await failing(...step, () => turn(ada, erasureId));
    expect((await state(erasureId))?.done).toBe(false);
  }
  const { rows: issued } = await under.admin.query('select 1 from erasure_receipts where erasure_id = $1', [erasureId]);
  expect(issued).toHaveLength(1);
  expect(await turn(ada, erasureId)).toBeUndefined();
  // One more run of the same job finds nothing to do.
  expect(await turn(ada, erasureId)).toBeUndefined();
  expect(await state(erasureId)).toEqual({ subject: null, traces: null, files: [], done: true });
  const erasure = await under.app.app.get(Erasures).byId(ada.workspaceId, erasureId);
  expect(erasure?.erased).toMatchObject({ contacts: 2, messages: 6, files: 3, deliveries: 1 });
  const receipt = await under.app.app.get(Receipts).byErasure(erasureId);
  expect(Object.fromEntries((receipt?.erased ?? []).map(({ what, count }) => [what, count]))).toEqual(erasure?.erased);
  expect(receipt?.retained).toMatchObject([{ what: 'tombstones', count: erasure?.tombstones }]);
  const dump = await databaseDump(under.app.database.ownerUrl);
  expect(residue(dump, subject.words)).toEqual([]);
});

it('is done again after a restore, by the ids that the journal has, however often: P4', async () => {
  const ada = await inbox();
  const { workspaceId, channelId } = ada;
  const subject = await CanarySubject.plant(under, ada);
  const conversationIds = [subject.conversationId];
  const { rows: digests } = await under.admin.query<{ hex: string }>(
    `select encode(digest, 'hex') as hex from tombstones where workspace_id = $1`,
    [workspaceId],
  );
  expect(digests).toEqual([]);
  const contactIds = [subject.contactId, subject.otherId];
  const ids = { erasureId: newId(), scope: 'CONTACT', contactIds, conversationIds, tombstones: ['aa'.repeat(32)] };
  const entry = { kind: 'erasure' as const, workspaceId, ids, at: new Date() };
  const elsewhere = { ...entry, workspaceId: newId() };
  const replay = under.app.app.get(ReplayErasures);
  expect(await replay.run([{ ...entry, kind: 'objection' as const }, elsewhere])).toBe(0);
  expect(await replay.run([entry])).toBe(1);
  expect(residue(await databaseDump(under.app.database.ownerUrl), subject.words)).toEqual([]);
  expect(await replay.run([entry])).toBe(1);
  const { rows } = await under.admin.query(
    `select erased_at from tombstones where workspace_id = $1 and encode(digest, 'hex') = $2`,
    [workspaceId, 'aa'.repeat(32)],
  );
  expect(rows).toEqual([{ erased_at: entry.at }]);
  // Who came since is somebody new to it.
  await subject.receive([whatsAppItem(channelId, subject.phone, 'wamid.since')]);
  await replay.run([entry]);
  expect((await under.admin.query('select 1 from messages where workspace_id = $1', [workspaceId])).rows).toHaveLength(
    1,
  );
});

it('is in the journal before it is in the database, by ids alone, and is done again from there: P4 [promise 71]', async () => {
  const ada = await inbox();
  const eve = await inbox();
  const subject = await CanarySubject.plant(under, ada);
  const journal = under.app.app.get(Journal);
  const from = await journal.position();
  const { erasureId } = await begin(ada, subject.contactId);
  await expect(begin(ada, subject.contactId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await eve.client.ask('mutation ($reason: String!) { placeLegalHold(reason: $reason) { id } }', { reason: 'a case' });
  const { legalHolds } = await eve.client.ask<{ legalHolds: { id: string }[] }>('{ legalHolds { id } }');
  const holdId = legalHolds[0]?.id;
  await eve.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: holdId });
  const { workspace } = await eve.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
  await eve.client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', workspace);
  const entries: JournalEntry[] = [];
  for await (const entry of journal.read(from)) entries.push(entry);
  expect(entries).toMatchObject([
    {
      kind: 'erasure',
      workspaceId: ada.workspaceId,
      ids: {
        erasureId,
        scope: 'CONTACT',
        contactIds: [subject.contactId, subject.otherId].sort(),
      },
    },
    { kind: 'hold-placed', ids: { holdId } },
    { kind: 'hold-released', ids: { holdId } },
    { kind: 'workspace-deleted', workspaceId: eve.workspaceId },
  ]);
  // Keyed digests of what they were written to at, and of what platforms called them; nothing that says which is which.
  const tombstones = entries[0]?.ids['tombstones'];
  expect(tombstones).toHaveLength(9);
  for (const digest of tombstones as string[]) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(residue([{ where: 'journal', bytes: Buffer.from(JSON.stringify(entries)) }], subject.words)).toEqual([]);
  // As in a backup from before: the workspace is there, and what was found of the person is not done yet.
  await under.admin.query('delete from workspace_deletions where workspace_id = $1', [eve.workspaceId]);
  await under.admin.query('update members set user_id = $1 where id = $2', [eve.member.userId, eve.member.memberId]);
  const mails = async () =>
    (await under.admin.query(`select id from mails where template = 'workspace-deleted' order by id`)).rows;
  const told = await mails();
  await under.admin.query('delete from tombstones where workspace_id = $1', [ada.workspaceId]);
  await under.insert('legal_holds', eve.workspaceId, { reason: 'it was released later' });
  expect(await under.app.app.get(ReplayErasures).run(journal.read(from))).toBe(2);
  const { rows } = await under.admin.query(
    `select (select count(*)::int from tombstones where workspace_id = $1) as tombstones,
            (select count(*)::int from workspace_deletions where workspace_id = $2) as deletions,
            (select count(owners)::int from workspace_deletions where workspace_id = $2) as kept`,
    [ada.workspaceId, eve.workspaceId],
  );
  // Its owners were told the first time, and are not told again.
  expect(rows).toEqual([{ tombstones: 9, deletions: 1, kept: 0 }]);
  expect(await mails()).toEqual(told);
  expect(await state(erasureId)).toMatchObject({ done: true });
});

describe('a legal hold', () => {
  const hold = (workspaceId: string, contactId: string | null) =>
    under.insert('legal_holds', workspaceId, { contact_id: contactId, reason: 'a case in court' });
  const release = (id: string) => under.admin.query('update legal_holds set released_at = now() where id = $1', [id]);

  it('stops an erasure before anything of it is gone, and says so; also one of somebody merged with them', async () => {
    const ada = await inbox();
    const subject = await CanarySubject.plant(under, ada);
    const before = await databaseDump(under.app.database.ownerUrl);
    for (const held of [subject.contactId, subject.otherId, null]) {
      const id = await hold(ada.workspaceId, held);
      await expect(begin(ada, subject.contactId)).rejects.toMatchObject({
        code: 'LEGAL_HOLD',
        message: expect.stringContaining('legal hold') as unknown,
      });
      await under.admin.query('delete from legal_holds where id = $1', [id]);
    }
    expect(await databaseDump(under.app.database.ownerUrl)).toEqual(before);
    // Another's hold does not.
    await hold(ada.workspaceId, await under.contact(ada.workspaceId));
    await expect(begin(ada, subject.contactId)).resolves.toMatchObject({});
  });

  it('stops one that goes on at its next step, until it is released', async () => {
    const ada = await inbox();
    const subject = await CanarySubject.plant(under, ada);
    const { erasureId } = await begin(ada, subject.contactId);
    const id = await hold(ada.workspaceId, null);
    expect(await turn(ada, erasureId)).toEqual({ afterSeconds: 3_600 });
    const { heldAt } = (await under.app.app.get(Erasures).byId(ada.workspaceId, erasureId)) ?? {};
    expect(heldAt).toBeInstanceOf(Date);
    expect((await state(erasureId))?.files).toHaveLength(3);
    await release(id);
    expect(await turn(ada, erasureId)).toBeUndefined();
    expect(await state(erasureId)).toMatchObject({ done: true });
  });
});
