import { metaPermissions } from '../../src/channels/meta/permission-table.js';
import { TestClient, eventually } from '../support/client.js';
import { Queues } from '../../src/platform/queue/index.js';
import { ConsentStory } from './consent-story.js';

const page = '900000000000001';
const instagram = '17841400000000001';
const instagramLogin = '17841400000000002';
const [waba, number] = ['770000000000001', '660000000000001'];
const complete = `mutation ($state: String!, $ids: [String!]!) { completeChannelAuthorization(state: $state, externalIds: $ids) { id } }`;
const signUp = `mutation ($state: String!, $code: String!, $wabaId: ID, $phoneNumberId: ID) {
  completeWhatsAppSignup(state: $state, code: $code, wabaId: $wabaId, phoneNumberId: $phoneNumberId) {
    error completed options { kind externalId alreadyConnected } permissions { name granted } } }`;

describe('accounts are connected by consent', () => {
  let story: ConsentStory;
  beforeAll(async () => void (story = await ConsentStory.start()), 60_000);
  afterAll(() => story.stop());

  const namesOf = (dialog: string) => metaPermissions.filter((one) => one.dialog === dialog).map(({ name }) => name);

  it('a Page and its Instagram account in one go, and nothing before they are chosen [promise 2] [promise 6] [promise 27]', async () => {
    const begun = await story.begin('MESSENGER');
    const asked = new URL(begun.authorizationUrl).searchParams;
    expect(asked.get('scope')?.split(',')).toEqual(namesOf('facebook-login'));
    expect(begun).toMatchObject({ completed: false, error: null, options: [] });
    expect(begun.permissions.map(({ name }) => name)).toEqual(namesOf('facebook-login'));
    expect(begun.permissions.every(({ purpose, granted }) => purpose.length > 20 && !granted)).toBe(true);
    const back = await story.comeBack(await story.decide(begun.authorizationUrl));
    expect(back.status).toBe(302);
    expect(new URL(back.location).pathname).toBe(`/w/${story.client.workspaceId ?? ''}/settings/channels`);
    const granted = await story.look(begun.state);
    expect(granted).toMatchObject({ completed: false, error: null });
    expect(granted?.permissions.filter(({ granted: given }) => !given)).toEqual([]);
    expect(granted?.options).toEqual([
      { kind: 'MESSENGER', externalId: page, name: 'Demo Shop', alreadyConnected: false },
      { kind: 'INSTAGRAM', externalId: instagram, name: 'Demo Shop', alreadyConnected: false },
    ]);
    // Granted is not connected.
    expect((await story.client.ask<{ channels: unknown[] }>('{ channels { id } }')).channels).toEqual([]);
    const { rows } = await story.sql.query<{ row: string }>('select a::text as row from channel_authorizations a');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows)
      for (const secret of [begun.state, 'EAA', 'Demo Shop']) expect(row).not.toContain(secret);
    const connected = await story.complete(begun.state, [page, instagram]);
    expect(connected.map(({ kind, status }) => [kind, status])).toEqual([
      ['MESSENGER', 'CONNECTED'],
      ['INSTAGRAM', 'CONNECTED'],
    ]);
    expect(await story.look(begun.state)).toMatchObject({ completed: true, options: [] });
    const kept = await story.sql.query('select 1 from channel_authorizations where assets is not null');
    expect(kept.rows).toEqual([]);
    expect(await story.client.refusal(complete, { state: begun.state, ids: [page] })).toBe('NOT_FOUND');
    // The stored connection names the person by the id that a withdrawal comes with, and not otherwise.
    const stored = await story.sql.query<{ settings: object }>(
      "select settings from channels where kind = 'INSTAGRAM'",
    );
    expect(stored.rows[0]?.settings).toEqual({
      instagram: true,
      pageId: page,
      username: 'demo.shop',
      accounts: [`instagram:${instagram}`],
      grantedBy: ['730055501'],
    });
    const again = await story.consent('MESSENGER');
    expect(again.options.map(({ alreadyConnected }) => alreadyConnected)).toEqual([true, true]);
  });

  it('a consent that was refused connects nothing and says so', async () => {
    const refused = await story.consent('MESSENGER', { refuse: true });
    expect(refused).toMatchObject({ completed: false, options: [] });
    expect(refused.error).toMatch(/did not give your consent.*Start again/);
    expect(await story.client.refusal(complete, { state: refused.state, ids: [page] })).toBe('NOT_FOUND');
  });

  it('offers what was granted, and no more', async () => {
    const all = namesOf('facebook-login');
    const without = (...names: string[]) => ({ permissions: all.filter((name) => !names.includes(name)) });
    const instagramOnly = await story.consent('MESSENGER', without('pages_messaging'));
    expect(instagramOnly.options.map(({ kind }) => kind)).toEqual(['INSTAGRAM']);
    expect(instagramOnly.permissions.find(({ name }) => name === 'pages_messaging')?.granted).toBe(false);
    const messengerOnly = await story
      .consent('INSTAGRAM', {})
      .then(() => story.consent('MESSENGER', without('instagram_manage_messages')));
    expect(messengerOnly.options.map(({ kind }) => kind)).toEqual(['MESSENGER']);
    const neither = await story.consent('MESSENGER', without('pages_manage_metadata'));
    expect([neither.options, neither.error]).toEqual([[], expect.stringContaining('pages_manage_metadata')]);
    const noPage = await story.consent('MESSENGER', { assets: [] });
    expect([noPage.options, noPage.error]).toEqual([[], expect.stringContaining('No Page was chosen')]);
    const unknown = await story.consent('MESSENGER');
    const { errors } = await story.client.post(complete, { state: unknown.state, ids: ['909090909090909'] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'externalIds' });
    expect((await story.complete(unknown.state, [page]))[0]?.status).toBe('CONNECTED');
  });

  it('an account that signs in with Instagram itself, whose token ends in sixty days', async () => {
    const granted = await story.consent('INSTAGRAM', { assets: [instagramLogin] });
    expect(new URL(granted.authorizationUrl).searchParams.get('scope')?.split(',')).toEqual(namesOf('instagram-login'));
    expect(granted.options).toEqual([
      { kind: 'INSTAGRAM', externalId: instagramLogin, name: 'Demo Atelier', alreadyConnected: false },
    ]);
    const [channel] = await story.complete(granted.state, [instagramLogin]);
    const { rows } = await story.sql.query<{ days: number }>(
      'select extract(epoch from token_expires_at - now())::float8 / 86400 as days from channels where id = $1',
      [channel?.id],
    );
    expect(Math.round(rows[0]?.days ?? 0)).toBe(60);
  });

  it('a number by WhatsApp’s window; what the browser says is believed only where the platform says it too', async () => {
    const begun = await story.begin('WHATSAPP');
    const given = await story.control<{ code: string }>('POST', '/embedded-signup', {});
    const wrong = await story.client.post(signUp, { state: begun.state, code: given.code, wabaId: '770000000000009' });
    expect(wrong.data?.['completeWhatsAppSignup']).toMatchObject({
      options: [],
      error: expect.stringMatching(/not granted/) as string,
    });
    expect(await story.client.refusal(signUp, { state: begun.state, code: given.code })).toBe('NOT_FOUND');
    const second = await story.begin('WHATSAPP');
    const spent = await story.client.post(signUp, { state: second.state, code: given.code });
    expect(spent.data?.['completeWhatsAppSignup']).toMatchObject({
      options: [],
      error: expect.stringMatching(/start again/) as string,
    });
    const third = await story.begin('WHATSAPP');
    const fresh = await story.control<{ code: string; wabaId: string; phoneNumberId: string }>(
      'POST',
      '/embedded-signup',
      {},
    );
    const done = await story.client.post(signUp, { state: third.state, ...fresh });
    expect(done.data?.['completeWhatsAppSignup']).toMatchObject({
      error: null,
      options: [{ kind: 'WHATSAPP', externalId: number, alreadyConnected: false }],
    });
    const [channel] = await story.complete(third.state, [number]);
    expect(channel).toMatchObject({ kind: 'WHATSAPP', status: 'CONNECTED' });
    const { rows } = await story.sql.query<{ settings: Record<string, unknown> }>(
      'select settings from channels where id = $1',
      [channel?.id],
    );
    expect(rows[0]?.settings['wabaId']).toBe(waba);
    expect(await story.client.refusal(signUp, { state: (await story.begin('MESSENGER')).state, code: 'x' })).toBe(
      'NOT_FOUND',
    );
    // The same page without the window, by its redirect.
    expect((await story.consent('WHATSAPP')).options[0]).toMatchObject({ externalId: number, alreadyConnected: true });
  });

  it('a kind that has no consent page says so', async () => {
    const start = 'mutation ($kind: ChannelKind!) { startChannelAuthorization(kind: $kind) { state } }';
    for (const kind of ['TELEGRAM', 'EMAIL', 'WEB_CHAT'])
      expect(await story.client.refusal(start, { kind })).toBe('BAD_USER_INPUT');
  });

  it('case S5: a state that is missing, forged, foreign, used or run out is answered 400, and nobody is called', async () => {
    const begun = await story.begin('MESSENGER');
    const good = new URL(await story.decide(begun.authorizationUrl));
    const withState = (state: string | null) => {
      const url = new URL(good);
      if (state === null) url.searchParams.delete('state');
      else url.searchParams.set('state', state);
      return url.href;
    };
    const stranger = await TestClient.signedUp(story.app.url, 'Eve');
    const elsewhere = new TestClient(story.app.url);
    const theirs = await story.begin('MESSENGER', stranger);
    const before = (await story.calls()).length;
    const [workspace, secret] = begun.state.split('.') as [string, string];
    const swapped = `${theirs.state.split('.')[0] ?? ''}.${secret}`;
    const tried: [string, string, TestClient][] = [
      ['no state', withState(null), story.client],
      ['an empty one', withState(''), story.client],
      ['a forged one', withState(`${workspace}.${'A'.repeat(43)}`), story.client],
      ['one cut short', withState(begun.state.slice(0, -1)), story.client],
      ['of another workspace', withState(swapped), story.client],
      ['somebody else’s', withState(theirs.state), story.client],
      ['in somebody else’s browser', good.href, stranger],
      ['in a browser without a session', good.href, elsewhere],
      ['two of them', `${good.href}&state=${begun.state}`, story.client],
      ['at the other dialog’s address', good.href.replace('/oauth/meta/', '/oauth/instagram/'), story.client],
    ];
    const answers = new Set<string>();
    for (const [what, address, client] of tried) {
      const { status, body } = await story.comeBack(address, client);
      expect([what, status]).toEqual([what, 400]);
      answers.add(body.replace(/"requestId":"[^"]*"/, ''));
    }
    expect(answers.size).toBe(1);
    // Another session of the same person is another session.
    const other = new TestClient(story.app.url);
    const { rows } = await story.sql.query<{ email: string }>(
      'select u.email from users u join members m on m.user_id = u.id where m.workspace_id = $1',
      [story.client.workspaceId],
    );
    await other.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
      input: { email: rows[0]?.email, password: 'a long enough password' },
    });
    other.workspaceId = story.client.workspaceId;
    expect((await story.comeBack(good.href, other)).status).toBe(400);
    expect(await story.look(begun.state, other)).toBeNull();
    expect(await story.look(theirs.state)).toBeNull();
    expect((await story.calls()).length).toBe(before);
    // Untouched by all that, it is good once.
    expect((await story.comeBack(good.href)).status).toBe(302);
    const used = (await story.calls()).length;
    expect((await story.comeBack(good.href)).status).toBe(400);
    const late = await story.begin('MESSENGER');
    await story.sql.query(
      "update channel_authorizations set expires_at = now() - interval '1 second' where status = 'STARTED'",
    );
    expect((await story.comeBack(await story.decide(late.authorizationUrl))).status).toBe(400);
    expect(await story.look(late.state)).toBeNull();
    expect((await story.calls()).length).toBe(used);
  });

  it('what was granted and not used is gone when the time is over [promise 24]', async () => {
    const granted = await story.consent('MESSENGER');
    expect(granted.options.length).toBe(2);
    await story.sql.query("update channel_authorizations set expires_at = now() - interval '1 second'");
    await story.sql.query("update due set due_at = now() - interval '20 seconds' where kind = 'forget-authorization'");
    await story.app.app.get(Queues).sweep();
    await eventually(async () => {
      const { rows } = await story.sql.query('select 1 from channel_authorizations');
      return rows.length === 0 ? true : null;
    }, 25_000);
    expect(await story.client.refusal(complete, { state: granted.state, ids: [page] })).toBe('NOT_FOUND');
  }, 40_000);

  it('each permission is published with its one purpose, in both languages [promise 10] [promise 27]', async () => {
    for (const language of ['en', 'tr'] as const) {
      const html = await (await fetch(`${story.app.url}/privacy/permissions?lang=${language}`)).text();
      const shown = [...html.matchAll(/<code>([a-z_]+)<\/code><\/td><td>([^<]+)</g)].map(([, name, purpose]) => [
        name,
        purpose,
      ]);
      expect(shown).toEqual(metaPermissions.map(({ name, purpose }) => [name, purpose[language]]));
    }
    expect(metaPermissions.filter(({ name }) => /contact|friend|email|post|ads|phone/.test(name))).toEqual([]);
  });
});
