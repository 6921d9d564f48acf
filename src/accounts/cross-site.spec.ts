import { jest } from '@jest/globals';
import { once } from 'node:events';
import { type Person, PublicAccounts, own } from '../../test/support/public-accounts.js';
import { UpdateProfile } from './users/update-profile.js';

let accounts: PublicAccounts;
let ada: Person;
beforeAll(async () => {
  accounts = await PublicAccounts.start();
  ada = await accounts.signUp();
});
afterAll(() => accounts.stop());
afterEach(() => jest.restoreAllMocks());

/** Where a browser may say that a request is from; undefined: it says nothing, as for a page of our own that is fetched. */
const origins: readonly (readonly [origin: string | undefined, ours: boolean])[] = [
  [undefined, true],
  [own.origin, true],
  ['null', false],
  ['', false],
  ['https://evil.example', false],
  ['http://parley.example.com', false],
  ['https://parley.example.com:8443', false],
  ['https://parley.example.com.evil.example', false],
  ['https://evil.parley.example.com', false],
  ['https://evilparley.example.com', false],
  ['https://parley.example.com@evil.example', false],
  ['https://parley.example.com/', false],
  ['https://parley.example.com, https://evil.example', false],
  ['HTTPS://PARLEY.EXAMPLE.COM', false],
  ['file://', false],
  ['chrome-extension://parley.example.com', false],
];

/** What a body may claim to be: true where a browser asks our leave before it sends such a body from another site. */
const types: readonly (readonly [type: string | undefined, read: boolean])[] = [
  ['application/json', true],
  ['application/json; charset=utf-8', true],
  ['APPLICATION/JSON', true],
  [undefined, false],
  ['text/plain', false],
  ['text/plain; application/json', false],
  ['text/plain; charset=application/json', false],
  ['application/x-www-form-urlencoded', false],
  ['application/x-www-form-urlencoded; application/json', false],
  ['multipart/form-data; boundary=x', false],
  ['multipart/form-data; boundary=application/json', false],
  ['application/graphql', false],
  ['application/octet-stream', false],
  ['*/*', false],
];

const rename = (name: string) => `mutation { updateProfile(name: ${JSON.stringify(name)}) { name } }`;

/** The same mutation in each shape in which a form or a script could send it. */
const bodies = (type: string | undefined, name: string): readonly string[] => {
  const json = JSON.stringify({ query: rename(name) });
  if (type?.startsWith('multipart/') === true) {
    const part = (field: string, value: string) =>
      `--x\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;
    return [
      json,
      `${part('operations', json)}${part('map', '{}')}--x--\r\n`,
      `${part('query', rename(name))}--x--\r\n`,
    ];
  }
  if (type?.includes('form') === true)
    return [json, new URLSearchParams({ query: rename(name) }).toString(), `${json}=`];
  return [json];
};

const nameNow = async () => {
  const { data } = await accounts.ask('{ viewer { name } }', {}, { cookie: ada.cookie });
  return (data as { viewer: { name: string } }).viewer.name;
};

describe('what another site has a browser send in the name of a person (case A10)', () => {
  it('does nothing: JSON from our own pages is all that is done, of every content type from every origin', async () => {
    const work = jest.spyOn(accounts.app.get(UpdateProfile), 'run');
    let tried = 0;
    let last = '';
    const wrong: string[] = [];
    for (const [type, read] of types) {
      for (const [origin, ours] of origins) {
        for (const shape of bodies(type, 'x').keys()) {
          tried += 1;
          const name = `Name ${String(tried)}`;
          work.mockClear();
          const answer = await accounts.app.inject({
            method: 'POST',
            url: '/graphql',
            headers: {
              host: own.host,
              cookie: ada.cookie,
              ...(origin !== undefined && { origin }),
              ...(type !== undefined && { 'content-type': type }),
            },
            payload: Buffer.from(bodies(type, name)[shape] ?? ''),
          });
          const reached = work.mock.calls.length > 0;
          const done = reached && (await nameNow()) === name;
          if (done) last = name;
          const cell = `${String(type)} from ${String(origin)}: ${String(answer.statusCode)} ${answer.body.slice(0, 80)}`;
          if (done !== (read && ours) || reached !== done) wrong.push(cell);
          // No answer tells a browser that the other site may read it, or may send more.
          if (Object.keys(answer.headers).some((header) => header.startsWith('access-control-'))) wrong.push(cell);
        }
      }
    }
    expect(wrong).toEqual([]);
    // Nor was it done in any other way.
    expect(await nameNow()).toBe(last);
    expect(tried).toBeGreaterThan(types.length * origins.length);
  }, 60_000);

  it('does nothing by other methods, nor by an operation in the address', async () => {
    const before = await nameNow();
    const query = encodeURIComponent(rename('By address'));
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      for (const headers of [{}, { 'apollo-require-preflight': '1' }, { 'x-http-method-override': 'POST' }]) {
        for (const [origin] of origins) {
          const answer = await accounts.app.inject({
            method,
            url: `/graphql?query=${query}&operationName=`,
            headers: { host: own.host, cookie: ada.cookie, ...(origin !== undefined && { origin }), ...headers },
          });
          expect(answer.statusCode).toBeGreaterThanOrEqual(400);
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        }
      }
    }
    const answer = await accounts.app.inject({
      method: 'POST',
      url: `/graphql?query=${query}`,
      headers: { host: own.host, cookie: ada.cookie, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(answer.statusCode).toBe(400);
    expect(await nameNow()).toBe(before);
  });

  it('opens no socket: those of other sites are refused before they are one, and one that does not say is nobody', async () => {
    for (const [origin, ours] of origins) {
      const socket = await accounts.socket(ada.cookie, origin ?? null);
      const outcome = await new Promise<string>((resolve) => {
        socket.on('error', () => undefined);
        socket.on('unexpected-response', (_request, response) => resolve(`HTTP ${String(response.statusCode)}`));
        socket.on('close', (code) => resolve(`closed ${String(code)}`));
        socket.on('message', (data: Buffer) => resolve((JSON.parse(data.toString()) as { type: string }).type));
        socket.on('open', () =>
          socket.send(JSON.stringify({ type: 'connection_init', payload: { workspaceId: ada.workspaceId } })),
        );
      });
      const expected = origin === undefined ? 'closed 4403' : ours ? 'connection_ack' : 'HTTP 403';
      expect([origin, outcome]).toEqual([origin, expected]);
      socket.terminate();
    }
  });
});

/** Names under which servers behind proxies are told who calls; none of them is asked here. */
const subjects = [
  'user',
  'user-id',
  'username',
  'email',
  'account',
  'principal',
  'identity',
  'subject',
  'role',
  'admin',
];
const named = [
  ...[
    '',
    'x-',
    'x-auth-',
    'x-forwarded-',
    'x-remote-',
    'x-authenticated-',
    'x-webauth-',
    'x-goog-authenticated-',
  ].flatMap((prefix) => subjects.map((subject) => `${prefix}${subject}`)),
  'remote-user',
  'x-original-user',
  'x-ms-client-principal',
  'x-ms-client-principal-id',
  'x-ms-client-principal-name',
  'x-amzn-oidc-identity',
  'x-amzn-oidc-data',
  'x-amzn-oidc-accesstoken',
  'cf-access-authenticated-user-email',
  'cf-access-jwt-assertion',
  'x-pomerium-claim-email',
  'x-vouch-user',
  'x-token-subject',
  'x-jwt-payload',
  'x-userinfo',
  'x-id-token',
  'x-access-token',
  'x-api-key',
  'x-session-id',
  'x-csrf-token',
  'x-impersonate',
  'x-sudo',
  'x-tenant-id',
];

describe('headers that say who somebody is (case A11)', () => {
  let bob: Person;
  let names: { ada: Record<string, string>; bob: Record<string, string> };
  const unsigned = (claims: object) =>
    `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

  beforeAll(async () => {
    bob = await accounts.signUp();
    const of = async (person: Person) => {
      const { data } = await accounts.ask('{ viewer { id } }', {}, { cookie: person.cookie });
      const { id } = (data as { viewer: { id: string } }).viewer;
      const session = person.cookie.split('=')[1] ?? '';
      return {
        id,
        email: person.email,
        role: 'OWNER',
        flag: 'true',
        session,
        jwt: unsigned({ sub: id, email: person.email }),
      };
    };
    names = { ada: await of(ada), bob: await of(bob) };
  });

  it('are more than a hundred, each by a name of its own', () => {
    expect(new Set(named).size).toBe(named.length);
    expect(named.length).toBeGreaterThan(100);
  });

  it('make nobody of nobody, and nobody else of somebody', async () => {
    const whoAmI = '{ viewer { id } }';
    const all = (value: string) => Object.fromEntries(named.map((name) => [name, value]));
    const values = Object.values(names.ada);
    const trials = [
      ...named.map((name, index) => ({ [name]: values[index % values.length] ?? '' })),
      ...values.map(all),
    ];
    const mistaken: string[] = [];
    for (const headers of trials) {
      const nobody = await accounts.ask(whoAmI, {}, headers);
      const still = await accounts.ask(whoAmI, {}, { ...headers, cookie: bob.cookie });
      if (
        JSON.stringify([nobody.data, still.data]) !==
        JSON.stringify([{ viewer: null }, { viewer: { id: names.bob['id'] } }])
      )
        mistaken.push(JSON.stringify(headers).slice(0, 200));
    }
    expect(mistaken).toEqual([]);
    // A workspace is opened by none of them together, and a token that nobody signed is no token.
    for (const value of values) {
      const foreign = { ...all(value), 'x-workspace-id': ada.workspaceId };
      expect((await accounts.ask('{ workspace { id } }', {}, foreign)).error?.code).toBe('UNAUTHENTICATED');
      const asBob = { ...foreign, cookie: bob.cookie };
      expect((await accounts.ask('{ workspace { id } }', {}, asBob)).error?.code).toBe('NOT_FOUND');
      const bearer = { authorization: `Bearer ${value}`, 'x-workspace-id': ada.workspaceId };
      expect((await accounts.ask('{ workspace { id } }', {}, bearer)).error?.code).toBe('UNAUTHENTICATED');
    }
  }, 60_000);

  it('say nothing over a socket either', async () => {
    const socket = await accounts.socket('');
    await once(socket, 'open');
    const payload = {
      ...Object.fromEntries(named.map((name) => [name, names.ada['id']])),
      workspaceId: ada.workspaceId,
    };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(4403);
  });
});
