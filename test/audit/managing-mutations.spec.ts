import { sellingEnvironment, stands } from '../support/billing.js';
import { TestClient, eventually } from '../support/client.js';
import { newId } from '../../src/platform/database/index.js';
import { metaPermissions } from '../../src/channels/meta/permission-table.js';
import { MetaStory } from '../stories/meta-story.js';
import { FakeGraph } from '../support/fake-graph.js';
import { MailHost } from '../support/mail-host.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A word that nobody else writes: it stands where names, texts and secrets go. */
const canary = 'kanarienvogel';
const table = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');

/** The mutations that ask for more than to read and to converse, as the printed table says. */
const managing = [...table.matchAll(/^\| (manage-[\w-]+|transfer-ownership|delete-workspace) \|.*$/gm)].flatMap(
  ([line]) => [...line.matchAll(/`mutation (\w+)`/g)].map(([, name = '']) => name),
);

let story: MetaStory;
let line: FakeGraph;
let mail: MailHost;
let client: TestClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  line = await FakeGraph.start();
  line.answer = () => ({ body: { userId: 'U66', displayName: canary } });
  mail = await MailHost.start();
  mail.imap.password = canary;
  story = await MetaStory.start({
    LINE_API_URL: line.url,
    SHOPIFY_CLIENT_ID: 'an-app',
    SHOPIFY_CLIENT_SECRET: canary,
    ...mail.environment,
    ...(await sellingEnvironment({ plans: { all: {} }, trial: { plan: 'all', days: 14, addOns: ['whatsapp'] } })),
  });
  client = story.client;
  await story.sql.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(async () => {
  await story.stop();
  await line.stop();
  await mail.close();
});

const one = async (query: string, variables: Record<string, unknown> = {}) => {
  const [answer] = Object.values(await client.ask<Record<string, { id?: string } | boolean>>(query, variables));
  return typeof answer === 'object' ? (answer.id ?? '') : '';
};
const unanswered = async () => {
  const id = newId();
  const row = [client.workspaceId, id];
  await story.sql.query(`insert into unanswered_questions (workspace_id, id, status) values ($1, $2, 'OPEN')`, row);
  return id;
};
const member = async (role: string) => {
  const other = await TestClient.signedUp(story.app.url, role);
  const { rows } = await story.sql.query<{ id: string }>(
    `insert into members (workspace_id, id, user_id, role)
     select $1, gen_random_uuid(), user_id, $2 from members where workspace_id = $3 returning id`,
    [client.workspaceId, role, other.workspaceId],
  );
  return rows[0]?.id ?? '';
};

/** How each of them is done once, in an order in which each finds what it needs; whoever adds one adds how. */
const done: Readonly<Record<string, () => Promise<unknown>>> = {
  connectMessenger: async () => (ids['channel'] = (await story.connect('messenger', story.newPage())).id),
  connectInstagram: () => story.connect('instagram', story.newInstagram()),
  connectWhatsApp: async () => (ids['number'] = (await story.connect('whatsApp', story.newNumber())).id),
  registerWhatsAppNumber: () =>
    one('mutation ($id: ID!) { registerWhatsAppNumber(channelId: $id, pin: "123456") { id } }', { id: ids['number'] }),
  startChannelAuthorization: async () => {
    for (const kind of ['WHATSAPP', 'MESSENGER']) {
      const { start } = await client.ask<{ start: { state: string } }>(
        'mutation ($kind: ChannelKind!) { start: startChannelAuthorization(kind: $kind) { state } }',
        { kind },
      );
      ids[kind] = start.state;
    }
    // The person gives their consent, and comes back with a code.
    const { pageId } = story.newPage();
    const scopes = metaPermissions.map(({ name }) => name);
    story.graph.codes.set('a-code', story.graph.token('EAAUSER', [pageId], { type: 'USER', scopes }));
    ids['page'] = pageId;
    const query = new URLSearchParams({ state: ids['MESSENGER'] ?? '', code: 'a-code' });
    const back = await fetch(`${story.app.url}/oauth/meta/callback?${query.toString()}`, {
      redirect: 'manual',
      headers: { cookie: client.cookie ?? '' },
    });
    expect(back.status).toBe(302);
  },
  completeWhatsAppSignup: () =>
    one('mutation ($state: String!) { completeWhatsAppSignup(state: $state, code: "dead") { error } }', {
      state: ids['WHATSAPP'],
    }),
  completeChannelAuthorization: () =>
    one(
      'mutation ($state: String!, $page: String!) { completeChannelAuthorization(state: $state, externalIds: [$page]) { id } }',
      { state: ids['MESSENGER'], page: ids['page'] },
    ),
  connectTelegram: () =>
    one('mutation ($botToken: String!) { connectTelegram(input: { botToken: $botToken }) { id } }', {
      botToken: '7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL',
    }),
  connectLine: () =>
    one('mutation ($input: ConnectLineInput!) { connectLine(input: $input) { id } }', {
      input: { channelAccessToken: canary, channelSecret: '0123456789abcdef0123456789abcdef' },
    }),
  connectEmail: () =>
    one('mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }', { input: mail.input() }),
  updateChannel: () =>
    one('mutation ($id: ID!, $name: String) { updateChannel(id: $id, name: $name) { id } }', {
      id: ids['channel'],
      name: canary,
    }),
  createWebChat: async () =>
    (ids['webChat'] = await one(
      'mutation ($text: String!) { createWebChat(input: { name: $text, greeting: $text, allowedDomains: ["shop.example"] }) { id } }',
      { text: canary },
    )),
  updateWebChat: () =>
    one(
      'mutation ($id: ID!, $text: String) { updateWebChat(input: { id: $id, name: $text, greeting: $text }) { id } }',
      {
        id: ids['webChat'],
        text: `${canary} too`,
      },
    ),
  rotateWebChatSecret: async () => {
    const { rotateWebChatSecret } = await client.ask<{ rotateWebChatSecret: string }>(
      'mutation ($id: ID!) { rotateWebChatSecret(id: $id) }',
      { id: ids['webChat'] },
    );
    ids['webChatSecret'] = rotateWebChatSecret;
  },
  setLeadForms: () =>
    one('mutation ($id: ID!) { setLeadForms(channelId: $id, formIds: []) { id } }', { id: ids['channel'] }),
  setLeadAds: () =>
    one('mutation ($id: ID!) { setLeadAds(channelId: $id, enabled: true) { id } }', { id: ids['channel'] }),
  retryLeads: () => one('mutation ($id: ID!) { retryLeads(channelId: $id) { id } }', { id: ids['channel'] }),
  disconnectChannel: () => one('mutation ($id: ID!) { disconnectChannel(id: $id) { id } }', { id: ids['channel'] }),
  addKnowledge: async () =>
    (ids['knowledge'] = await one(
      'mutation ($text: String!) { addKnowledge(input: { kind: TEXT, title: $text, text: $text }) { id } }',
      { text: canary },
    )),
  updateKnowledge: () =>
    one('mutation ($id: ID!, $text: String) { updateKnowledge(id: $id, title: $text, text: $text) { id } }', {
      id: ids['knowledge'],
      text: `${canary} again`,
    }),
  refreshKnowledge: async () => {
    const id = await one(
      'mutation ($text: String!) { addKnowledge(input: { kind: URL, title: $text, url: "https://shop.example/" }) { id } }',
      { text: canary },
    );
    return one('mutation ($id: ID!) { refreshKnowledge(id: $id) { id } }', { id });
  },
  deleteKnowledge: () => one('mutation ($id: ID!) { deleteKnowledge(id: $id) }', { id: ids['knowledge'] }),
  createBot: async () =>
    (ids['bot'] = await one(
      'mutation ($text: String) { createBot(input: { name: $text, instructions: $text }) { id } }',
      {
        text: canary,
      },
    )),
  updateBot: () =>
    one('mutation ($id: ID!, $text: String) { updateBot(id: $id, input: { name: $text }) { id } }', {
      id: ids['bot'],
      text: `${canary} too`,
    }),
  saveEvaluationSet: async () =>
    (ids['set'] = await one(
      'mutation ($text: String!) { saveEvaluationSet(name: $text, cases: [{ question: $text, expected: $text }]) { id } }',
      { text: canary },
    )),
  takeEvaluationCases: async () => {
    await story.sql.query(
      `insert into ai_settings (workspace_id, cases_from_conversations) values ($1, true)
       on conflict (workspace_id) do update set cases_from_conversations = true`,
      [client.workspaceId],
    );
    await one('mutation ($id: ID!) { takeEvaluationCases(setId: $id) { id } }', { id: ids['set'] });
  },
  evaluateBot: async () =>
    (ids['evaluation'] = await one(
      'mutation ($bot: ID!, $set: ID, $text: String) { evaluateBot(botId: $bot, cases: [], setId: $set, instructions: $text) { id } }',
      { bot: ids['bot'], set: ids['set'], text: canary },
    )),
  cancelEvaluation: async () => {
    // It may be over by now; as if it were not.
    await eventually(async () => {
      const { rows } = await story.sql.query(`select from evaluations where id = $1 and finished_at is not null`, [
        ids['evaluation'],
      ]);
      return rows.length > 0 ? true : null;
    });
    await story.sql.query(`update evaluations set status = 'RUNNING' where id = $1`, [ids['evaluation']]);
    await one('mutation ($id: ID!) { cancelEvaluation(id: $id) { id } }', { id: ids['evaluation'] });
  },
  deleteEvaluationSet: () => one('mutation ($id: ID!) { deleteEvaluationSet(id: $id) }', { id: ids['set'] }),
  answerQuestion: async () =>
    one('mutation ($id: ID!, $text: String!) { answerQuestion(id: $id, answer: $text, question: $text) { id } }', {
      id: await unanswered(),
      text: canary,
    }),
  dismissQuestion: async () => one('mutation ($id: ID!) { dismissQuestion(id: $id) }', { id: await unanswered() }),
  startCheckout: () => one('mutation { startCheckout(plan: "all") }'),
  billingPortalUrl: async () => {
    await stands(story.app.app, client.workspaceId ?? '', { plan: 'all', addOns: ['whatsapp'] });
    // Nobody sold this at the pretended merchant, which is asked all the same.
    await client.refusal('mutation { billingPortalUrl }');
  },
  cancelSubscription: () => one('mutation { cancelSubscription { status } }'),
  createContactForm: async () =>
    (ids['form'] = await one(
      'mutation ($name: String!, $sites: [String!]!) { createContactForm(name: $name, allowedDomains: $sites) { id } }',
      { name: canary, sites: [`${canary}.example.com`] },
    )),
  deleteContactForm: () => one('mutation ($id: ID!) { deleteContactForm(id: $id) }', { id: ids['form'] }),
  startShopifyInstall: () =>
    one('mutation ($domain: String!) { startShopifyInstall(domain: $domain) }', { domain: `${canary}.myshopify.com` }),
  disconnectShopify: async () => {
    const id = newId();
    await story.sql.query(
      `insert into shopify_stores (workspace_id, id, domain, status) values ($1, $2, $3, 'CONNECTED')`,
      [client.workspaceId, id, `${canary}.myshopify.com`],
    );
    await one('mutation ($id: ID!) { disconnectShopify(id: $id) { id } }', { id });
  },
  createWebhookEndpoint: async () => {
    const { createWebhookEndpoint: made } = await client.ask<{
      createWebhookEndpoint: { endpoint: { id: string }; secret: string };
    }>(
      'mutation ($url: String!) { createWebhookEndpoint(url: $url, events: ["message.received"]) { endpoint { id } secret } }',
      { url: `https://hooks.example.com/${canary}` },
    );
    ids['webhook'] = made.endpoint.id;
  },
  rotateWebhookSecret: () =>
    one('mutation ($id: ID!) { rotateWebhookSecret(id: $id) { endpoint { id } } }', { id: ids['webhook'] }),
  replayWebhookDelivery: async () => {
    const id = newId();
    await story.sql.query(
      `insert into webhook_deliveries (workspace_id, id, endpoint_id, event, status, next_attempt_at)
       values ($1, $2, $3, 'message.received', 'FAILED', null)`,
      [client.workspaceId, id, ids['webhook']],
    );
    await one('mutation ($id: ID!) { replayWebhookDelivery(id: $id) { id } }', { id });
  },
  setWebhookEndpointEnabled: () =>
    one('mutation ($id: ID!) { setWebhookEndpointEnabled(id: $id, enabled: false) { id } }', { id: ids['webhook'] }),
  deleteWebhookEndpoint: () => one('mutation ($id: ID!) { deleteWebhookEndpoint(id: $id) }', { id: ids['webhook'] }),
  deleteBot: () => one('mutation ($id: ID!) { deleteBot(id: $id) }', { id: ids['bot'] }),
  saveCannedResponse: async () =>
    (ids['canned'] = await one(
      'mutation ($text: String!) { saveCannedResponse(shortcut: $text, text: $text) { id } }',
      { text: canary },
    )),
  saveContactField: async () =>
    (ids['field'] = await one('mutation ($text: String!) { saveContactField(name: $text, kind: TEXT) { id } }', {
      text: canary,
    })),
  deleteContactField: () => one('mutation ($id: ID!) { deleteContactField(id: $id) }', { id: ids['field'] }),
  setLeadAssignment: async () =>
    one('mutation ($ids: [ID!]) { setLeadAssignment(mode: ROUND_ROBIN, memberIds: $ids) { mode } }', {
      ids: [await member('EDITOR')],
    }),
  setLeadAnalysis: () => one('mutation { setLeadAnalysis(enabled: false) }'),
  setChatDetailRule: () => one('mutation { setChatDetailRule(applied: [EMAIL], country: "TR") { country } }'),
  saveContactSegment: async () =>
    (ids['segment'] = await one(
      'mutation ($text: String!) { saveContactSegment(name: $text, filter: { tags: [$text] }) { id } }',
      { text: canary },
    )),
  deleteContactSegment: () => one('mutation ($id: ID!) { deleteContactSegment(id: $id) }', { id: ids['segment'] }),
  deleteCannedResponse: () => one('mutation ($id: ID!) { deleteCannedResponse(id: $id) }', { id: ids['canned'] }),
  updateAiSettings: () =>
    one('mutation ($key: String) { updateAiSettings(input: { apiKey: $key }) { enabled } }', { key: `sk-${canary}` }),
  updateWorkspace: () =>
    one(
      'mutation ($text: String) { updateWorkspace(input: { name: $text, controller: { legalName: $text, address: $text } }) { id } }',
      { text: canary },
    ),
  inviteMember: async () =>
    (ids['invitation'] = await one('mutation ($email: String!) { inviteMember(email: $email, role: EDITOR) { id } }', {
      email: `${canary}@example.com`,
    })),
  revokeInvitation: () => one('mutation ($id: ID!) { revokeInvitation(id: $id) }', { id: ids['invitation'] }),
  changeRole: async () =>
    one('mutation ($id: ID!) { changeRole(memberId: $id, role: EDITOR) { id } }', { id: await member('VIEWER') }),
  createApiToken: async () => {
    const { createApiToken } = await client.ask<{ createApiToken: { secret: string; token: { id: string } } }>(
      'mutation ($name: String!) { createApiToken(name: $name, role: VIEWER) { secret token { id } } }',
      { name: canary },
    );
    ids['token'] = createApiToken.token.id;
    ids['secret'] = createApiToken.secret;
  },
  revokeApiToken: () => one('mutation ($id: ID!) { revokeApiToken(id: $id) }', { id: ids['token'] }),
  transferOwnership: async () =>
    one('mutation ($id: ID!) { transferOwnership(memberId: $id) { id } }', { id: await member('EDITOR') }),
};

/** What leaves no entry, because the log goes with it: a record outside the workspace says so. */
const unlogged = new Set(['deleteWorkspace']);

const entries = async () => {
  const { rows } = await story.sql.query<{ n: number }>(
    'select count(*)::int as n from audit_entries where workspace_id = $1',
    [client.workspaceId],
  );
  return rows[0]?.n ?? 0;
};

describe('what changes settings, members, channels or AI', () => {
  it('has a way to be done here, one for each mutation', () => {
    expect(managing.length).toBeGreaterThan(18);
    expect(Object.keys(done).sort()).toEqual(managing.filter((name) => !unlogged.has(name)).sort());
  });

  it('writes an audit entry, each of them [promise 19]', async () => {
    const silent: string[] = [];
    for (const [name, act] of Object.entries(done)) {
      const before = await entries();
      await act();
      if ((await entries()) <= before) silent.push(name);
    }
    expect(silent).toEqual([]);
  }, 60_000);

  it('is in the log by ids and settings: no text, no name, no secret', async () => {
    const { rows } = await story.sql.query<{ line: string }>(
      'select e::text as line from audit_entries e where workspace_id = $1',
      [client.workspaceId],
    );
    const log = rows.map(({ line }) => line).join('\n');
    expect(log).toContain('bot.create');
    for (const word of [canary, ids['secret'] ?? '', ids['webChatSecret'] ?? '', 'example.com'])
      expect(log).not.toContain(word);
  });

  it('is read by owners and admins, page by page, by kind, and from one workspace [promise 19] [promise 23]', async () => {
    interface Page {
      readonly auditLog: {
        nodes: { id: string; action: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const query = `query ($first: Int, $after: String, $action: String) { auditLog(first: $first, after: $after, action: $action) {
      nodes { id at actor action target ip detail hash } pageInfo { hasNextPage endCursor } } }`;
    const all: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const { auditLog }: Page = await client.ask<Page>(query, { first: 7, after });
      all.push(...auditLog.nodes.map(({ id }) => id));
      after = auditLog.pageInfo.endCursor;
      if (!auditLog.pageInfo.hasNextPage) break;
    }
    expect(new Set(all).size).toBe(await entries());
    const { auditLog } = await client.ask<Page>(query, { action: 'channel' });
    expect(auditLog.nodes.length).toBeGreaterThan(3);
    expect(auditLog.nodes.every(({ action }) => action.startsWith('channel.'))).toBe(true);
    expect((await client.ask<Page>(query, { action: 'chan%' })).auditLog.nodes).toEqual([]);
    expect(await client.refusal(query, { first: 101 })).toBe('TOO_COMPLEX');
    expect(await client.refusal(query, { after: 'here' })).toBe('BAD_USER_INPUT');
    const stranger = await TestClient.signedUp(story.app.url, 'Str');
    const theirs = await stranger.ask<Page>(query);
    expect(theirs.auditLog.nodes.map(({ action }) => action)).toEqual(['workspace.create']);
  });

  it('has each sign-in beside it, and each that was refused', async () => {
    const other = await TestClient.signedUp(story.app.url, 'Sia');
    const { viewer } = await other.ask<{ viewer: { email: string } }>('{ viewer { email } }');
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';
    const browser = new TestClient(story.app.url);
    for (const password of ['a wrong password', 'a long enough password'])
      await browser.post(signIn, { input: { email: viewer.email, password } });
    await browser.post(signIn, { input: { email: 'nobody@example.com', password: 'a wrong password' } });
    const actions = async () => {
      const { rows } = await story.sql.query<{ action: string; ip: string | null }>(
        `select action, ip from audit_entries where workspace_id = $1 and action like 'session.%' order by seq`,
        [other.workspaceId],
      );
      return rows;
    };
    const found = await eventually(async () => ((await actions()).length >= 2 ? actions() : null));
    expect(found.map(({ action }) => action).sort()).toEqual(['session.refuse', 'session.sign-in']);
    expect(found.every(({ ip }) => ip !== null)).toBe(true);
    const { rows } = await story.sql.query('select from sign_ins');
    expect(rows).toEqual([]);
    await other.close();
  });
});
