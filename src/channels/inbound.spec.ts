import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChannelsUnderTest, app, origin } from '../../test/support/channels.js';
import type { GraphReply } from '../../test/support/fake-graph.js';
import type { MemberActor } from '../platform/access/index.js';
import { Workspaces } from '../platform/database/index.js';
import { Deliveries, Intake, IntakeUnavailable } from '../platform/deliveries/index.js';
import { Facts } from '../platform/outbox/index.js';
import { Queues } from '../platform/queue/index.js';
import { Channels } from './channels.js';
import { ChannelDisconnected, ChannelExpired } from './channels.events.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { ChannelKind } from './enums.js';
import { InboundTopics, eachWorkspace, type RejectedItem, type RoutedItem } from './inbound-topics.js';
import { ListChannels } from './list-channels.js';
import { ListTokenUses } from './list-token-uses.js';
import { ConnectInstagram } from './meta/connect-instagram.js';
import { ConnectMessenger } from './meta/connect-messenger.js';
import { MetaWebhookController } from './meta/meta-webhook.controller.js';
import { UpdateChannel } from './update-channel.js';

let channels: ChannelsUnderTest;
let applied: { workspaceId: string; item: RoutedItem }[] = [];
let handle: (workspaceId: string, items: readonly RoutedItem[]) => RejectedItem[] = () => [];
const facts: object[] = [];

beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
  channels.module.get(InboundTopics).on('messages', {
    apply: (batches) =>
      eachWorkspace(batches, async (workspaceId, items) => {
        const rejected = handle(workspaceId, items);
        applied.push(...items.map((item) => ({ workspaceId, item })));
        return rejected;
      }),
  });
  const keep = async (_: unknown, fact: object) => void facts.push(fact);
  channels.module.get(Facts).on(ChannelExpired, keep);
  channels.module.get(Facts).on(ChannelDisconnected, keep);
});
afterAll(() => channels.stop());
beforeEach(() => {
  applied = [];
  handle = () => [];
  facts.length = 0;
});

let number = 910_000_000_000_000;

function graphOf(pageId: string, subscribe: (method: string) => GraphReply = () => ({ body: { success: true } })) {
  channels.graph.calls.length = 0;
  channels.graph.answer = (call) => {
    if (call.path === 'debug_token') return { body: { data: { is_valid: true, app_id: app.id } } };
    if (call.path.endsWith('/subscribed_apps'))
      return call.method === 'GET' ? { body: { data: [] } } : subscribe(call.method);
    return {
      body: {
        id: call.path,
        name: 'Demo Shop',
        ...(call.path === pageId && { instagram_business_account: { id: `1${pageId}` } }),
      },
    };
  };
}

/** A Page that a workspace has connected. */
async function connectedPage(actor?: MemberActor, known?: string) {
  const owner = actor ?? (await channels.workspace());
  const pageId = known ?? String((number += 1));
  graphOf(pageId);
  const channel = await channels.module
    .get(ConnectMessenger)
    .run(owner, origin, { pageId, pageAccessToken: 'EAATOKEN' });
  return { owner, pageId, channelId: channel.id };
}

const entry = (id: string, ...mids: string[]) => ({
  id,
  time: 1,
  messaging: mids.map((mid) => ({
    sender: { id: '7' },
    recipient: { id },
    timestamp: 1,
    message: { mid, text: 'merhaba' },
  })),
});
const sign = (body: Buffer, secret = app.secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A webhook call as the controller gets it. */
async function call(
  body: unknown,
  signature?: string,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = { status: 200, headers: {} as Record<string, string> };
  const reply = {
    type: () => reply,
    status: (status: number) => ((answer.status = status), reply),
    header: (name: string, value: string) => ((answer.headers[name] = value), reply),
  };
  const request = { body: bytes, headers: { 'x-hub-signature-256': signature ?? sign(bytes) } };
  const text = await channels.module
    .get(MetaWebhookController)
    .receive(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
  return { ...answer, text };
}

async function deliver(body: unknown): Promise<void> {
  expect(await call(body)).toMatchObject({ status: 200 });
  await channels.module.get(Deliveries).drain();
}

const midsOf = (workspaceId: string) =>
  applied
    .filter((one) => one.workspaceId === workspaceId)
    .map(
      ({ item }) =>
        (item.payload as { entry: [{ messaging: [{ message: { mid: string } }] }] }).entry[0].messaging[0].message.mid,
    );
const rows = async (text: string, ...values: unknown[]) => (await channels.admin.query(text, values)).rows;

describe('a webhook call', () => {
  it('is refused without a good signature, and nothing of it is stored', async () => {
    const body = Buffer.from(JSON.stringify({ object: 'page', entry: [entry('1', 'a')] }));
    for (const signature of [
      '',
      'sha256=',
      sign(body, 'another'),
      sign(Buffer.from('{}')),
      `${sign(body)}, ${sign(body)}`,
    ]) {
      expect(await call(body, signature)).toMatchObject({ status: 401 });
    }
    expect(await rows('select * from deliveries')).toEqual([]);
  });

  it('is taken before anyone looks into it, whatever it holds', async () => {
    expect(await call('{"object":')).toMatchObject({ status: 200 });
    expect(await call(Buffer.from([0, 255, 1]))).toMatchObject({ status: 200 });
    await channels.module.get(Deliveries).drain();
    const aside = await rows('select reason from deliveries where set_aside_at is not null');
    expect(aside.map(({ reason }) => reason)).toEqual(['it is not JSON', 'it is not JSON']);
    await channels.admin.query('delete from deliveries');
  });

  it('is to come again when it cannot be stored', async () => {
    const intake = channels.module.get(Intake);
    intake.store = () => Promise.reject(new IntakeUnavailable());
    try {
      expect(await call({ object: 'page', entry: [] })).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    } finally {
      // The method of the class shows through again.
      Reflect.deleteProperty(intake, 'store');
    }
    expect(await call({ object: 'page', entry: [] })).toMatchObject({ status: 200 });
  });
});

describe('the check of the webhook address', () => {
  const verify = (query: Record<string, unknown>) => {
    const answer = { status: 200, type: '' };
    const reply = {
      type: (type: string) => ((answer.type = type), reply),
      status: (status: number) => ((answer.status = status), reply),
    };
    return {
      text: channels.module.get(MetaWebhookController).verify(query, reply as unknown as FastifyReply),
      ...answer,
    };
  };
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': app.verifyToken, 'hub.challenge': '7720415586' };

  it('gives the challenge back, as text', () => {
    expect(verify(good)).toEqual({ text: '7720415586', status: 200, type: 'text/plain' });
  });

  it.each([
    [{ 'hub.verify_token': 'wrong' }],
    [{ 'hub.verify_token': undefined }],
    [{ 'hub.verify_token': ['verify', 'verify'] }],
    [{ 'hub.mode': 'unsubscribe' }],
    [{ 'hub.challenge': '<script>alert(1)</script>' }],
    [{ 'hub.challenge': '' }],
    [{ 'hub.challenge': ['1', '2'] }],
  ])('refuses %j', (change) => {
    expect(verify({ ...good, ...change })).toMatchObject({
      status: 403,
      type: 'text/plain',
      text: 'The verify token is wrong.',
    });
  });
});

describe('stored deliveries', () => {
  it('reach the workspace of each account, in order, and nobody else [promise 23]', async () => {
    const [one, two] = [await connectedPage(), await connectedPage()];
    await deliver({
      object: 'page',
      entry: [entry(one.pageId, 'a', 'b'), entry(two.pageId, 'c'), entry(one.pageId, 'd'), entry('404404', 'e')],
    });
    expect(midsOf(one.owner.workspaceId)).toEqual(['a', 'b', 'd']);
    expect(midsOf(two.owner.workspaceId)).toEqual(['c']);
    expect(applied).toHaveLength(4);
    expect(applied[0]?.item).toMatchObject({
      channelId: one.channelId,
      kind: 'MESSENGER',
      deliveryId: expect.any(String),
      receivedAt: expect.any(Date),
    });
    expect(await rows('select * from deliveries')).toEqual([]);
  });

  it('count what is nobody’s, by digest, and keep nothing of it', async () => {
    await channels.admin.query('delete from unrouted_events');
    await deliver({ object: 'page', entry: [entry('404404', 'a', 'b'), { id: '404404', messaging: 'broken' }] });
    await deliver({ object: 'page', entry: [entry('404404', 'c')] });
    await deliver({ object: 'threads', entry: [] });
    const counted = await rows('select kind, count, account from unrouted_events order by kind');
    expect(counted.map(({ kind, count }) => [kind, count])).toEqual([
      ['broken', 1],
      ['messages', 3],
      ['object:threads', 1],
    ]);
    expect(counted.every(({ account }) => account.length === 32)).toBe(true);
    expect(await rows('select * from deliveries')).toEqual([]);
  });

  it('set aside what a handler rejects and what cannot be cut, each in the platform’s form', async () => {
    const { owner, pageId } = await connectedPage();
    handle = (_, items) =>
      items
        .filter((item) => JSON.stringify(item.payload).includes('"bad"'))
        .map((item) => ({ item, reason: 'it is bad' }));
    await deliver({
      object: 'page',
      entry: [entry(pageId, 'good', 'bad'), { id: pageId, messaging: 'broken' }, entry(pageId, 'better')],
    });
    expect(midsOf(owner.workspaceId)).toEqual(['good', 'bad', 'better']);
    const aside = await rows(
      'select workspace_id, reason from deliveries where set_aside_at is not null order by reason',
    );
    expect(aside).toEqual([
      { workspace_id: owner.workspaceId, reason: 'it is bad' },
      { workspace_id: owner.workspaceId, reason: 'messaging is not a list' },
    ]);
    await channels.admin.query('delete from deliveries');
  });

  it('fail for the workspace alone that fails, and set nothing aside twice', async () => {
    const [one, two] = [await connectedPage(), await connectedPage()];
    let failures = 0;
    handle = (workspaceId, items) => {
      if (workspaceId === one.owner.workspaceId && failures++ === 0) throw new Error('not now');
      return workspaceId === two.owner.workspaceId && items.length > 0
        ? [{ item: items[0]!, reason: 'it is bad' }]
        : [];
    };
    await deliver({ object: 'page', entry: [entry(two.pageId, 'other')] });
    expect(await rows('select reason from deliveries')).toEqual([{ reason: 'it is bad' }]);
    await channels.admin.query('delete from deliveries');
    await deliver({ object: 'page', entry: [entry(one.pageId, 'a'), entry(two.pageId, 'b')] });
    expect(midsOf(two.owner.workspaceId)).toContain('b');
    expect(midsOf(one.owner.workspaceId)).toEqual([]);
    expect(await rows('select attempts, set_aside_at from deliveries')).toEqual([{ attempts: 1, set_aside_at: null }]);
    await channels.admin.query("update deliveries set available_at = now() - interval '1 second'");
    await channels.module.get(Deliveries).drain();
    expect(midsOf(one.owner.workspaceId)).toEqual(['a']);
    expect((await rows('select reason from deliveries')).map(({ reason }) => reason)).toEqual(['it is bad']);
    await channels.admin.query('delete from deliveries');
  });

  it('are done with for topics that nobody handles', async () => {
    const { pageId } = await connectedPage();
    await deliver({ object: 'page', entry: [{ id: pageId, changes: [{ field: 'feed', value: {} }] }] });
    expect(applied).toEqual([]);
    expect(await rows('select * from deliveries')).toEqual([]);
  });
});

describe('a channel that is disconnected', () => {
  const disconnect = (owner: MemberActor, id: string, deleteHistory = false) =>
    channels.module.get(DisconnectChannel).run(owner, origin, id, deleteHistory);
  const settled = async (id: string) => {
    for (let round = 0; round < 100; round += 1) {
      await channels.module.get(Queues).sweep();
      if ((await rows("select 1 from due where kind = 'release-access' and row_id = $1", id)).length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('The job did not end.');
  };
  const row = async (id: string) =>
    (await rows('select status, token, external_id, settings from channels where id = $1', id))[0];

  it('receives nothing, is told to the platform, and keeps no token [promise 52]', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    graphOf(pageId);
    expect(await disconnect(owner, channelId)).toMatchObject({ id: channelId, status: 'DISCONNECTED' });
    await deliver({ object: 'page', entry: [entry(pageId, 'late')] });
    expect(applied).toEqual([]);
    await settled(channelId);
    expect(channels.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE ${pageId}/subscribed_apps`,
    ]);
    expect(await row(channelId)).toMatchObject({ status: 'DISCONNECTED', token: null, external_id: pageId });
    expect(facts).toEqual([new ChannelDisconnected(channelId, false)]);
    const open = await channels.module
      .get(Workspaces)
      .run(owner.workspaceId, (tx) =>
        channels.module.get(Channels).openChannel(tx, channelId, { purpose: 'SEND', cause: 'x' }),
      );
    expect(open).toBeNull();
    expect(await disconnect(owner, channelId)).toMatchObject({ status: 'DISCONNECTED' });
    const uses = await channels.module.get(ListTokenUses).run(owner, channelId, 2, null);
    expect(uses.nodes.map(({ purpose }) => purpose)).toEqual(['REVOKE', 'SUBSCRIBE']);
    const rest = await channels.module.get(ListTokenUses).run(owner, channelId, 2, uses.pageInfo.endCursor);
    expect(rest).toMatchObject({ nodes: [{ purpose: 'VERIFY' }], pageInfo: { hasNextPage: false } });
  });

  it('may be connected by another workspace, and comes back with its history in its own', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    await disconnect(owner, channelId);
    await settled(channelId);
    const other = await channels.workspace();
    graphOf(pageId);
    const connect = (actor: MemberActor) =>
      channels.module.get(ConnectMessenger).run(actor, origin, { pageId, pageAccessToken: 'EAATOKEN' });
    const theirs = await connect(other);
    await expect(connect(owner)).rejects.toMatchObject({ code: 'CONFLICT', field: 'pageId' });
    await disconnect(other, theirs.id);
    expect(await connect(owner)).toMatchObject({ id: channelId, status: 'CONNECTED' });
  });

  it('forgets the account when its history goes, once the platform was told', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    graphOf(pageId);
    await disconnect(owner, channelId, true);
    await settled(channelId);
    expect(channels.graph.calls).toHaveLength(1);
    expect(await row(channelId)).toEqual({ status: 'DISCONNECTED', token: null, external_id: null, settings: {} });
    expect(facts).toEqual([new ChannelDisconnected(channelId, true)]);
  });

  it('does not lose the platform’s part when the platform fails', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    graphOf(pageId, () => ({ status: 500, raw: '' }));
    await disconnect(owner, channelId);
    for (
      let round = 0;
      round < 200 &&
      (await rows('select 1 from due where row_id = $1 and attempts = 1 and lease is null', channelId)).length === 0;
      round += 1
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await row(channelId))?.token).not.toBeNull();
    graphOf(pageId);
    await channels.admin.query('update due set due_at = now() where row_id = $1', [channelId]);
    await settled(channelId);
    expect(channels.graph.calls).toHaveLength(1);
    expect((await row(channelId))?.token).toBeNull();
  });

  it('is subscribed again when somebody connects it while the platform is being told', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    const { adapter } = channels.module.get(Channels).definitionOf(ChannelKind.MESSENGER);
    adapter.unsubscribe = async () => {
      Reflect.deleteProperty(adapter, 'unsubscribe');
      await connectedPage(owner, pageId);
      channels.graph.calls.length = 0;
    };
    await disconnect(owner, channelId);
    await settled(channelId);
    const [call, ...more] = channels.graph.calls;
    expect(more).toEqual([]);
    expect(call).toMatchObject({ method: 'POST', path: `${pageId}/subscribed_apps` });
    expect(call?.query['subscribed_fields']).toContain('message_echoes');
    const after = await row(channelId);
    expect(after?.status).toBe('CONNECTED');
    expect(after?.token).not.toBeNull();
  });

  it('leaves a subscription that another channel hears by', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    await channels.module
      .get(ConnectInstagram)
      .run(owner, origin, { accountId: `1${pageId}`, pageId, accessToken: 'EAATOKEN' });
    graphOf(pageId);
    await disconnect(owner, channelId);
    await settled(channelId);
    expect(channels.graph.calls).toEqual([]);
    expect((await row(channelId))?.token).toBeNull();
  });

  it('is not there for another workspace', async () => {
    const { channelId } = await connectedPage();
    const stranger = await channels.workspace();
    await expect(disconnect(stranger, channelId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(channels.module.get(UpdateChannel).run(stranger, origin, channelId, 'Mine')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(channels.module.get(ListTokenUses).run(stranger, channelId, 5, null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await channels.module.get(ListChannels).one(stranger, channelId)).toBeNull();
    expect(await channels.module.get(ListChannels).all(stranger)).toEqual([]);
    for (const id of ['1', '', randomUUID()])
      await expect(disconnect(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a channel', () => {
  it('is renamed, and shows what it can carry', async () => {
    const { owner, channelId } = await connectedPage();
    const renamed = await channels.module.get(UpdateChannel).run(owner, origin, channelId, '  Shop ');
    expect(channels.module.get(Channels).typeOf(renamed)).toMatchObject({
      name: 'Shop',
      kind: 'MESSENGER',
      whatsApp: null,
      instagram: null,
      webChat: null,
      capabilities: { maxTextLength: 1_999 },
    });
    await expect(channels.module.get(UpdateChannel).run(owner, origin, channelId, ' ')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'name',
    });
    expect(await channels.module.get(UpdateChannel).run(owner, origin, channelId, null)).toMatchObject({
      name: 'Shop',
    });
  });

  it('is routed nowhere while it is frozen, and stays this workspace’s', async () => {
    const { owner, pageId, channelId } = await connectedPage();
    const freeze = (frozen: boolean) =>
      channels.module
        .get(Workspaces)
        .run(owner.workspaceId, (tx) => channels.module.get(Channels).setFrozen(tx, channelId, frozen));
    await freeze(true);
    await deliver({ object: 'page', entry: [entry(pageId, 'cold')] });
    expect(applied).toEqual([]);
    expect(await channels.module.get(ListChannels).one(owner, channelId)).toMatchObject({ frozen: true });
    const other = await channels.workspace();
    graphOf(pageId);
    const connect = channels.module.get(ConnectMessenger).run(other, origin, { pageId, pageAccessToken: 'EAATOKEN' });
    await expect(connect).rejects.toMatchObject({ code: 'CONFLICT', field: 'pageId' });
    await freeze(false);
    await deliver({ object: 'page', entry: [entry(pageId, 'warm')] });
    expect(midsOf(owner.workspaceId)).toEqual(['warm']);
  });

  it('expires once, says so, and is told as a fact', async () => {
    const { owner, channelId } = await connectedPage();
    const expire = () =>
      channels.module
        .get(Workspaces)
        .run(owner.workspaceId, (tx) =>
          channels.module.get(Channels).markExpired(tx, channelId, 'The access token has expired.'),
        );
    await expire();
    await expire();
    expect(facts).toEqual([new ChannelExpired(channelId, 'The access token has expired.')]);
    expect(await channels.module.get(ListChannels).one(owner, channelId)).toMatchObject({
      status: 'EXPIRED',
      lastError: 'The access token has expired.',
    });
    expect(
      await rows('select action from audit_entries where workspace_id = $1 order by seq', owner.workspaceId),
    ).toEqual([{ action: 'channel.connect' }, { action: 'channel.expire' }]);
  });
});
