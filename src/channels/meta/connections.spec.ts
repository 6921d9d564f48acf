import { ChannelsUnderTest, app, origin } from '../../../test/support/channels.js';
import { type GraphCall, type GraphReply, graphError } from '../../../test/support/fake-graph.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { Channels } from '../channels.js';
import { ConnectInstagram } from './connect-instagram.js';
import { ConnectMessenger } from './connect-messenger.js';
import { ConnectWhatsApp } from './connect-whats-app.js';
import { appSecretProof } from './signature.js';

let channels: ChannelsUnderTest;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
});
afterAll(() => channels.stop());

let number = 900_000_000_000_000;
const newAccount = () => String((number += 1));

/** What the platform says of good tokens and assets; a test replaces parts of it. */
interface World {
  readonly asset: string;
  readonly parent: string;
  readonly debug?: object | GraphReply;
  readonly read?: GraphReply;
  readonly subscribe?: GraphReply;
}

function platform({ asset, parent, debug = {}, read, subscribe }: World) {
  channels.graph.calls.length = 0;
  channels.graph.answer = (call: GraphCall): GraphReply | null => {
    if (call.path === 'debug_token') {
      if ('status' in debug || 'trouble' in debug || 'raw' in debug) return debug;
      const data = {
        app_id: app.id,
        type: 'PAGE',
        is_valid: true,
        expires_at: 0,
        scopes: [],
        granular_scopes: [{ scope: 'pages_messaging', target_ids: [asset, parent] }],
        ...debug,
      };
      return { body: { data } };
    }
    if (call.path.endsWith('/subscribed_apps'))
      return call.method === 'GET' ? { body: { data: [] } } : (subscribe ?? { body: { success: 'true' } });
    if (read !== undefined) return read;
    if (call.path === `${parent}/phone_numbers`)
      return { body: { data: [{ id: asset, display_phone_number: '+90 555', verified_name: 'Demo Shop' }] } };
    if (call.path === 'ig:me')
      return { body: { user_id: asset, id: `5${asset}`, username: 'demo.shop', name: 'Demo Shop' } };
    if (call.path === parent)
      return {
        body: {
          id: parent,
          name: 'Demo Shop',
          instagram_business_account: { id: asset, username: 'demo.shop', name: 'Demo Shop' },
        },
      };
    if (call.path === asset) return { body: { id: asset, name: 'Demo Shop' } };
    return null;
  };
}

const token = 'EAATESTTOKEN';
type Connect = (
  actor: MemberActor,
  asset: string,
  parent: string,
) => Promise<{ id: string; name: string; status: string; externalId: string | null }>;
const kinds: [string, Connect, { token: string; asset: string; parent: string }][] = [
  [
    'Messenger',
    (actor, asset) =>
      channels.module.get(ConnectMessenger).run(actor, origin, { pageId: ` ${asset} `, pageAccessToken: token }),
    { token: 'pageAccessToken', asset: 'pageId', parent: 'pageId' },
  ],
  [
    'Instagram through a Page',
    (actor, asset, pageId) =>
      channels.module.get(ConnectInstagram).run(actor, origin, { accountId: asset, pageId, accessToken: token }),
    { token: 'accessToken', asset: 'accountId', parent: 'pageId' },
  ],
  [
    'WhatsApp',
    (actor, asset, wabaId) =>
      channels.module.get(ConnectWhatsApp).run(actor, origin, { wabaId, phoneNumberId: asset, accessToken: token }),
    { token: 'accessToken', asset: 'phoneNumberId', parent: 'wabaId' },
  ],
];

async function refusalOf(work: Promise<unknown>): Promise<[string, string | undefined]> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw error instanceof Error ? error : new Error('It was not refused.');
  expect(error.message).not.toContain('PROVIDER TEXT');
  expect(error.message).not.toContain(token);
  return [error.code, error.field];
}

const stored = async (actor: MemberActor) =>
  (await channels.admin.query('select * from channels where workspace_id = $1', [actor.workspaceId])).rows;

describe.each(kinds)('connecting %s', (_, connect, fields) => {
  it('checks, subscribes and stores, and shows the token to nobody [promise 24]', async () => {
    const actor = await channels.workspace();
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent });
    const channel = await connect(actor, asset, parent);
    expect(channel).toMatchObject({ name: 'Demo Shop', status: 'CONNECTED', externalId: asset });
    expect(JSON.stringify(channel)).not.toContain(token);
    const order = channels.graph.calls.map(({ method, path }) => `${method} ${path}`);
    expect(order[0]).toBe('GET debug_token');
    expect(order.at(-1)).toMatch(/^POST \d+\/subscribed_apps$/);
    for (const call of channels.graph.calls.slice(1)) {
      expect(call.token).toBe(token);
      expect(call.query['appsecret_proof']).toBe(appSecretProof(token, app.secret));
    }
    const [row] = await stored(actor);
    expect(row.token.includes(token)).toBe(false);
    const open = await channels.module
      .get(Workspaces)
      .run(actor.workspaceId, (tx) =>
        channels.module.get(Channels).openChannel(tx, channel.id, { purpose: 'SEND', cause: 'message x' }),
      );
    expect(open).toMatchObject({ token, externalId: asset, id: channel.id });
    const uses = await channels.admin.query(
      'select purpose, cause from token_uses where workspace_id = $1 order by id',
      [actor.workspaceId],
    );
    expect(uses.rows.map((use) => use.purpose)).toEqual(['VERIFY', 'SUBSCRIBE', 'SEND']);
    const told = await channels.admin.query('select kind, ids from workspace_events where workspace_id = $1', [
      actor.workspaceId,
    ]);
    expect(told.rows).toEqual([{ kind: 'ChannelChanged', ids: [channel.id] }]);
    const audit = await channels.admin.query('select action, target from audit_entries where workspace_id = $1', [
      actor.workspaceId,
    ]);
    expect(audit.rows).toEqual([{ action: 'channel.connect', target: channel.id }]);
  });

  it.each<[string, Omit<World, 'asset' | 'parent'>, [string, 'token' | 'parent' | undefined]]>([
    [
      'an expired token',
      { debug: { is_valid: false, error: { code: 190, subcode: 463, message: 'PROVIDER TEXT' } } },
      ['BAD_USER_INPUT', 'token'],
    ],
    ['a token whose time is over', { debug: { expires_at: 1_600_000_000 } }, ['BAD_USER_INPUT', 'token']],
    ['a token that Meta does not know', { debug: graphError(190) }, ['BAD_USER_INPUT', 'token']],
    ['a token of another app', { debug: { app_id: '999' } }, ['BAD_USER_INPUT', 'token']],
    [
      'a token for another asset',
      { debug: { granular_scopes: [{ scope: 'pages_messaging', target_ids: ['1', '2'] }] } },
      ['BAD_USER_INPUT', 'parent'],
    ],
    ['an asset that is not there', { read: graphError(100, 33) }, ['BAD_USER_INPUT', 'parent']],
    ['an asset that is not there, told without a subcode', { read: graphError(100) }, ['BAD_USER_INPUT', 'parent']],
    [
      'an asset of others that may not be looked at',
      {
        read: graphError(10, null, 403),
        debug: { granular_scopes: [{ scope: 'pages_messaging', target_ids: ['1'] }] },
      },
      ['BAD_USER_INPUT', 'parent'],
    ],
    ['a token that died meanwhile', { read: graphError(190, 460, 401) }, ['BAD_USER_INPUT', 'token']],
    ['a missing permission', { read: graphError(200, null, 403) }, ['PLATFORM_REFUSED', 'token']],
    ['a platform that does not answer', { read: { trouble: 'reset' } }, ['UNAVAILABLE', undefined]],
    ['a platform that fails', { debug: { status: 500, raw: 'oops' } }, ['UNAVAILABLE', undefined]],
    ['a platform that is busy', { read: graphError(4) }, ['UNAVAILABLE', undefined]],
    ['an answer that is none', { debug: { raw: '<html>' } }, ['PLATFORM_REFUSED', undefined]],
    ['a refused subscription', { subscribe: graphError(368) }, ['PLATFORM_REFUSED', undefined]],
  ])('refuses %s and stores nothing', async (_case, world, [code, field]) => {
    const actor = await channels.workspace();
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent, ...world });
    const named = field === undefined ? undefined : fields[field];
    expect(await refusalOf(connect(actor, asset, parent))).toEqual([code, named]);
    expect(await stored(actor)).toEqual([]);
  });

  it('takes answers that leave out what is optional', async () => {
    const actor = await channels.workspace();
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent, debug: { status: 200, body: { data: { is_valid: true } } } });
    expect(await connect(actor, asset, parent)).toMatchObject({ status: 'CONNECTED' });
  });

  it('refuses what another workspace has, without its name, and asks the platform for no subscription', async () => {
    const [one, other] = [await channels.workspace(), await channels.workspace()];
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent });
    await connect(one, asset, parent);
    platform({ asset, parent });
    expect(await refusalOf(connect(other, asset, parent))).toEqual(['CONFLICT', fields.asset]);
    expect(channels.graph.calls.filter((call) => call.method === 'POST')).toEqual([]);
    expect(await stored(other)).toEqual([]);
  });

  it('lets one of two workspaces win that connect it at the same moment', async () => {
    const [one, other] = [await channels.workspace(), await channels.workspace()];
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent });
    const outcomes = await Promise.allSettled([connect(one, asset, parent), connect(other, asset, parent)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await stored(one)).length + (await stored(other)).length).toBe(1);
  });

  it('revives the same channel when it is connected once more', async () => {
    const actor = await channels.workspace();
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent });
    const first = await connect(actor, asset, parent);
    await channels.admin.query(
      "update channels set status = 'EXPIRED', last_error = 'x', name = 'Our name' where id = $1",
      [first.id],
    );
    const again = await connect(actor, asset, parent);
    expect(again).toMatchObject({ id: first.id, status: 'CONNECTED', lastError: null, name: 'Our name' });
    expect(await stored(actor)).toHaveLength(1);
  });

  it.each(['../me', 'a/b', '', '1?x=y', 'x'.repeat(100)])('refuses the id %j before it calls anyone', async (id) => {
    const actor = await channels.workspace();
    platform({ asset: id, parent: newAccount() });
    expect(await refusalOf(connect(actor, id, newAccount()))).toEqual(['BAD_USER_INPUT', fields.asset]);
    expect(channels.graph.calls).toEqual([]);
  });
});

describe('connecting by Instagram Login', () => {
  const connect = (actor: MemberActor, accountId: string) =>
    channels.module.get(ConnectInstagram).run(actor, origin, { accountId, accessToken: token });

  it('asks Instagram’s own host whose token it is', async () => {
    const actor = await channels.workspace();
    const asset = newAccount();
    platform({ asset, parent: newAccount() });
    const channel = await connect(actor, asset);
    expect(channel).toMatchObject({ externalId: asset, settings: { pageId: null, username: 'demo.shop' } });
    expect(channels.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET ig:me',
      `POST ig:${asset}/subscribed_apps`,
    ]);
    expect(channels.graph.calls[1]?.query['subscribed_fields']).toContain('messaging_seen');
  });

  it('refuses a token of another account', async () => {
    const actor = await channels.workspace();
    platform({ asset: newAccount(), parent: newAccount() });
    expect(await refusalOf(connect(actor, '1784'))).toEqual(['BAD_USER_INPUT', 'accountId']);
  });
});

describe('the numbers of a WhatsApp Business account', () => {
  it('must hold the number, on whichever page of the list', async () => {
    const actor = await channels.workspace();
    const [asset, parent] = [newAccount(), newAccount()];
    platform({ asset, parent });
    const inner = channels.graph.answer;
    const rows = (after: string | undefined) =>
      after === 'next' ? [{ id: asset, display_phone_number: '+90' }] : [{ id: '1' }];
    channels.graph.answer = (call) =>
      call.path === `${parent}/phone_numbers`
        ? {
            body: {
              data: rows(call.query['after']),
              paging: { cursors: { after: 'next' }, ...(call.query['after'] === undefined && { next: 'https://x' }) },
            },
          }
        : inner(call);
    const connect = (phoneNumberId: string) =>
      channels.module.get(ConnectWhatsApp).run(actor, origin, { wabaId: parent, phoneNumberId, accessToken: token });
    expect(await refusalOf(connect('12345'))).toEqual(['BAD_USER_INPUT', 'phoneNumberId']);
    expect(await connect(asset)).toMatchObject({ name: '+90', settings: { wabaId: parent, displayPhone: '+90' } });
  });
});

describe('a Page that is subscribed already', () => {
  it('keeps what it is subscribed to', async () => {
    const actor = await channels.workspace();
    const asset = newAccount();
    platform({ asset, parent: newAccount() });
    const inner = channels.graph.answer;
    channels.graph.answer = (call) =>
      call.method === 'GET' && call.path.endsWith('/subscribed_apps')
        ? {
            body: {
              data: [
                { id: app.id, subscribed_fields: ['leadgen', 'feed'] },
                { id: '1', subscribed_fields: ['ratings'] },
              ],
            },
          }
        : inner(call);
    await channels.module.get(ConnectMessenger).run(actor, origin, { pageId: asset, pageAccessToken: token });
    const fields = channels.graph
      .to(`${asset}/subscribed_apps`)
      .find((call) => call.method === 'POST')
      ?.query['subscribed_fields']?.split(',');
    expect(fields).toEqual(expect.arrayContaining(['messages', 'message_echoes', 'standby', 'leadgen', 'feed']));
    expect(fields).not.toContain('ratings');
  });
});
