import { ends, sellingEnvironment, stands } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { beginImport, importEnded, uploadTable } from '../support/imports.js';
import { Team, type Teammate } from '../support/team.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

const limits = { SEATS: 3, CHANNELS: 2, AI_REPLIES: 2, CONTACTS: 4, KNOWLEDGE_PASSAGES: 5 };
const whatsApp = `mutation { connectWhatsApp(input: { wabaId: "770000000000001", phoneNumberId: "660000000000001",
  accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }`;
const invite = 'mutation ($email: String!) { inviteMember(email: $email, role: EDITOR) { id } }';
const accept = `mutation ($token: String!, $name: String, $password: String) {
  acceptInvitation(token: $token, name: $name, password: $password) { role } }`;
const newChat = `mutation { createWebChat(input: { name: "Shop", allowedDomains: ["shop.example"] }) { id } }`;
const disconnect = 'mutation ($id: ID!) { disconnectChannel(id: $id) { id } }';
const addLead = 'mutation ($email: String!) { createLead(input: { email: $email }) { id } }';
const addText =
  'mutation ($title: String!, $text: String!) { addKnowledge(input: { kind: TEXT, title: $title, text: $text }) { id } }';
const paragraphs = (count: number, word: string) =>
  Array.from(
    { length: count },
    (_, place) => `# ${word} ${String(place)}\n\nThe ${word} number ${String(place)} is open.`,
  ).join('\n\n');

let team: Team;
beforeAll(async () => {
  const environment = await sellingEnvironment({
    plans: { small: limits, silent: { AI_REPLIES: 0 }, big: {} },
    trial: { plan: 'big', days: 14 },
  });
  team = await Team.start({ redis: false, environment });
}, 30_000);
afterAll(() => team.stop());

interface Refused {
  readonly code: string;
  readonly reason?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Why an operation was refused; null where it was not. */
async function refused(
  client: TestClient,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Refused | null> {
  const { errors } = await client.post(query, variables);
  return (errors?.[0]?.extensions as Refused | undefined) ?? null;
}
const full = (reason: string) => expect.objectContaining({ code: 'PLAN_LIMIT', reason });

/** Somebody with a workspace that stands as is said. */
async function shop(plan = 'small', addOns: readonly string[] = []): Promise<Teammate & { readonly at: string }> {
  const person = await team.person();
  const at = person.client.workspaceId ?? '';
  await stands(team.app.app, at, { plan, addOns });
  return { ...person, at };
}
const usage = async (client: TestClient) => {
  const { usage } = await client.ask<{ usage: { metric: string; used: number }[] }>('{ usage { metric used limit } }');
  return Object.fromEntries(usage.map(({ metric, used }) => [metric, used]));
};
const frozen = async (table: 'channels' | 'members' | 'bots', at: string) => {
  const { rows } = await team.sql.query<{ id: string; frozen: boolean }>(
    `select id, frozen from ${table} where workspace_id = $1 order by id`,
    [at],
  );
  return rows.filter((row) => row.frozen).map(({ id }) => id);
};

describe('seats', () => {
  it('are promised by invitations, and asked for again by whoever accepts one', async () => {
    const { client, at } = await shop();
    const addresses = [1, 2, 3].map((n) => `seat-${String(n)}-${at}@example.com`);
    expect(await refused(client, invite, { email: addresses[0] })).toBeNull();
    expect(await refused(client, invite, { email: addresses[1] })).toBeNull();
    expect(await refused(client, invite, { email: addresses[2] })).toEqual(full('PLAN_SEATS'));
    const tokens = await Promise.all(
      addresses
        .slice(0, 2)
        .map(async (address) => /token=([\w.-]+)/.exec((await team.mailTo(address)).text)?.[1] ?? ''),
    );
    const join = (token: string | undefined) =>
      refused(new TestClient(team.app.url), accept, {
        token,
        name: 'Ina',
        password: 'a long enough password',
      });
    expect(await join(tokens[0])).toBeNull();
    await stands(team.app.app, at, { plan: 'small' });
    await team.sql.query(
      `insert into members (workspace_id, id, user_id, role)
       select $1, gen_random_uuid(), user_id, 'VIEWER' from members where workspace_id = $2 limit 1`,
      [at, team.workspaceId],
    );
    expect(await join(tokens[1])).toEqual(full('PLAN_SEATS'));
    await team.sql.query(`delete from members where workspace_id = $1 and role = 'VIEWER'`, [at]);
    expect(await join(tokens[1])).toBeNull();
    expect((await usage(client))['SEATS']).toBe(3);
  });

  it('beyond a smaller plan are paused, the last who joined first, and never an owner; nobody is removed', async () => {
    const { at, client } = await shop('big');
    for (let n = 0; n < 5; n += 1) {
      const { userId } = await team.signedIn(`late${String(n)}`);
      await team.sql.query(
        `insert into members (workspace_id, id, user_id, role, joined_at)
         values ($1, gen_random_uuid(), $2, $3, now() + make_interval(mins => $4))`,
        [at, userId, n === 4 ? 'OWNER' : 'EDITOR', n],
      );
    }
    await stands(team.app.app, at, { plan: 'small' });
    const { rows } = await team.sql.query<{ role: string; frozen: boolean }>(
      'select role, frozen from members where workspace_id = $1 order by joined_at',
      [at],
    );
    // Two owners, and the editor who was there first.
    expect(rows.map((row) => `${row.role} ${row.frozen ? 'paused' : 'goes on'}`)).toEqual([
      'OWNER goes on',
      'EDITOR goes on',
      'EDITOR paused',
      'EDITOR paused',
      'EDITOR paused',
      'OWNER goes on',
    ]);
    const { workspace } = await client.ask<{ workspace: { members: { id: string; role: string; frozen: boolean }[] } }>(
      '{ workspace { members { id role frozen } } }',
    );
    const [paused] = workspace.members.filter((member) => member.frozen);
    const give = 'mutation ($id: ID!, $role: Role!) { changeRole(memberId: $id, role: $role) { id } }';
    for (const role of ['OWNER', 'EDITOR']) await client.ask(give, { id: paused?.id, role });
    expect(await frozen('members', at)).toContain(paused?.id);
    expect(await frozen('members', at)).toHaveLength(3);
    const [working] = workspace.members.filter((member) => member.role === 'EDITOR' && !member.frozen);
    await client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id: working?.id });
    expect(await frozen('members', at)).toHaveLength(2);
    await stands(team.app.app, at, { plan: 'big' });
    expect(await frozen('members', at)).toEqual([]);
  });
});

describe('channels', () => {
  it('are connected by so many at once as the plan has room for, over HTTP; a disconnected one makes room', async () => {
    const { client, at } = await shop();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refused(client, newChat)));
    expect(outcomes.filter((one) => one === null)).toHaveLength(limits.CHANNELS);
    expect(new Set(outcomes.filter((one) => one !== null).map(({ reason }) => reason))).toEqual(
      new Set(['PLAN_CHANNELS']),
    );
    const { rows } = await team.sql.query<{ id: string }>('select id from channels where workspace_id = $1', [at]);
    await client.ask(disconnect, { id: rows[0]?.id });
    expect(await refused(client, newChat)).toBeNull();
    expect((await usage(client))['CHANNELS']).toBe(limits.CHANNELS);
  });

  it('of WhatsApp are refused without their add-on and work with it [promise 11]', async () => {
    const { client, at } = await shop('big');
    expect(await refused(client, whatsApp)).toEqual(full('PLAN_ADD_ON'));
    await stands(team.app.app, at, { plan: 'big', addOns: ['whatsapp'] });
    expect(await refused(client, whatsApp)).toBeNull();
    expect(await frozen('channels', at)).toEqual([]);
    await stands(team.app.app, at, { plan: 'big' });
    expect(await frozen('channels', at)).toHaveLength(1);
    // Nor is it connected anew past the add-on.
    expect(await refused(client, whatsApp)).toEqual(full('PLAN_ADD_ON'));
    await stands(team.app.app, at, { plan: 'big', addOns: ['whatsapp'] });
    expect(await frozen('channels', at)).toEqual([]);
  });

  it('beyond a smaller plan are frozen, the newest first, and thaw the oldest first', async () => {
    const { client, at } = await shop('big');
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1)
      ids.push((await client.ask<{ createWebChat: { id: string } }>(newChat)).createWebChat.id);
    await stands(team.app.app, at, { plan: 'small' });
    expect(await frozen('channels', at)).toEqual(ids.slice(2));
    await client.ask(disconnect, { id: ids[0] });
    expect(await frozen('channels', at)).toEqual(ids.slice(3));
    await ends(team.app.app, at);
    expect(await frozen('channels', at)).toEqual(ids.slice(3));
    await stands(team.app.app, at, { plan: 'big' });
    expect(await frozen('channels', at)).toEqual([]);
  });

  it('that are frozen send nothing, whatever was begun on them', async () => {
    const { client, at } = await shop('big');
    const id = await asked(client);
    await client.ask(newChat);
    await team.sql.query(
      `update channels set connected_at = now() + interval '1 hour' where workspace_id = $1
          and id = (select channel_id from conversations where workspace_id = $1 and id = $2)`,
      [at, id],
    );
    await client.ask(newChat);
    const answer = (key: string) =>
      refused(
        client,
        'mutation ($id: ID!, $key: String!) { sendMessage(input: { conversationId: $id, text: "Yes.", idempotencyKey: $key }) { id } }',
        { id, key },
      );
    await stands(team.app.app, at, { plan: 'small' });
    expect(await frozen('channels', at)).toHaveLength(1);
    expect(await answer('frozen')).toEqual(full('PLAN_CHANNEL_FROZEN'));
    await stands(team.app.app, at, { plan: 'big' });
    expect(await answer('thawed')).toBeNull();
  });

  it('show our name in the chat unless the add-on is on', async () => {
    const { client, at } = await shop('big', ['remove-branding']);
    const chat = await createWebChat(client);
    const hide = 'mutation ($id: ID!) { updateWebChat(input: { id: $id, showBranding: false }) { id } }';
    await client.ask(hide, { id: chat.channelId });
    const shown = async () => (await new TestVisitor(team.app.url, chat).open()).body.settings['showBranding'];
    expect(await shown()).toBe(false);
    await stands(team.app.app, at, { plan: 'big' });
    expect(await shown()).toBe(true);
    const other = await createWebChat(client);
    expect(await refused(client, hide, { id: other.channelId })).toEqual(full('PLAN_ADD_ON'));
  });
});

describe('contacts', () => {
  it('that people write down need room, those who write to the business need none', async () => {
    const { client } = await shop();
    const chat = await createWebChat(client);
    for (let n = 0; n < limits.CONTACTS; n += 1)
      expect(await refused(client, addLead, { email: `lead-${String(n)}@example.com` })).toBeNull();
    expect(await refused(client, addLead, { email: 'one-more@example.com' })).toEqual(full('PLAN_CONTACTS'));
    // Whoever is known already needs none.
    expect(await refused(client, addLead, { email: 'lead-0@example.com' })).toBeNull();
    const visitor = new TestVisitor(team.app.url, chat);
    await visitor.open();
    await visitor.write('Hello?');
    expect((await usage(client))['CONTACTS']).toBe(limits.CONTACTS + 1);
  });

  it('are imported as far as there is room; each line beyond says why, and tried first it says the same', async () => {
    const { client } = await shop();
    await client.ask(addLead, { email: 'known@example.com' });
    const table = [
      'email',
      'a@example.com',
      'known@example.com',
      'b@example.com',
      'c@example.com',
      'd@example.com',
      'a@example.com',
    ].join('\n');
    const fileId = await uploadTable(client, table);
    const come = async (dryRun: boolean) =>
      (await importEnded(client, await beginImport(client, fileId, { dryRun }))).result;
    const came = { rejectedCount: 1, rejected: [expect.objectContaining({ line: 6, code: 'PLAN_FULL' })] };
    expect(await come(true)).toMatchObject(came);
    expect(await come(false)).toMatchObject(came);
    expect((await usage(client))['CONTACTS']).toBe(limits.CONTACTS);
  });
});

describe('knowledge', () => {
  it('is added as far as there is room, and what does not fit leaves what was there', async () => {
    const { client, at } = await shop();
    const { addKnowledge } = await client.ask<{ addKnowledge: { id: string } }>(addText, {
      title: 'One',
      text: paragraphs(3, 'door'),
    });
    const before = await usage(client);
    expect(before['KNOWLEDGE_PASSAGES']).toBeGreaterThan(0);
    expect(await refused(client, addText, { title: 'Two', text: paragraphs(12, 'window') })).toEqual(
      full('PLAN_KNOWLEDGE_PASSAGES'),
    );
    const change = 'mutation ($id: ID!, $text: String) { updateKnowledge(id: $id, text: $text) { id } }';
    expect(await refused(client, change, { id: addKnowledge.id, text: paragraphs(12, 'gate') })).toEqual(
      full('PLAN_KNOWLEDGE_PASSAGES'),
    );
    expect(await usage(client)).toEqual(before);
    const { rows } = await team.sql.query<{ text: string }>('select text from passages where workspace_id = $1', [at]);
    expect(rows.every(({ text }) => text.includes('door'))).toBe(true);
  });
});

/** A conversation in which a customer asks what the knowledge answers; gives its id. */
async function asked(client: TestClient): Promise<string> {
  const chat = await createWebChat(client);
  await client.ask(addText, {
    title: 'Hours',
    text: '# Opening hours\n\nThe shop is open from 9:00 to 18:00 on weekdays.',
  });
  const visitor = new TestVisitor(team.app.url, chat);
  await visitor.open();
  return (await visitor.write('When is the shop open on weekdays?')).body.conversationId;
}
const draft = 'mutation ($id: ID!) { draftReply(conversationId: $id) { id status } }';

describe('answers by AI', () => {
  it('count once each, quoted ones too, and are refused in words when the month is full', async () => {
    const { client } = await shop();
    const id = await asked(client);
    for (let n = 0; n < limits.AI_REPLIES; n += 1) expect(await refused(client, draft, { id })).toBeNull();
    expect((await usage(client))['AI_REPLIES']).toBe(limits.AI_REPLIES);
    expect(await refused(client, draft, { id })).toEqual(full('PLAN_AI_REPLIES'));
    expect((await usage(client))['AI_REPLIES']).toBe(limits.AI_REPLIES);
  });

  it('are never more than the plan has room for, however many are asked for at once', async () => {
    const { client } = await shop();
    const id = await asked(client);
    await Promise.all(Array.from({ length: 20 }, () => refused(client, draft, { id })));
    expect((await usage(client))['AI_REPLIES']).toBe(limits.AI_REPLIES);
  });

  it('by a bot are handed to a person, with the reason, where none is left', async () => {
    const { client, at } = await shop();
    const chat = await createWebChat(client);
    await client.ask(addText, {
      title: 'Hours',
      text: '# Opening hours\n\nThe shop is open from 9:00 to 18:00 on weekdays.',
    });
    const bot = `mutation ($channel: ID!) { createBot(input: { name: "Ada", mode: AUTO, disclosure: "I am a machine.", channelIds: [$channel] }) { id } }`;
    await client.ask(bot, { channel: chat.channelId });
    await team.sql.query(`update bot_channels set auto = true where workspace_id = $1`, [at]);
    await team.sql.query(
      `insert into usage_counters (workspace_id, metric, period, used) values ($1, 'AI_REPLIES', date_trunc('month', now() at time zone 'UTC')::date, $2)`,
      [at, limits.AI_REPLIES],
    );
    const visitor = new TestVisitor(team.app.url, chat);
    await visitor.open();
    await visitor.write('When is the shop open on weekdays?');
    const runs = await eventually(async () => {
      const { rows } = await team.sql.query<{ outcome: string; error: string }>(
        'select outcome, error from ai_runs where workspace_id = $1',
        [at],
      );
      return rows.length > 0 ? rows : null;
    });
    expect(runs).toEqual([
      { outcome: 'HANDED_OFF', error: 'The plan of this workspace has no room for more answers by AI this month.' },
    ]);
    expect((await usage(client))['AI_REPLIES']).toBe(limits.AI_REPLIES);
  });

  it('are none where the plan has none: bots rest, and go on with another plan', async () => {
    const { client, at } = await shop();
    await client.ask('mutation { createBot(input: { name: "Ada", disclosure: "I am a machine." }) { id } }');
    expect(await client.ask('{ planChange(plan: "silent") { metric used limit frozen } }')).toEqual({
      planChange: [{ metric: 'AI_REPLIES', used: 0, limit: 0, frozen: ['Ada'] }],
    });
    await stands(team.app.app, at, { plan: 'silent' });
    expect(await frozen('bots', at)).toHaveLength(1);
    await stands(team.app.app, at, { plan: 'small' });
    expect(await frozen('bots', at)).toEqual([]);
    await ends(team.app.app, at);
    expect(await frozen('bots', at)).toHaveLength(1);
  });
});

describe('another plan', () => {
  it('says before it is chosen what it has no room for, by name, and only to who may choose', async () => {
    const { client, at } = await shop('big', ['whatsapp']);
    for (let n = 0; n < 4; n += 1) await client.ask(newChat);
    await team.sql.query(
      `update channels set name = 'Chat ' || row from (select id, row_number() over (order by id) as row from channels where workspace_id = $1) n where channels.id = n.id`,
      [at],
    );
    await team.sql.query(`update channels set kind = 'WHATSAPP' where workspace_id = $1 and name = 'Chat 1'`, [at]);
    const { userId } = await team.signedIn('Zoe');
    const { userId: another } = await team.signedIn('Yan');
    const { userId: third } = await team.signedIn('Xin');
    for (const [place, id] of [userId, another, third].entries())
      await team.sql.query(
        `insert into members (workspace_id, id, user_id, role, joined_at) values ($1, gen_random_uuid(), $2, 'VIEWER', now() + make_interval(mins => $3))`,
        [at, id, place],
      );
    const ask = (plan: string, addOns: readonly string[] = []) =>
      client.ask(
        'query ($plan: String!, $addOns: [String!]) { planChange(plan: $plan, addOns: $addOns) { metric used limit frozen } }',
        { plan, addOns },
      );
    expect(await ask('small')).toEqual({
      planChange: [
        { metric: 'SEATS', used: 4, limit: 3, frozen: ['Xin'] },
        { metric: 'CHANNELS', used: 4, limit: 2, frozen: ['Chat 1', 'Chat 4'] },
      ],
    });
    expect(await ask('big')).toEqual({
      planChange: [{ metric: 'CHANNELS', used: 4, limit: null, frozen: ['Chat 1'] }],
    });
    expect(await ask('big', ['whatsapp'])).toEqual({ planChange: [] });
    expect(await refused(client, '{ planChange(plan: "none") { metric } }')).toMatchObject({ code: 'BAD_USER_INPUT' });
    const viewer = await team.member('EDITOR');
    expect(await refused(viewer.client, '{ planChange(plan: "small") { metric } }')).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('a plan that has ended', () => {
  it('stops sending and AI, and neither reading nor notes nor what customers write', async () => {
    const { client, at } = await shop();
    const id = await asked(client);
    await ends(team.app.app, at);
    const send =
      'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "Yes.", idempotencyKey: "k" }) { id } }';
    expect(await refused(client, send, { id })).toEqual(full('PLAN_ENDED'));
    expect(await refused(client, draft, { id })).toEqual(full('PLAN_ENDED'));
    const note = 'mutation ($id: ID!) { addNote(conversationId: $id, text: "They asked.") { id } }';
    expect(await refused(client, note, { id })).toBeNull();
    expect(await refused(client, 'query ($id: ID!) { conversation(id: $id) { id } }', { id })).toBeNull();
    await stands(team.app.app, at, { plan: 'small' });
    expect(await refused(client, send, { id })).toBeNull();
  });
});
