import { LifeUnderTest, person } from '../../../test/support/life.js';
import { app } from '../../../test/support/channels.js';
import { type GraphReply, graphError } from '../../../test/support/fake-graph.js';
import { Workspaces } from '../../platform/database/index.js';
import { Channels } from '../channels.js';
import { ChannelExpired, ChannelExpiring, MessagesMissed } from '../channels.events.js';

let life: LifeUnderTest;
beforeAll(async () => void (life = await LifeUnderTest.start()));
afterAll(() => life.stop());
beforeEach(() => life.forget());

const [watch, renew] = ['token-expiry', 'token-refresh'];
const refresh = '/instagram/refresh_access_token';
const hour = 3_600;
const day = 86_400;
const dead = (subcode: number): GraphReply => ({
  body: { data: { is_valid: false, error: { code: 190, subcode, message: 'PROVIDER TEXT' } } },
});

const openToken = (channels: Channels, workspaces: Workspaces, workspaceId: string, id: string, cause = 'message 1') =>
  workspaces.run(workspaceId, (tx) => channels.openChannel(tx, id, { purpose: 'SEND', cause }));

describe('a token that ends', () => {
  it('is renewed at day 50 though nobody writes, and not a day before', async () => {
    const { id, owner } = await life.instagramLogin();
    life.say.set(refresh, () => ({ body: { access_token: 'IGAANEW', token_type: 'bearer', expires_in: 60 * day } }));
    await life.age(id, 49, 11);
    expect(await life.runJob(renew, id)).toBeGreaterThan(0.9 * day);
    expect(life.calls).toEqual([]);
    await life.age(id, 50, 9.99);
    const next = await life.runJob(renew, id);
    expect(life.calls).toEqual([`GET ${refresh}`]);
    expect(life.channels.graph.calls[0]?.query).toMatchObject({ grant_type: 'ig_refresh_token' });
    expect(Math.round((next ?? 0) / day)).toBe(50);
    const row = await life.row(id);
    expect([row['status'], Math.round(Number(row['days']))]).toEqual(['CONNECTED', 60]);
    const { module } = life.channels;
    const open = await openToken(module.get(Channels), module.get(Workspaces), owner.workspaceId, id);
    expect(open?.token).toBe('IGAANEW');
    const uses = await life.rows('select purpose, cause from token_uses where channel_id = $1 order by id', id);
    expect(uses).toContainEqual({ purpose: 'RENEW', cause: `job ${renew}` });
  });

  it('whose end nobody tells is renewed when it is a day old', async () => {
    const { id } = await life.instagramLogin();
    expect(await life.runJob(renew, id)).toBeGreaterThan(day - 60);
    life.say.set(refresh, () => ({ body: { access_token: 'IGAANEW', expires_in: 60 * day } }));
    await life.age(id, 1.1, null);
    await life.runJob(renew, id);
    expect(Math.round(Number((await life.row(id))['days']))).toBe(60);
  });

  it('of a system user is renewed for sixty days; a Page’s own has none to renew', async () => {
    const number = await life.whatsApp();
    life.say.set('oauth/access_token', () => ({ body: { access_token: 'EAASNEW', expires_in: 60 * day } }));
    await life.age(number.id, 51, 9);
    expect(await life.runJob(renew, number.id)).toBeGreaterThan(49 * day);
    const asked = life.channels.graph.to('oauth/access_token')[0]?.query;
    expect(asked).toMatchObject({ grant_type: 'fb_exchange_token', set_token_expires_in_60_days: 'true' });
    const page = await life.messenger();
    await life.age(page.id, 51, 9);
    expect(await life.runJob(renew, page.id)).toBeNull();
    expect(life.calls).toEqual(['GET debug_token']);
  });

  it.each<[string, () => GraphReply]>([
    ['a rate limit', () => graphError(4)],
    ['a fault of the platform', () => ({ status: 503, raw: 'no' })],
    ['a broken connection', () => ({ trouble: 'reset' })],
    ['429', () => ({ status: 429, raw: '{}' })],
  ])('is tried again every hour after %s', async (_, reply) => {
    const { id } = await life.instagramLogin();
    life.say.set(refresh, reply);
    await life.age(id, 55, 5);
    expect(await life.runJob(renew, id)).toBeGreaterThan(hour - 30);
    expect(await life.row(id)).toMatchObject({ status: 'CONNECTED', last_error: null });
  });

  it('is told a week before, once, where it could not be renewed; and its end is the end', async () => {
    const { id } = await life.instagramLogin();
    await life.age(id, 52, 8);
    // It looks again when the week begins.
    expect(await life.runJob(watch, id)).toBeLessThanOrEqual(day + 5);
    expect((await life.row(id))['status']).toBe('CONNECTED');
    await life.age(id, 54, 6.5);
    await life.runJob(watch, id);
    await life.runJob(watch, id);
    const row = await life.row(id);
    expect([row['status'], row['last_error']]).toEqual([
      'EXPIRING',
      expect.stringMatching(/ends on \d{4}-.*Connect the account again/),
    ]);
    expect(life.facts.filter((fact) => fact instanceof ChannelExpiring)).toHaveLength(1);
    life.say.set(refresh, () => ({ body: { access_token: 'IGAANEW', expires_in: 60 * day } }));
    await life.runJob(renew, id);
    expect(await life.row(id)).toMatchObject({ status: 'CONNECTED', last_error: null });
    await life.age(id, 60, -0.001);
    life.channels.graph.calls.length = 0;
    expect(await life.runJob(watch, id)).toBeNull();
    expect(await life.row(id)).toMatchObject({
      status: 'EXPIRED',
      last_error: expect.stringContaining('has expired') as string,
    });
    expect(life.calls).toEqual([]);
  });
});

describe('the daily look', () => {
  it.each([458, 459, 460, 463, 464, 467, 492])(
    'ends a connection at 190/%i, at once, with cause and one action',
    async (subcode) => {
      const { id } = await life.messenger();
      await life.age(id, 3, null);
      life.say.set('debug_token', () => dead(subcode));
      expect(await life.runJob(watch, id)).toBeNull();
      const { status, last_error: reason } = await life.row(id);
      expect([status, reason]).toEqual(['EXPIRED', expect.stringMatching(/^[A-Z].*\. .*Connect the account again/)]);
      expect(reason).not.toContain('PROVIDER');
      expect(life.facts).toEqual([new ChannelExpired(id, String(reason))]);
    },
  );

  it.each<[string, string, () => GraphReply]>([
    ['a rate limit', 'debug_token', () => graphError(4)],
    ['a fault', 'debug_token', () => ({ status: 500, raw: '' })],
    ['silence', 'debug_token', () => ({ trouble: 'reset' })],
    ['garbage', 'debug_token', () => ({ raw: '<html>' })],
    ['the app’s own token being refused', 'debug_token', () => graphError(190, null, 401)],
    ['a fault of the second question', 'subscribed_apps', () => graphError(2, null, 500)],
    ['a limit of the second question', 'subscribed_apps', () => graphError(80006)],
  ])('changes nothing after %s, and asks again soon', async (_, path, reply) => {
    const { id } = await life.messenger();
    await life.age(id, 3, null);
    life.say.set(path, reply);
    const next = await life.runJob(watch, id);
    expect(next).toBeGreaterThan(60);
    expect(next).toBeLessThanOrEqual(hour);
    expect(await life.row(id)).toMatchObject({ status: 'CONNECTED', last_error: null });
  });

  it('finds all well with two reads, and comes again in a day', async () => {
    const { id, account } = await life.messenger();
    expect(await life.runJob(watch, id)).toBeGreaterThan(0.9 * day);
    expect(life.calls).toEqual([]);
    await life.age(id, 2, null);
    expect(await life.runJob(watch, id)).toBeGreaterThan(day - 60);
    expect(life.calls).toEqual(['GET debug_token', `GET ${account}/subscribed_apps`]);
    expect(life.facts).toEqual([]);
  });

  it('switches webhooks on again that the platform dropped, with lead ads where they are wanted', async () => {
    const page = await life.messenger(undefined, true);
    const number = await life.whatsApp();
    const login = await life.instagramLogin();
    const empty = ({ method }: { method: string }): GraphReply =>
      method === 'GET' ? { body: { data: [] } } : { body: { success: true } };
    for (const { id } of [page, number, login]) {
      life.channels.graph.calls.length = 0;
      await life.age(id, 2, null);
      life.say.set('subscribed_apps', empty);
      await life.runJob(watch, id);
      const post = life.channels.graph.calls.at(-1);
      expect([post?.method, post?.path.split('/').at(-1)]).toEqual(['POST', 'subscribed_apps']);
      if (id === page.id)
        expect(post?.query['subscribed_fields']?.split(',')).toEqual(expect.arrayContaining(['messages', 'leadgen']));
      expect((await life.row(id))['status']).toBe('CONNECTED');
    }
    expect(life.facts).toEqual([page, number, login].map(({ id }) => new MessagesMissed(id)));
  });

  it('asks nothing of a channel that has expired or is disconnected', async () => {
    const { id, owner } = await life.messenger();
    const { module } = life.channels;
    await life.age(id, 3, 3);
    await module
      .get(Workspaces)
      .run(owner.workspaceId, (tx) => module.get(Channels).markExpired(tx, id, 'It is over.'));
    expect([await life.runJob(watch, id), await life.runJob(renew, id)]).toEqual([null, null]);
    expect(life.calls).toEqual([]);
  });
});

describe('a consent that is withdrawn at the platform', () => {
  it('ends every channel that lived by it, in every workspace, at once and for good [promise 55]', async () => {
    const [one, other] = [await life.messenger(), await life.messenger()];
    const login = await life.instagramLogin();
    expect(await life.deauthorize({ user_id: person, issued_at: Math.floor(Date.now() / 1_000) })).toBe(200);
    for (const { id } of [one, other]) {
      const row = await life.row(id);
      expect([row['status'], row['token'], row['last_error']]).toEqual([
        'EXPIRED',
        null,
        expect.stringMatching(/removed on facebook.com. Connect/),
      ]);
    }
    expect((await life.row(login.id))['status']).toBe('CONNECTED');
    expect(await life.deauthorize({ user_id: login.account, issued_at: Math.floor(Date.now() / 1_000) })).toBe(200);
    expect((await life.row(login.id))['status']).toBe('EXPIRED');
    const facts = life.facts.length;
    // Again is once.
    expect(await life.deauthorize({ user_id: person })).toBe(200);
    expect(life.facts).toHaveLength(facts);
    for (const { id } of [one, other, login]) for (const job of [watch, renew]) await life.runJob(job, id);
    expect(life.calls).toEqual([]);
    const { module } = life.channels;
    expect(await openToken(module.get(Channels), module.get(Workspaces), one.owner.workspaceId, one.id)).toBeNull();
  });

  it('by a Page itself ends that Page alone; nobody’s word ends nothing', async () => {
    const [one, other] = [await life.messenger(), await life.messenger()];
    expect(await life.deauthorize({ user_id: '0', profile_id: one.account })).toBe(200);
    expect([(await life.row(one.id))['status'], (await life.row(other.id))['status']]).toEqual([
      'EXPIRED',
      'CONNECTED',
    ]);
    for (const payload of [
      {},
      { user_id: '0' },
      { user_id: 'x'.repeat(300) },
      { user_id: { id: person } },
      { user_id: '5' },
    ])
      expect(await life.deauthorize(payload)).toBe(200);
    expect((await life.row(other.id))['status']).toBe('CONNECTED');
  });

  it('does not end what was given anew since', async () => {
    const { id } = await life.messenger();
    expect(await life.deauthorize({ user_id: person, issued_at: Math.floor(Date.now() / 1_000) - 600 })).toBe(200);
    expect((await life.row(id))['status']).toBe('CONNECTED');
  });

  it.each<[string, Parameters<LifeUnderTest['deauthorize']>]>([
    ['another secret', [{ user_id: person }, 'not the secret']],
    ['another algorithm', [{ user_id: person, algorithm: 'none' }]],
    ['no field', [{}, app.secret, 'a=b']],
    ['two fields', [{}, app.secret, 'signed_request=a.b&signed_request=a.b']],
    ['no signature', [{}, app.secret, `signed_request=.${Buffer.from('{"user_id":"1"}').toString('base64url')}`]],
    ['nothing', [{}, app.secret, '']],
  ])('is not believed with %s', async (_, [payload, secret, form]) => {
    const { id } = await life.messenger();
    expect(await life.deauthorize(payload, secret, form)).toBe(401);
    expect((await life.row(id))['status']).toBe('CONNECTED');
  });

  it('takes Meta’s own example', async () => {
    const { readSignedRequest } = await import('../meta/signed-request.js');
    const example =
      '7I6jjFpuuBxnW6cQH68ty9y5z0_ZG38OIU_A1WdrM8g.eyJ1c2VyX2lkIjoiNzMwMDU1NTAxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3OTAwMDAwMDB9';
    expect(readSignedRequest(example, ['test-app-secret'])).toMatchObject({ user_id: '730055501' });
    expect(readSignedRequest(example.replace('8g.', '8h.'), ['test-app-secret'])).toBeNull();
    expect(readSignedRequest(example, [])).toBeNull();
  });
});

describe('a token', () => {
  it('is not opened without a cause, and no use without one can be written down [promise 25]', async () => {
    const { id, owner } = await life.messenger();
    const { module } = life.channels;
    const open = (cause: string) =>
      openToken(module.get(Channels), module.get(Workspaces), owner.workspaceId, id, cause);
    const before = await life.rows('select id from token_uses where channel_id = $1', id);
    for (const cause of ['', '  ']) await expect(open(cause)).rejects.toThrow('for a cause');
    expect(await life.rows('select id from token_uses where channel_id = $1', id)).toEqual(before);
    await expect(
      life.rows(
        `insert into token_uses (workspace_id, id, channel_id, purpose, host, cause) select workspace_id, gen_random_uuid(), id, 'SEND', 'h', ' ' from channels where id = $1`,
        id,
      ),
    ).rejects.toThrow('token_uses_cause');
    expect((await open('message 1'))?.token).toBe(`EAAP${(await life.row(id))['external_id'] as string}`);
    const [latest] = await life.rows(
      'select purpose, cause, host from token_uses where channel_id = $1 order by id desc limit 1',
      id,
    );
    expect(latest).toMatchObject({ purpose: 'SEND', cause: 'message 1' });
  });
});
