import { Retention } from '../../accounts/index.js';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { newId } from '../../platform/database/index.js';

let under: InboxUnderTest;
beforeAll(async () => void (under = await InboxUnderTest.start()), 60_000);
afterAll(() => under.stop());

type Days = Partial<Record<'conversationsDays' | 'leadsDays' | 'aiRunsDays' | 'auditDays', number | null>>;
type Counts = Readonly<Record<string, number>>;

const declared = '$conversationsDays: Int, $leadsDays: Int, $aiRunsDays: Int, $auditDays: Int';
const given =
  'conversationsDays: $conversationsDays, leadsDays: $leadsDays, aiRunsDays: $aiRunsDays, auditDays: $auditDays';
const preview = `query (${declared}) { previewRetention(${given}) { what count } }`;
const set = `mutation (${declared}) { setRetention(${given}) { conversationsDays } }`;
const nothing = {
  audit_entries: 0,
  conversations: 0,
  messages: 0,
  files: 0,
  ai_runs: 0,
  question_askings: 0,
  unanswered_questions: 0,
  leads: 0,
  contacts: 0,
};

async function previewed({ client }: TestInbox, days: Days): Promise<Counts> {
  const { previewRetention } = await client.ask<{ previewRetention: { what: string; count: number }[] }>(preview, days);
  return Object.fromEntries(previewRetention.map(({ what, count }) => [what, count]));
}

/** What there is of each kind that a preview counts. */
async function held({ workspaceId }: TestInbox): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(nothing)) {
    const { rows } = await under.admin.query<{ n: number }>(
      `select count(*)::int as n from ${table} where workspace_id = $1`,
      [workspaceId],
    );
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
}

const agoIn = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A conversation of two messages, of which the first came with a file, and a run of the AI about it. */
async function conversation(inbox: TestInbox, days: number, more: Record<string, unknown> = {}): Promise<string> {
  const id = await under.conversation(inbox, { last_activity_at: agoIn(days), ...more });
  const message = await under.message(inbox, id);
  await under.message(inbox, id);
  const file = await under.insert('files', inbox.workspaceId, {
    content_type: 'text/plain',
    size: 1,
    sha256: Buffer.alloc(32),
  });
  await attach(inbox, message, file);
  await aiRun(inbox, 1, id);
  return id;
}

const attach = (inbox: TestInbox, message: string, file: string) =>
  under.insert('attachments', inbox.workspaceId, {
    message_id: message,
    position: 0,
    kind: 'DOCUMENT',
    status: 'READY',
    file_id: file,
  });

const aiRun = (inbox: TestInbox, days: number, conversationId: string | null) =>
  under.insert('ai_runs', inbox.workspaceId, {
    at: agoIn(days),
    purpose: 'DRAFT',
    provider: 'openai',
    model: 'none',
    conversation_id: conversationId,
    request: '{}',
    outcome: 'PROPOSED',
    prompt_version: '1',
  });

/** A question that nobody could answer, asked so many days ago in each of these conversations. */
async function question({ workspaceId }: TestInbox, asked: readonly (readonly [number, string])[]): Promise<void> {
  const id = await under.insert('unanswered_questions', workspaceId, { status: 'OPEN' });
  for (const [days, conversationId] of asked)
    await under.insert('question_askings', workspaceId, {
      question_id: id,
      conversation_id: conversationId,
      message_id: newId(),
      text: 'Do you repair watches?',
      stems: ['repair', 'watch'],
      asked_at: agoIn(days),
    });
}

async function filled(): Promise<TestInbox> {
  const inbox = await under.inbox();
  for (const [days, more] of [
    [21, {}],
    [25, { status: 'RESOLVED' }],
    [30, { spam: true }],
    [19, {}],
  ] as const)
    await conversation(inbox, days, more);
  return inbox;
}

describe('what a policy would remove', () => {
  it('is counted before it is saved, and is what goes then', async () => {
    const inbox = await filled();
    await aiRun(inbox, 9, null);
    const [old, young] = [await conversation(inbox, 25), await conversation(inbox, 1)];
    // By their own age, with their conversation, and one of which somebody is left who asked it.
    await question(inbox, [[9, young]]);
    await question(inbox, [[1, old]]);
    await question(inbox, [
      [1, old],
      [1, young],
    ]);
    const before = await held(inbox);
    const days = { conversationsDays: 20, aiRunsDays: 8 };
    expect(await previewed(inbox, {})).toEqual(nothing);
    const would = await previewed(inbox, days);
    expect(would).toEqual({
      ...nothing,
      conversations: 4,
      messages: 8,
      files: 4,
      ai_runs: 5,
      question_askings: 3,
      unanswered_questions: 2,
    });
    // Looking removes nothing and changes no policy.
    expect(await held(inbox)).toEqual(before);
    expect(await previewed(inbox, {})).toEqual(nothing);
    await inbox.client.ask(set, days);
    // Each kind goes in a transaction of its own.
    await eventually(async () => {
      const left = await held(inbox);
      return left['files'] === 2 && left['ai_runs'] === 2 && left['unanswered_questions'] === 1 ? true : null;
    }, 20_000);
    const after = await held(inbox);
    for (const what of Object.keys(nothing).filter((kind) => kind !== 'audit_entries'))
      expect([what, (before[what] ?? 0) - (after[what] ?? 0)]).toEqual([what, would[what]]);
    expect(await previewed(inbox, {})).toEqual(nothing);
  }, 40_000);

  it('takes what is saved for what is left out, and null for ever', async () => {
    const inbox = await filled();
    await under.admin.query(`update workspaces set retention = '{"conversationsDays": 29}' where id = $1`, [
      inbox.workspaceId,
    ]);
    expect(await previewed(inbox, { aiRunsDays: 90 })).toMatchObject({ conversations: 1, messages: 2 });
    expect(await previewed(inbox, { conversationsDays: null })).toEqual(nothing);
    await under.admin.query(`update audit_entries set at = now() - interval '40 days' where workspace_id = $1`, [
      inbox.workspaceId,
    ]);
    const { audit_entries: entries } = await held(inbox);
    expect(entries).toBeGreaterThan(0);
    expect(await previewed(inbox, { auditDays: 30, conversationsDays: null })).toEqual({
      ...nothing,
      audit_entries: entries,
    });
  });

  it('leaves out what a legal hold keeps, and a file that a younger conversation names', async () => {
    const inbox = await under.inbox();
    const [held, shared] = [await under.contact(inbox.workspaceId), await conversation(inbox, 50)];
    await conversation(inbox, 50, { contact_id: held });
    const young = await under.conversation(inbox, {});
    const { rows } = await under.admin.query<{ id: string }>(
      'select a.file_id as id from attachments a join messages m on m.id = a.message_id where m.conversation_id = $1',
      [shared],
    );
    await attach(inbox, await under.message(inbox, young), rows[0]?.id ?? '');
    expect(await previewed(inbox, { conversationsDays: 20 })).toEqual({
      ...nothing,
      conversations: 2,
      messages: 4,
      files: 1,
      ai_runs: 2,
    });
    const place = 'mutation ($id: ID) { placeLegalHold(contactId: $id, reason: "A case") { id } }';
    await inbox.client.ask(place, { id: held });
    expect(await previewed(inbox, { conversationsDays: 20 })).toEqual({
      ...nothing,
      conversations: 1,
      messages: 2,
      ai_runs: 1,
    });
    await inbox.client.ask(place, { id: null });
    expect(await previewed(inbox, { conversationsDays: 20 })).toEqual(nothing);
  });

  it('is told to an owner alone, of their own workspace, in days that make sense', async () => {
    const { ada, bob } = await under.team();
    expect(await bob.client.refusal(preview, {})).toBe('FORBIDDEN');
    await conversation(await under.inbox(), 50);
    expect(await previewed(ada, { conversationsDays: 1 })).toEqual(nothing);
    for (const days of [{ conversationsDays: 0 }, { aiRunsDays: null }, { auditDays: 29 }])
      expect([days, await ada.client.refusal(preview, days)]).toEqual([days, 'BAD_USER_INPUT']);
  });
});

describe('what goes by its age', () => {
  const noted = async () => (await under.admin.query('select from residue where since is not null')).rowCount === 1;
  const aged = {
    conversationsDays: (inbox: TestInbox) => conversation(inbox, 50),
    aiRunsDays: (inbox: TestInbox) => aiRun(inbox, 50, null),
    leadsDays: async ({ workspaceId }: TestInbox) => {
      const contact = await under.contact(workspaceId);
      const lead = { contact_id: contact, original_contact_id: contact, source: 'MANUAL', created_at: agoIn(50) };
      await under.insert('leads', workspaceId, lead);
    },
    auditDays: ({ workspaceId }: TestInbox) =>
      under.admin.query(`update audit_entries set at = now() - interval '50 days' where workspace_id = $1`, [
        workspaceId,
      ]),
  };

  it('may still be on disk, so that it is noted with the commit in which it goes, and not where nothing went: P3', async () => {
    const kinds = under.app.app.get(Retention).all;
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(Object.keys(aged).sort());
    for (const retained of kinds) {
      const { kind } = retained;
      const inbox = await under.inbox();
      await under.admin.query('delete from residue');
      expect([kind, await retained.prune(inbox.workspaceId, 40), await noted()]).toEqual([
        kind,
        expect.objectContaining({ more: false }),
        false,
      ]);
      await aged[kind](inbox);
      const { gone } = await retained.prune(inbox.workspaceId, 40);
      expect([kind, Object.values(gone).some((count) => count > 0), await noted()]).toEqual([kind, true, true]);
    }
  });
});
