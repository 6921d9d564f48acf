import type { FastifyReply } from 'fastify';
import { app } from '../../test/support/channels.js';
import { Deliveries, Intake, IntakeUnavailable } from '../platform/deliveries/index.js';
import { MetaWebhookController } from './meta/meta-webhook.controller.js';
import { InboundUnderTest, entry, sign } from '../../test/support/inbound.js';

let inbound: InboundUnderTest;
beforeAll(async () => void (inbound = await InboundUnderTest.start()));
afterAll(() => inbound.stop());
beforeEach(() => inbound.forget());

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
      expect(await inbound.call(body, signature)).toMatchObject({ status: 401 });
    }
    expect(await inbound.rows('select * from deliveries')).toEqual([]);
  });

  it('is taken before anyone looks into it, whatever it holds', async () => {
    expect(await inbound.call('{"object":')).toMatchObject({ status: 200 });
    expect(await inbound.call(Buffer.from([0, 255, 1]))).toMatchObject({ status: 200 });
    await inbound.channels.module.get(Deliveries).drain();
    const aside = await inbound.rows('select reason from deliveries where set_aside_at is not null');
    expect(aside.map(({ reason }) => reason)).toEqual(['it is not JSON', 'it is not JSON']);
    await inbound.channels.admin.query('delete from deliveries');
  });

  it('is to come again when it cannot be stored', async () => {
    const intake = inbound.channels.module.get(Intake);
    intake.store = () => Promise.reject(new IntakeUnavailable());
    try {
      expect(await inbound.call({ object: 'page', entry: [] })).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5' },
      });
    } finally {
      // The method of the class shows through again.
      Reflect.deleteProperty(intake, 'store');
    }
    expect(await inbound.call({ object: 'page', entry: [] })).toMatchObject({ status: 200 });
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
      text: inbound.channels.module.get(MetaWebhookController).verify(query, reply as unknown as FastifyReply),
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
    const [one, two] = [await inbound.connectedPage(), await inbound.connectedPage()];
    await inbound.deliver({
      object: 'page',
      entry: [entry(one.pageId, 'a', 'b'), entry(two.pageId, 'c'), entry(one.pageId, 'd'), entry('404404', 'e')],
    });
    expect(inbound.midsOf(one.owner.workspaceId)).toEqual(['a', 'b', 'd']);
    expect(inbound.midsOf(two.owner.workspaceId)).toEqual(['c']);
    expect(inbound.applied).toHaveLength(4);
    expect(inbound.applied[0]?.item).toMatchObject({
      channelId: one.channelId,
      kind: 'MESSENGER',
      deliveryId: expect.any(String),
      receivedAt: expect.any(Date),
    });
    expect(await inbound.rows('select * from deliveries')).toEqual([]);
  });

  it('count what is nobody’s, by digest, and keep nothing of it', async () => {
    await inbound.channels.admin.query('delete from unrouted_events');
    await inbound.deliver({
      object: 'page',
      entry: [entry('404404', 'a', 'b'), { id: '404404', messaging: 'broken' }],
    });
    await inbound.deliver({ object: 'page', entry: [entry('404404', 'c')] });
    await inbound.deliver({ object: 'threads', entry: [] });
    const counted = await inbound.rows('select kind, count, account from unrouted_events order by kind');
    expect(counted.map(({ kind, count }) => [kind, count])).toEqual([
      ['broken', 1],
      ['messages', 3],
      ['object:threads', 1],
    ]);
    expect(counted.every(({ account }) => (account as Buffer).length === 32)).toBe(true);
    expect(await inbound.rows('select * from deliveries')).toEqual([]);
  });

  it('set aside what a handler rejects and what cannot be cut, each in the platform’s form', async () => {
    const { owner, pageId } = await inbound.connectedPage();
    inbound.handle = (_, items) =>
      items
        .filter((item) => JSON.stringify(item.payload).includes('"bad"'))
        .map((item) => ({ item, reason: 'it is bad' }));
    await inbound.deliver({
      object: 'page',
      entry: [entry(pageId, 'good', 'bad'), { id: pageId, messaging: 'broken' }, entry(pageId, 'better')],
    });
    expect(inbound.midsOf(owner.workspaceId)).toEqual(['good', 'bad', 'better']);
    const aside = await inbound.rows(
      'select workspace_id, reason from deliveries where set_aside_at is not null order by reason',
    );
    expect(aside).toEqual([
      { workspace_id: owner.workspaceId, reason: 'it is bad' },
      { workspace_id: owner.workspaceId, reason: 'messaging is not a list' },
    ]);
    await inbound.channels.admin.query('delete from deliveries');
  });

  it('fail for the workspace alone that fails, and set nothing aside twice', async () => {
    const [one, two] = [await inbound.connectedPage(), await inbound.connectedPage()];
    let failures = 0;
    inbound.handle = (workspaceId, items) => {
      if (workspaceId === one.owner.workspaceId && failures++ === 0) throw new Error('not now');
      return workspaceId === two.owner.workspaceId && items.length > 0
        ? [{ item: items[0]!, reason: 'it is bad' }]
        : [];
    };
    await inbound.deliver({ object: 'page', entry: [entry(two.pageId, 'other')] });
    expect(await inbound.rows('select reason from deliveries')).toEqual([{ reason: 'it is bad' }]);
    await inbound.channels.admin.query('delete from deliveries');
    await inbound.deliver({ object: 'page', entry: [entry(one.pageId, 'a'), entry(two.pageId, 'b')] });
    expect(inbound.midsOf(two.owner.workspaceId)).toContain('b');
    expect(inbound.midsOf(one.owner.workspaceId)).toEqual([]);
    expect(await inbound.rows('select attempts, set_aside_at from deliveries')).toEqual([
      { attempts: 1, set_aside_at: null },
    ]);
    await inbound.channels.admin.query("update deliveries set available_at = now() - interval '1 second'");
    await inbound.channels.module.get(Deliveries).drain();
    expect(inbound.midsOf(one.owner.workspaceId)).toEqual(['a']);
    expect((await inbound.rows('select reason from deliveries')).map(({ reason }) => reason)).toEqual(['it is bad']);
    await inbound.channels.admin.query('delete from deliveries');
  });

  it('are done with for topics that nobody handles', async () => {
    const { pageId } = await inbound.connectedPage();
    await inbound.deliver({ object: 'page', entry: [{ id: pageId, changes: [{ field: 'feed', value: {} }] }] });
    expect(inbound.applied).toEqual([]);
    expect(await inbound.rows('select * from deliveries')).toEqual([]);
  });
});
