import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestClient } from '../support/client.js';
import { policyFaults, policyOf } from './content-policy.js';
import { production } from './production.js';
import { type Route, startWithRoutes } from './routes.js';

/** Nothing that pages here do not use, each spelt out: what is left off the list is what a browser lends by default. */
const permissionsPolicy = [
  ...['accelerometer', 'camera', 'display-capture', 'gamepad', 'geolocation', 'gyroscope', 'hid'],
  ...['idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials', 'payment'],
  ...['publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb'],
  ...['window-management', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .concat(['clipboard-write', 'fullscreen', 'picture-in-picture'].map((feature) => `${feature}=(self)`))
  .join(', ');

const built = path.join(import.meta.dirname, '..', '..', 'dist');

/** An address that a route answers, whatever its parameters. */
const concrete = (route: string) => route.replace('*', 'some/place').replace(/:\w+/g, 'some-id');

/** Places that none of the routes names, where others have been found open. */
const nowhere = [
  '/nothing/here',
  '/.git/config',
  '/.env',
  '/package.json',
  '/graphiql/secret',
  '/playground',
  '/graphql/playground',
  '/voyager',
  '/_sandbox/state',
  '/sandbox',
  '/debug',
  '/debug/pprof',
  '/setup',
  '/install',
  '/admin/setup',
  '/queues',
  '/bull',
  '/swagger',
  '/api-docs',
  '/server-status',
  '/assets/',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/dist/src/main.js',
  '/src/main.ts',
];

describe('every answer of the server in production', () => {
  let test: TestApp;
  let routes: readonly Route[];
  let member: TestClient;
  const answers: { name: string; response: Response; body: string }[] = [];

  beforeAll(async () => {
    ({ test, routes } = await startWithRoutes(production));
    member = await TestClient.signedUp(test.url);
    const files = routes
      .filter(({ path: file }) => /^(\/widget|\/graphiql)?\/assets\//.test(file))
      .map(({ path: file }) => `${file}.map`);
    const asked: [string, string, RequestInit?][] = [
      ...routes
        .filter(({ method }) => method !== 'HEAD')
        .map(({ method, path: route }): [string, string] => [method, concrete(route)]),
      ...[...nowhere, ...files, '/appearance.js.map', '/bad%zzaddress'].map((place): [string, string] => [
        'GET',
        place,
      ]),
      ['POST', '/graphql', json('{"query":"{ viewer { id email } }"}')],
      ['POST', '/graphql', json('{"query":"{ nothingLikeIt }"}')],
      ['POST', '/graphql', json('{')],
      ['POST', '/graphql', { headers: { 'content-type': 'text/xml' }, body: '<a/>' }],
      ['POST', '/graphql', json(`{"query":"${'x'.repeat(1_100_000)}"}`)],
      ['DELETE', '/'],
      ['GET', '/metrics', { headers: { authorization: 'Bearer guessed' } }],
    ];
    for (const [method, place, init = {}] of asked) {
      const headers = { ...member.headers(), ...(init.headers as Record<string, string> | undefined) };
      const response = await fetch(`${test.url}${place}`, { redirect: 'manual', ...init, method, headers });
      answers.push({ name: `${method} ${place}`, response, body: await response.text() });
    }
  }, 60_000);
  afterAll(() => test.close());

  const faultsOf = (fault: (answer: (typeof answers)[number]) => string | null) =>
    answers.flatMap((answer) => {
      const found = fault(answer);
      return found === null ? [] : [`${answer.name} (${String(answer.response.status)}): ${found}`];
    });

  it('is walked whole: every route, and pages among them', () => {
    expect(answers.length).toBeGreaterThan(routes.length / 2 + nowhere.length);
    expect(answers.filter(({ response }) => isPage(response)).length).toBeGreaterThan(10);
  });

  it('is a page only under a policy that lets nothing but our own scripts run', () => {
    const faults = faultsOf(({ name, response, body }) => {
      if (!isPage(response)) return null;
      const inline = /<script(?![^>]*\ssrc=)[^>]*>|\son\w+\s*=|<style|\sstyle\s*=|javascript:/i.exec(body);
      return (
        [
          ...policyFaults(policyOf(response), name === 'GET /graphiql' ? 'default' : 'parley'),
          ...(inline === null ? [] : [`inline: ${inline[0]}`]),
        ].join(', ') || null
      );
    });
    expect(faults).toEqual([]);
  });

  it('cannot be framed, sniffed or embedded elsewhere, and says little of itself', () => {
    const expected: Readonly<Record<string, string>> = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': permissionsPolicy,
    };
    const faults = faultsOf(({ name, response }) => {
      const given = policyOf(response);
      const wrong = Object.entries(expected).filter(
        // What is no address at all is refused before the hooks; it still must not be sniffed.
        ([header, value]) =>
          response.headers.get(header) !==
            (isLoader(name, response) && header in ofLoader ? ofLoader[header] : value) &&
          (!name.includes('%zz') || header === 'x-content-type-options'),
      );
      const told = ['server', 'x-powered-by', 'x-aspnet-version', 'access-control-allow-origin'].filter((header) =>
        response.headers.has(header),
      );
      const framed = given.get('frame-ancestors')?.join(' ') === "'none'" ? [] : ['frame-ancestors'];
      return [...wrong.map(([header]) => header), ...told, ...framed].join(', ') || null;
    });
    expect(faults).toEqual([]);
  });

  it('is kept by nobody on its way, but for what carries its own content in its name', () => {
    const faults = faultsOf(({ name, response }) => {
      const kept = response.headers.get('cache-control');
      const asset = /^GET (\/widget|\/graphiql)?\/assets\/[^/]+\.(js|css)$/.test(name);
      if (asset && response.ok) return kept === 'public, max-age=31536000, immutable' ? null : String(kept);
      if (isLoader(name, response)) return kept === 'public, max-age=300' ? null : String(kept);
      const file = response.ok && (isPage(response) || /\.(svg|ico|js|css|png|webmanifest)$/.test(name));
      return kept === (file ? 'no-cache' : 'no-store') ? null : String(kept);
    });
    expect(faults).toEqual([]);
  });

  it('has a picture for what asks for one by itself: pages that name none, and pictures that are opened', async () => {
    const response = await fetch(`${test.url}/favicon.ico`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/vnd.microsoft.icon']);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 4)
        .toString('hex'),
    ).toBe('00000100');
  });

  it('shows no set-up, debugging or source, and no trace of its insides (case O3)', () => {
    const open = answers.filter(
      ({ name, response }) => response.ok && (nowhere.includes(name.slice(4)) || name.endsWith('.map')),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
    const told = faultsOf(
      ({ body }) => /node_modules|\.(ts|js):\d+|    at |FST_|sourceMappingURL/.exec(body)?.[0] ?? null,
    );
    expect(told).toEqual([]);
    expect(
      answers.filter(({ name }) => name.startsWith('GET /metrics')).map(({ response }) => response.status),
    ).toEqual([403, 403]);
    expect(answers.filter(({ response }) => response.status >= 500).map(({ name }) => name)).toEqual([]);
  });

  it('tells the schema’s insides to owners and admins alone', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect(await new TestClient(test.url).refusal(query)).toBe('FORBIDDEN');
    expect(await member.refusal(query)).toBeNull();
  });

  it('shows the page for GraphQL to owners and admins alone, and the queues to operators', async () => {
    const sql = new pg.Client({ connectionString: test.database.ownerUrl });
    await sql.connect();
    const seen: unknown[] = [];
    const other = await TestClient.signedUp(test.url, 'Grace');
    for (const [who, role] of [
      [new TestClient(test.url), null],
      ...(['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'] as const).map((one) => [other, one] as const),
    ] as const) {
      if (role !== null)
        await sql.query('update members set role = $1 where workspace_id = $2', [role, other.workspaceId]);
      for (const place of ['/graphiql', '/admin/queues', '/admin/queues/api/queues']) {
        const response = await fetch(`${test.url}${place}`, { headers: who.headers(), redirect: 'manual' });
        seen.push([role, place, response.status, (await response.text()).includes('/graphiql/assets/')]);
      }
    }
    await sql.end();
    const queues = (role: string | null, status: number) =>
      ['/admin/queues', '/admin/queues/api/queues'].map((place) => [role, place, status, false]);
    expect(seen).toEqual([
      [null, '/graphiql', 401, false],
      ...queues(null, 401),
      ...['VIEWER', 'EDITOR'].flatMap((role) => [[role, '/graphiql', 403, false], ...queues(role, 404)]),
      ...['ADMIN', 'OWNER'].flatMap((role) => [[role, '/graphiql', 200, true], ...queues(role, 404)]),
    ]);
  });

  it('sets one cookie, for the session, that no script and no other site can use [promise 76]', async () => {
    const cookies = answers.flatMap(({ response }) => response.headers.getSetCookie());
    expect(cookies).toEqual([]);
    const response = await fetch(`${test.url}/graphql`, {
      method: 'POST',
      ...json(JSON.stringify({ query: signUp, variables: { input: { ...person, email: 'cookie@example.com' } } })),
    });
    const set = response.headers.getSetCookie();
    expect(set).toHaveLength(1);
    const [pair = '', ...flags] = (set[0] ?? '').split('; ');
    expect(pair).toMatch(/^__Host-parley_session=[\w-]{40,}$/);
    expect(flags.sort()).toEqual([
      'HttpOnly',
      expect.stringMatching(/^Max-Age=\d+$/),
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  it('opens a socket at /graphql alone', async () => {
    const statuses = await Promise.all(
      ['/', '/graphql/', '/metrics', '/socket'].map((place) => upgradeStatus(`${test.url}${place}`)),
    );
    expect(statuses).toEqual([404, 404, 404, 404]);
    expect(await upgradeStatus(`${test.url}/graphql`)).toBe(101);
  });

  it('has no map of the sources among its files', async () => {
    for (const { path: file } of routes.filter(({ path: name }) => /\.(js|css)$/.test(name))) {
      const folder = file.startsWith('/graphiql/')
        ? file.slice(1)
        : file.startsWith('/widget')
          ? path.join('widget', file.replace(/^\/widget\//, ''))
          : path.join('dashboard', file);
      // The assets of the build before are kept beside those of this one.
      const before = folder.replace(path.sep, `${path.sep}before${path.sep}`);
      const code = await readFile(path.join(built, existsSync(path.join(built, folder)) ? folder : before), 'utf8');
      expect([file, code.includes('sourceMappingURL')]).toEqual([file, false]);
    }
  });
});

/** What sites embed, and what shows it to its makers, where the chat is built: any page may fetch it, and keep it for a while. */
const isLoader = (name: string, response: Response) => /^GET \/widget(\/preview)?\.js$/.test(name) && response.ok;
// A script is bound by the rights of the page that loads it, and each byte of this one goes to every visitor of a site.
const ofLoader: Readonly<Record<string, string | null>> = {
  'cross-origin-resource-policy': 'cross-origin',
  'permissions-policy': null,
};
const isPage = (response: Response) => response.headers.get('content-type')?.startsWith('text/html') === true;
const json = (body: string) => ({ headers: { 'content-type': 'application/json' }, body });
const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }';
const person = { name: 'Ada', password: 'a long enough password', workspaceName: 'Ada’s shop', acceptedPolicies: true };

/** The status with which a wish for a socket is answered. */
function upgradeStatus(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    });
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once('error', reject);
    request.end();
  });
}
