import { VerifyAudit } from '../../platform/audit/index.js';
import { newId } from '../../platform/database/index.js';
import { eventually } from '../../../test/support/client.js';
import { Team } from '../../../test/support/team.js';
import { ApplyRetentionWorker } from './apply-retention.worker.js';
import { Retention } from './retention.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 30_000);
afterAll(() => team.stop());

const set = `mutation ($conversationsDays: Int, $leadsDays: Int, $aiRunsDays: Int, $auditDays: Int) {
  setRetention(conversationsDays: $conversationsDays, leadsDays: $leadsDays, aiRunsDays: $aiRunsDays, auditDays: $auditDays) {
    conversationsDays leadsDays aiRunsDays auditDays } }`;
const kept = async () =>
  (
    await team.owner.client.ask<{ workspace: { retention: object } }>(
      '{ workspace { retention { conversationsDays leadsDays aiRunsDays auditDays } } }',
    )
  ).workspace.retention;
const usual = { conversationsDays: null, leadsDays: null, aiRunsDays: 90, auditDays: 365 };

/** What the daily job does, without waiting for it. */
async function apply(workspaceId = team.workspaceId) {
  const worker = team.app.app.get(ApplyRetentionWorker);
  const { signal } = new AbortController();
  return worker.run({ kind: worker.kind, workspaceId, rowId: workspaceId, attempt: 1, signal });
}

const idsIn = async (table: string, workspaceId = team.workspaceId) =>
  (
    await team.sql.query<{ id: string }>(`select id from ${table} where workspace_id = $1 order by id`, [workspaceId])
  ).rows.map(({ id }) => id);

describe('for how long a workspace keeps what', () => {
  it('is usual until an owner says otherwise; what is left out stays as it is', async () => {
    expect(await kept()).toEqual(usual);
    const { setRetention } = await team.owner.client.ask<{ setRetention: object }>(set, { conversationsDays: 400 });
    expect(setRetention).toEqual({ ...usual, conversationsDays: 400 });
    await team.owner.client.ask(set, { leadsDays: 30, auditDays: 30 });
    expect(await kept()).toEqual({ conversationsDays: 400, leadsDays: 30, aiRunsDays: 90, auditDays: 30 });
    await team.owner.client.ask(set, { conversationsDays: null, leadsDays: null, auditDays: 365 });
    expect(await kept()).toEqual(usual);
    expect(
      (await team.audited()).filter(({ action }) => action === 'retention.set').map(({ detail }) => detail),
    ).toEqual([
      { conversationsDays: 400 },
      { leadsDays: 30, auditDays: 30 },
      { conversationsDays: null, leadsDays: null, auditDays: 365 },
    ]);
  });

  it('is said by an owner alone, in days that make sense', async () => {
    for (const role of ['ADMIN', 'EDITOR', 'VIEWER'])
      expect(await (await team.member(role)).client.refusal(set, { auditDays: 60 })).toBe('FORBIDDEN');
    const refused = [
      { conversationsDays: 0 },
      { leadsDays: -1 },
      { aiRunsDays: null },
      { aiRunsDays: 4_000 },
      { auditDays: null },
      { auditDays: 29 },
    ];
    for (const days of refused) {
      const { errors } = await team.owner.client.post(set, days);
      expect([days, errors?.[0]?.extensions]).toEqual([
        days,
        expect.objectContaining({ code: 'BAD_USER_INPUT', field: Object.keys(days)[0] }),
      ]);
      if (Object.values(days)[0] === null)
        expect(errors?.[0]?.message).toMatch(/not kept for ever: give a number of days/);
    }
    expect(await kept()).toEqual(usual);
  });

  it('is looked at once a day, from the first on', async () => {
    const { rows } = await team.sql.query<{ hours: number }>(
      `select round(extract(epoch from due_at - now()) / 3600)::int as hours from due
        where kind = 'apply-retention' and workspace_id = $1`,
      [(await team.person('New')).client.workspaceId],
    );
    expect(rows).toEqual([{ hours: 24 }]);
    expect(await apply()).toEqual({ afterSeconds: 86_400 });
    expect(await apply(newId())).toBeUndefined();
  });

  it('is applied at once when it is changed', async () => {
    const due = async (workspaceId: string) =>
      (
        await team.sql.query<{ now: boolean }>(
          `select due_at <= now() as now from due where kind = 'apply-retention' and workspace_id = $1`,
          [workspaceId],
        )
      ).rows;
    const { client } = await team.person('Changing');
    expect(await due(client.workspaceId ?? '')).toEqual([{ now: false }]);
    await client.ask(set, { aiRunsDays: 30 });
    expect(await due(client.workspaceId ?? '')).toContainEqual({ now: true });
  });
});

describe('what is older', () => {
  async function conversation(workspaceId: string, days: number, more: Record<string, unknown> = {}) {
    const [channel, contact, id, message] = [newId(), newId(), newId(), newId()];
    await team.sql.query(
      `insert into channels (workspace_id, id, kind, provider, name, external_id, status) values ($1, $2, 'WHATSAPP', 'meta', 'Shop', $3, 'CONNECTED')`,
      [workspaceId, channel, channel],
    );
    await team.sql.query(`insert into contacts (workspace_id, id) values ($1, $2)`, [workspaceId, contact]);
    const { status = 'OPEN', spam = false } = more;
    await team.sql.query(
      `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, status, spam, last_activity_at)
       values ($1, $2, $3, $4, $8, $5, $6, now() - make_interval(days => $7))`,
      [workspaceId, id, channel, contact, status, spam, days, newId()],
    );
    await team.sql.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       values ($1, $2, $3, $4, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', 'Hello', now())`,
      [workspaceId, message, id, channel],
    );
    return id;
  }

  const aiRun = async (workspaceId: string, days: number) => {
    const id = newId();
    await team.sql.query(
      `insert into ai_runs (workspace_id, id, at, purpose, provider, model, request, outcome, prompt_version)
       values ($1, $2, now() - make_interval(days => $3), 'DRAFT', 'openai', 'none', '{}', 'PROPOSED', '1')`,
      [workspaceId, id, days],
    );
    return id;
  };

  it('goes: conversations open, settled and spam, and runs of the AI; what is younger and what is another workspace’s stays', async () => {
    const other = (await team.person('Other')).client.workspaceId ?? '';
    const young = [await conversation(team.workspaceId, 19), await conversation(team.workspaceId, 0, { spam: true })];
    const theirs = await conversation(other, 900);
    for (const more of [{}, { status: 'RESOLVED' }, { spam: true }]) await conversation(team.workspaceId, 21, more);
    // More than go in one batch.
    await team.sql.query(
      `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, last_activity_at)
       select workspace_id, gen_random_uuid(), channel_id, contact_id, gen_random_uuid(), last_activity_at
         from conversations, generate_series(1, 150) n where id = $1`,
      [await conversation(team.workspaceId, 22)],
    );
    await aiRun(team.workspaceId, 8);
    await team.sql.query(
      `insert into ai_runs (workspace_id, id, at, purpose, provider, model, request, outcome, prompt_version)
       select workspace_id, other, at, purpose, provider, model, request, outcome, prompt_version
         from ai_runs, unnest($2::uuid[]) other where workspace_id = $1`,
      [team.workspaceId, Array.from({ length: 1_100 }, newId)],
    );
    const run = await aiRun(team.workspaceId, 6);
    const theirRun = await aiRun(other, 80);
    await team.owner.client.ask(set, { conversationsDays: 20, aiRunsDays: 7 });
    await apply();
    await apply(other);
    // The job runs by itself as well: each run notes its own part, and has ended when it did.
    const noted = async () => (await team.audited()).filter(({ action }) => action === 'retention.apply');
    const sums = (runs: Awaited<ReturnType<typeof noted>>) =>
      ['conversations', 'messages', 'ai_runs'].map((what) =>
        runs.reduce((all, { detail }) => all + ((detail as Record<string, number> | null)?.[what] ?? 0), 0),
      );
    const runs = await eventually(async () => {
      const all = await noted();
      return sums(all).join() === '154,4,1101' ? all : null;
    }, 10_000);
    expect(await idsIn('conversations')).toEqual(young.sort());
    expect(await idsIn('messages')).toHaveLength(2);
    expect(await idsIn('ai_runs')).toEqual([run]);
    expect([await idsIn('conversations', other), await idsIn('ai_runs', other)]).toEqual([[theirs], [theirRun]]);
    const { rows } = await team.sql.query<{ ids: string[] }>(
      `select ids from workspace_events where workspace_id = $1 and kind = 'Erased'`,
      [team.workspaceId],
    );
    expect(rows.flatMap(({ ids }) => ids)).toHaveLength(154);
    expect(runs[0]).toMatchObject({ actor: 'system', target: team.workspaceId });
    // Nothing is noted where nothing went.
    await apply();
    expect(await noted()).toEqual(runs);
  });

  it('goes in bounded batches, however long a conversation is, and again after a restore brought it back [promise 71]', async () => {
    const shop = (await team.person('Long')).client;
    const workspaceId = shop.workspaceId ?? '';
    await team.sql.query(`update workspaces set retention = '{"conversationsDays": 20}' where id = $1`, [workspaceId]);
    const long = async () => {
      const id = await conversation(workspaceId, 30);
      await team.sql.query(
        `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
         select workspace_id, gen_random_uuid(), conversation_id, channel_id, direction, author, kind, status, text, sent_at
           from messages, generate_series(1, 11999) where conversation_id = $1`,
        [id],
      );
    };
    await long();
    const prune = team.app.app.get(Retention).all.find(({ kind }) => kind === 'conversationsDays');
    expect(await prune?.prune(workspaceId, 20)).toMatchObject({ gone: { messages: 5_000 }, more: true });
    expect(await idsIn('messages', workspaceId)).toHaveLength(7_000);
    await apply(workspaceId);
    expect([await idsIn('messages', workspaceId), await idsIn('conversations', workspaceId)]).toEqual([[], []]);
    // A restored backup brings it back; the policy is in the backup too, and what is looked at daily is looked at again.
    await long();
    await apply(workspaceId);
    expect(await idsIn('messages', workspaceId)).toEqual([]);
  });

  it('goes from the audit log behind a signed place, from which the chain is whole', async () => {
    const places = async () =>
      (
        await team.sql.query<{ seq: string }>(
          'select seq::text from audit_entries where workspace_id = $1 order by audit_entries.seq',
          [team.workspaceId],
        )
      ).rows.map(({ seq }) => seq);
    expect((await places()).slice(0, 4)).toEqual(['1', '2', '3', '4']);
    await team.sql.query(
      `update audit_entries set at = now() - interval '31 days' where workspace_id = $1 and seq <= 3`,
      [team.workspaceId],
    );
    await team.owner.client.ask(set, { auditDays: 30 });
    await apply();
    expect((await places())[0]).toBe('4');
    expect(await team.app.app.get(VerifyAudit).verify(team.workspaceId)).toMatchObject({ broken: null });
  });
});
