import { ChannelsUnderTest, origin } from '../../../test/support/channels.js';
import type { GraphReply } from '../../../test/support/fake-graph.js';
import type { OpenChannel } from '../channel-adapter.js';
import { ChannelKind } from '../enums.js';
import { ConnectLine } from './connect-line.js';
import { LineChannel } from './line.channel.js';

let channels: ChannelsUnderTest;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start({ PUBLIC_URL: 'https://parley.example.com' });
});
afterAll(() => channels.stop());
beforeEach(() => {
  channels.graph.calls.length = 0;
});

const secret = '0123456789abcdef0123456789abcdef';
const info = { body: { userId: 'U66', displayName: 'Demo Shop', basicId: '@demo' } };
const open: OpenChannel = {
  workspaceId: 'w',
  id: 'c',
  kind: ChannelKind.LINE,
  externalId: 'U66',
  settings: {},
  token: 'LINETOKEN',
};
const signal = () => AbortSignal.timeout(5_000);
const line = () => channels.module.get(LineChannel);
const answer = (reply: GraphReply) => void (channels.graph.answer = () => reply);

describe('connecting a LINE account', () => {
  const connect = async (more: object = {}) =>
    channels.module
      .get(ConnectLine)
      .run(await channels.workspace(), origin, { channelAccessToken: 'LINETOKEN', channelSecret: secret, ...more });

  it('asks whose token it is, tells LINE the address, and keeps token and secret encrypted [promise 24]', async () => {
    answer(info);
    const channel = await connect();
    expect(channel).toMatchObject({ kind: 'LINE', status: 'CONNECTED', name: 'Demo Shop', externalId: 'U66' });
    expect(channels.graph.calls).toMatchObject([
      { method: 'GET', path: '/line/v2/bot/info', token: 'LINETOKEN' },
      {
        method: 'PUT',
        path: '/line/v2/bot/channel/webhook/endpoint',
        body: { endpoint: `https://parley.example.com/webhooks/line/${channel.id}` },
      },
    ]);
    const { rows } = await channels.admin.query<Record<string, Buffer>>(
      'select token, webhook_secret from channels where id = $1',
      [channel.id],
    );
    const kept = Buffer.concat(Object.values(rows[0] ?? {})).toString('latin1');
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).not.toContain('LINETOKEN');
    expect(kept).not.toContain(secret);
    await expect(connect()).rejects.toMatchObject({ code: 'CONFLICT', field: 'channelAccessToken' });
  });

  it.each<[string, GraphReply, object, object]>([
    [
      'a token that LINE does not know',
      { status: 401, body: {} },
      {},
      { code: 'BAD_USER_INPUT', field: 'channelAccessToken' },
    ],
    ['no token', info, { channelAccessToken: 'two words' }, { code: 'BAD_USER_INPUT', field: 'channelAccessToken' }],
    ['no secret', info, { channelSecret: 'x' }, { code: 'BAD_USER_INPUT', field: 'channelSecret' }],
    ['a limit', { status: 429, body: {} }, {}, { code: 'UNAVAILABLE' }],
    ['a broken connection', { trouble: 'reset' }, {}, { code: 'UNAVAILABLE' }],
    ['a refusal', { status: 400, body: { message: 'PROVIDER TEXT' } }, {}, { code: 'PLATFORM_REFUSED' }],
    ['an answer without an id', { body: {} }, {}, { code: 'PLATFORM_REFUSED' }],
  ])('says what is wrong: %s', async (_, reply, input, expected) => {
    answer(reply);
    const failure: unknown = await connect(input).catch((error: unknown) => error);
    expect(failure).toMatchObject(expected);
    expect((failure as Error).message).not.toContain('PROVIDER TEXT');
  });
});

describe('what LINE is asked for', () => {
  const message = {
    id: '0199a3c4-0000-7000-8000-000000000001',
    recipient: [{ externalId: 'U1', handle: null }],
    text: 'Hello',
    attachments: [],
    replyToExternalId: null,
    humanAgent: false,
  } as const;

  it('is a message once: one that it took before has the id that it got then', async () => {
    answer({ status: 409, body: { message: 'PROVIDER TEXT', sentMessages: [{ id: '46' }] } });
    expect(await line().send(open, message, signal())).toEqual({ kind: 'sent', externalId: '46' });
    answer({ status: 409, body: {} });
    expect(await line().send(open, message, signal())).toMatchObject({ kind: 'unconfirmed' });
  });

  it.each<[string, GraphReply, string | null, string]>([
    ['there', { raw: 'bytes', headers: { 'content-type': 'image/jpeg' } }, '325708', 'fetched'],
    ['not ready', { status: 202, raw: '' }, '325708', 'retry'],
    ['gone', { status: 404, raw: '' }, '325708', 'gone'],
    ['too large', { raw: 'x'.repeat(101) }, '325708', 'refused'],
    ['a broken connection', { trouble: 'reset' }, '325708', 'retry'],
    ['no id', { raw: 'bytes' }, '../x', 'gone'],
    ['nothing', { raw: 'bytes' }, null, 'gone'],
  ])('is a file: %s', async (_, reply, mediaId, kind) => {
    answer(reply);
    const outcome = await line().fetchMedia(open, { url: null, mediaId, sha256: null }, 100, signal());
    expect(outcome.kind).toBe(kind);
  });

  it('is the name of a person, where it tells', async () => {
    answer({ body: { displayName: 'Hana' } });
    expect(await line().profile(open, { externalId: 'U1', handle: null }, signal())).toEqual({ name: 'Hana' });
    answer({ status: 404, body: {} });
    expect(await line().profile(open, { externalId: 'U1', handle: null }, signal())).toBeNull();
    answer({ status: 500, raw: '' });
    await expect(line().profile(open, { externalId: 'U1', handle: null }, signal())).rejects.toThrow('later');
  });
});
