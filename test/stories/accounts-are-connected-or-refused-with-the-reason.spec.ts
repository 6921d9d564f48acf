import { TestClient } from '../support/client.js';
import {
  type Json,
  MetaStory,
  type StoryChannel,
  connect,
  cursorsOf,
  mustIncrease,
  pageEvent,
  whatsAppEvent,
} from './meta-story.js';

type Kind = keyof typeof connect;
interface Account {
  readonly input: Json;
  readonly token: string;
  readonly externalId: string;
  /** What is subscribed to webhooks. */
  readonly subscribed: string;
  readonly assetField: string;
  readonly tokenField: string;
  readonly idField: string;
  readonly host: 'facebook' | 'instagram';
  /** A message of a customer to the account. */
  readonly event: (customer: string, id: string) => Json;
}

const kinds: readonly [string, Kind, (story: MetaStory) => Account][] = [
  ['Messenger', 'messenger', messenger],
  ['Instagram by Instagram Login', 'instagram', (story) => instagram(story, false)],
  ['Instagram through its Page', 'instagram', (story) => instagram(story, true)],
  ['WhatsApp', 'whatsApp', whatsApp],
];

function messenger(story: MetaStory): Account {
  const input = story.newPage();
  const event = (customer: string, mid: string) =>
    pageEvent('page', input.pageId, [
      {
        sender: { id: customer },
        recipient: { id: input.pageId },
        timestamp: Date.now(),
        message: { mid, text: 'hi' },
      },
    ]);
  const names = { assetField: 'pageId', idField: 'pageId', tokenField: 'pageAccessToken', host: 'facebook' } as const;
  const { pageId } = input;
  return { input, token: input.pageAccessToken, externalId: pageId, subscribed: pageId, ...names, event };
}

function instagram(story: MetaStory, throughPage: boolean): Account {
  const input = story.newInstagram(throughPage);
  const { accountId } = input;
  const event = (customer: string, mid: string) =>
    pageEvent('instagram', accountId, [
      { sender: { id: customer }, recipient: { id: accountId }, timestamp: Date.now(), message: { mid, text: 'hi' } },
    ]);
  const names = {
    assetField: throughPage ? 'pageId' : 'accountId',
    idField: 'accountId',
    tokenField: 'accessToken',
  } as const;
  const subscribed = 'pageId' in input ? (input.pageId ?? '') : accountId;
  const host = throughPage ? 'facebook' : 'instagram';
  return { input, token: input.accessToken, externalId: accountId, subscribed, ...names, host, event };
}

function whatsApp(story: MetaStory): Account {
  const input = story.newNumber();
  const { wabaId, phoneNumberId, accessToken } = input;
  const event = (customer: string, id: string) =>
    whatsAppEvent(wabaId, phoneNumberId, {
      contacts: [{ profile: { name: 'Ayse' }, wa_id: customer }],
      messages: [
        { from: customer, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: 'hi' } },
      ],
    });
  const names = {
    assetField: 'wabaId',
    idField: 'phoneNumberId',
    tokenField: 'accessToken',
    host: 'facebook',
  } as const;
  return { input, token: accessToken, externalId: phoneNumberId, subscribed: wabaId, ...names, event };
}

describe('accounts are connected, or refused with the reason', () => {
  let story: MetaStory;
  beforeAll(async () => {
    story = await MetaStory.start();
  });
  afterAll(() => story.stop());
  afterEach(() => {
    story.graph.success = 'boolean';
    story.graph.down = false;
  });

  const channels = async (client = story.client) =>
    (await client.ask<{ channels: StoryChannel[] }>('{ channels { id kind status externalId name lastError } }'))
      .channels;

  async function refused(kind: Kind, input: Json, client = story.client) {
    const before = await channels(client);
    const { data, errors } = await client.post(connect[kind], { input });
    expect(data).toBeNull();
    expect(await channels(client)).toEqual(before);
    const error = errors?.[0];
    expect(error?.message).not.toMatch(/EAA|IGAA|Words of Meta|nobody may decide/);
    return {
      code: error?.extensions.code,
      field: error?.extensions.field,
      message: error?.message ?? '',
      retryAfter: error?.extensions.retryAfter,
    };
  }

  describe.each(kinds)('%s', (_name, kind, make) => {
    it('connects, is subscribed to its webhooks, and says so live [promise 25] [promise 26]', async () => {
      const account = make(story);
      const watch = await story.watch();
      const channel = await story.connect(kind, account.input);
      expect(channel).toMatchObject({
        status: 'CONNECTED',
        externalId: account.externalId,
        lastError: null,
        tokenExpiresAt: null,
      });
      expect(channel.name).not.toBe('');
      expect(story.graph.subscriptions.has(account.subscribed)).toBe(true);
      const { channel: told } = await watch.until((event) => event.__typename === 'ChannelChanged');
      expect(told).toMatchObject({ id: channel.id, status: 'CONNECTED' });
      mustIncrease(cursorsOf(watch.events));
      watch.end();
      // The token was used where it belongs and nowhere else.
      const used = story.graph.calls.filter((call) => call.token === account.token);
      expect(new Set(used.map((call) => call.host))).toEqual(new Set([account.host]));
      const { tokenUses } = await story.client.ask<{ tokenUses: { nodes: { purpose: string; host: string }[] } }>(
        'query ($id: ID!) { tokenUses(channelId: $id) { nodes { purpose host } } }',
        { id: channel.id },
      );
      expect(tokenUses.nodes.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['VERIFY', 'SUBSCRIBE']));
      expect(new Set(tokenUses.nodes.map(({ host }) => host))).toEqual(
        new Set([new URL(story.graph.urlOf(account.host)).host]),
      );
    });

    it.each(['text', 'bare'] as const)('takes success written as %s', async (success) => {
      story.graph.success = success;
      const account = make(story);
      expect(await story.connect(kind, account.input)).toMatchObject({ status: 'CONNECTED' });
    });

    it('takes a token without a list of targets, and keeps when it ends', async () => {
      const account = make(story);
      const known = story.graph.tokens.get(account.token);
      const inSixtyDays = Math.floor(Date.now() / 1000) + 60 * 86_400;
      if (known !== undefined) Object.assign(known, { granular: false, expiresAt: inSixtyDays });
      const channel = await story.connect(kind, account.input);
      expect(channel.status).toBe('CONNECTED');
      if (account.host === 'facebook') expect(Date.parse(channel.tokenExpiresAt ?? '')).toBe(inSixtyDays * 1000);
    });

    it('refuses a token that the platform does not know', async () => {
      const account = make(story);
      const { code, field } = await refused(kind, { ...account.input, [account.tokenField]: 'EAANOBODY' });
      expect({ code, field }).toEqual({ code: 'BAD_USER_INPUT', field: account.tokenField });
    });

    it('refuses an expired token, and says that it has expired', async () => {
      const account = make(story);
      Object.assign(story.graph.tokens.get(account.token) ?? {}, { dead: { code: 190, subcode: 463 } });
      const { code, field, message } = await refused(kind, account.input);
      expect({ code, field }).toEqual({ code: 'BAD_USER_INPUT', field: account.tokenField });
      expect(message).toMatch(/expired/);
    });

    it('refuses an id that no account has', async () => {
      const account = make(story);
      const { code, field } = await refused(kind, { ...account.input, [account.assetField]: '99999999999999999' });
      expect({ code, field }).toEqual({ code: 'BAD_USER_INPUT', field: account.assetField });
    });

    it('refuses an account that is not the token’s', async () => {
      const [account, other] = [make(story), make(story)];
      const { code, field } = await refused(kind, { ...account.input, [account.tokenField]: other.token });
      expect({ code, field }).toEqual({ code: 'BAD_USER_INPUT', field: account.assetField });
    });

    it('refuses what is no id and no token without asking anyone', async () => {
      const account = make(story);
      const calls = story.graph.calls.length;
      const badId = await refused(kind, { ...account.input, [account.idField]: '../me?x=' });
      expect([badId.code, badId.field]).toEqual(['BAD_USER_INPUT', account.idField]);
      const badToken = await refused(kind, { ...account.input, [account.tokenField]: 'two words\r\nx-evil: 1' });
      expect([badToken.code, badToken.field]).toEqual(['BAD_USER_INPUT', account.tokenField]);
      expect(story.graph.calls).toHaveLength(calls);
    });

    it('says that the platform is down, and when to try again', async () => {
      story.graph.down = true;
      const { code, retryAfter } = await refused(kind, make(story).input);
      expect(code).toBe('UNAVAILABLE');
      expect(retryAfter).toBeGreaterThan(0);
    });

    it('refuses an account that another workspace has, whatever its token', async () => {
      const account = make(story);
      await story.connect(kind, account.input);
      const other = await TestClient.signedUp(story.app.url, 'Bea');
      const { code, field, message } = await refused(kind, account.input, other);
      expect({ code, field }).toEqual({ code: 'CONFLICT', field: account.idField });
      expect(message).not.toContain("Ada's shop");
      expect(await channels(other)).toEqual([]);
      // Freed by its owner, it can go there.
      const mine = (await channels()).find((channel) => channel.externalId === account.externalId);
      await story.client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { id } }', { id: mine?.id });
      expect(await story.connect(kind, account.input, other)).toMatchObject({ status: 'CONNECTED' });
    });

    it('is disconnected with its history visible and deaf from then on, and comes back as the same channel [promise 52] [promise 53]', async () => {
      const account = make(story);
      const channel = await story.connect(kind, account.input);
      const customer = `55${account.externalId.slice(-10)}`;
      await story.deliver(account.event(customer, `first-${customer}`));
      const before = await story.threadOf(customer);
      expect(before.messages.nodes).toMatchObject([{ text: 'hi', direction: 'INBOUND', status: 'RECEIVED' }]);

      const watch = await story.watch();
      const { disconnectChannel } = await story.client.ask<{ disconnectChannel: StoryChannel }>(
        'mutation ($id: ID!) { disconnectChannel(id: $id) { id status externalId } }',
        { id: channel.id },
      );
      expect(disconnectChannel).toMatchObject({ id: channel.id, status: 'DISCONNECTED' });
      await watch.until(({ channel: told }) => told?.id === channel.id && told.status === 'DISCONNECTED');
      const deadline = Date.now() + 5_000;
      while (story.graph.subscriptions.has(account.subscribed) && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 25));
      expect(story.graph.subscriptions.has(account.subscribed)).toBe(false);

      await story.deliver(account.event(customer, `second-${customer}`));
      await story.deliver(account.event(`${customer}9`, `third-${customer}`));
      expect(await story.read(before.id)).toEqual(before);
      expect(await story.thread(`${customer}9`)).toBeNull();
      expect(watch.events.filter(({ __typename }) => __typename === 'MessageAdded')).toEqual([]);
      const { errors } = await story.client.post(
        'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
        { input: { conversationId: before.id, text: 'are you there?', idempotencyKey: `gone-${customer}` } },
      );
      expect(errors?.[0]?.extensions.code).toBe('CHANNEL_EXPIRED');
      watch.end();

      const again = await story.connect(kind, account.input);
      expect(again).toMatchObject({ id: channel.id, status: 'CONNECTED', externalId: account.externalId });
      await story.deliver(account.event(customer, `fourth-${customer}`));
      const after = await story.read(before.id);
      expect(after.messages.nodes).toHaveLength(2);
      expect(after.messages.nodes[1]).toEqual(before.messages.nodes[0]);
    });
  });

  it('is a record of the privacy policy in force that whoever connects acknowledges [promise 80]', async () => {
    const { id } = await story.connect('messenger', story.newPage());
    const { policies } = await story.client.ask<{ policies: { kind: string; version: string }[] }>(
      '{ policies { kind version } }',
    );
    const { rows } = await story.sql.query(
      `select a.kind, a.version, m.role, now() - a.at < interval '1 minute' as lately
         from policy_acknowledgements a join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
        where a.workspace_id = $1 and a.channel_id = $2`,
      [story.client.workspaceId, id],
    );
    const privacy = policies.find(({ kind }) => kind === 'PRIVACY');
    expect(rows).toEqual([{ kind: 'PRIVACY', version: privacy?.version, role: 'OWNER', lately: true }]);
  });

  it('refuses a token that was made with another app, where the platform tells', async () => {
    const page = story.newPage({ appId: '111' });
    const whats = story.newNumber({ appId: '222' });
    const linked = story.newInstagram(true, { appId: '333' });
    expect(await refused('messenger', page)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'pageAccessToken' });
    expect(await refused('whatsApp', whats)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'accessToken' });
    expect((await refused('instagram', linked)).message).toMatch(/another Meta app/);
  });

  it('refuses a number of another business account [promise 8]', async () => {
    const [one, two] = [story.newNumber(), story.newNumber()];
    const mixed = { ...one, phoneNumberId: two.phoneNumberId };
    expect(await refused('whatsApp', mixed)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'phoneNumberId' });
  });

  it('keeps one Page’s webhooks for Instagram when its Messenger is disconnected', async () => {
    const account = story.newInstagram(true);
    const linked = await story.connect('instagram', account);
    const page = await story.connect('messenger', { pageId: account.pageId, pageAccessToken: account.accessToken });
    expect(page.id).not.toBe(linked.id);
    await story.client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { id } }', { id: page.id });
    await story.deliver(
      pageEvent('instagram', account.accountId, [
        {
          sender: { id: '4242424242' },
          recipient: { id: account.accountId },
          timestamp: Date.now(),
          message: { mid: 'kept', text: 'still here?' },
        },
      ]),
    );
    expect((await story.threadOf('4242424242')).messages.nodes).toMatchObject([{ text: 'still here?' }]);
    expect(story.graph.subscriptions.has(account.pageId ?? '')).toBe(true);
  });
});
