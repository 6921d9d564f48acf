import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import pg from 'pg';
import { appSecret } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { RawSocket } from '../support/raw-socket.js';
import { TestServer } from '../support/server.js';
import { production } from '../http/production.js';

const canary = 'a-word-that-only-the-database-knows';
/** What an answer never says: where code or data are, and what the database said. */
const tells = new RegExp(
  `${canary}|\\bat \\S+ \\(|node_modules|\\.[jt]s:\\d|/src/|\\bSELECT\\b|insert into|violates|Failing row|DETAIL|HINT|canned_responses|SQLSTATE|QueryFailed|Did you mean`,
  'i',
);
const save = 'mutation ($text: String!) { saveCannedResponse(shortcut: "s", text: $text) { id } }';

describe('what goes wrong in production', () => {
  let database: TestDatabase;
  let server: TestServer;
  let owner: pg.Client;
  let client: TestClient;
  let token: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await TestServer.prepare(database, production, 1_000_000);
    await server.start();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    client = await TestClient.signedUp(server.url);
    const made = await client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "t", role: EDITOR) { secret } }',
    );
    token = made.createApiToken.secret;
    // What a fault of ours looks like: the database refuses, at length, what the code took for right.
    await owner.query(`
      create function fail_canary() returns trigger language plpgsql as $$
      begin
        if new.text = 'raise' then raise exception 'message ${canary}' using detail = 'detail ${canary}', hint = 'hint ${canary}'; end if;
        if new.text = 'divide' then perform 1 / 0; end if;
        if new.text = 'missing' then execute 'select nothing_like_it from ${canary.replaceAll('-', '_')}'; end if;
        return new;
      end $$;
      create trigger canary before insert or update on canned_responses for each row execute function fail_canary();
      alter table canned_responses add constraint "${canary}" check (text <> 'check');
      create unique index canary_unique on canned_responses ((case when text like 'unique%' then 1 end));`);
    await client.ask('mutation { saveCannedResponse(shortcut: "u", text: "unique one") { id } }');
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await server.stop();
    await database.drop();
  });

  const faults = ['raise', 'divide', 'missing', 'check', 'unique two'];
  const idIn = (text: string) => /"requestId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? 'none';

  it.each(faults)(
    'inside is told by an id alone, which the log knows, over HTTP and a socket (case Q3): %s',
    async (text) => {
      const answer = JSON.stringify(await client.post(save, { text }));
      const socket = new RawSocket(server.url, {});
      await socket.init({ authorization: `Bearer ${token}` });
      await socket.say({ type: 'subscribe', id: '1', payload: { query: save, variables: { text } } });
      const frame = JSON.stringify(await socket.frame('next', '1'));
      socket.close();
      for (const said of [answer, frame]) {
        expect(said).toContain('"INTERNAL"');
        expect(said).toContain('Something went wrong on our side.');
        expect(said).not.toMatch(tells);
        // What a process prints may arrive after what it answers.
        await eventually(() => Promise.resolve(server.log.includes(idIn(said)) ? true : null));
      }
    },
  );

  const documents: Readonly<Record<string, readonly [string, string]>> = {
    'a name that is nearly right': ['{ channel { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    'an argument that is nearly right': ['{ conversations(firts: 1) { nodes { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
    'half a document': ['{ channels {', 'GRAPHQL_PARSE_FAILED'],
    'another choice': ['mutation { createApiToken(name: "x", role: OWNERS) { secret } }', 'GRAPHQL_VALIDATION_FAILED'],
    'the schema, without the right': ['{ __schema { types { name } } }', 'FORBIDDEN'],
    'what is not there': ['{ contact(id: "none") { id } }', ''],
    'too much': [`{ ${Array.from({ length: 11 }, (_, n) => `a${String(n)}: inboxCursor`).join(' ')} }`, 'TOO_COMPLEX'],
  };
  it.each(Object.entries(documents))(
    'is refused in words that tell nothing (case Q3): %s',
    async (_what, [query, code]) => {
      const editor = new TestClient(server.url);
      editor.token = token;
      const answer = JSON.stringify(await editor.post(query));
      const socket = new RawSocket(server.url, {});
      await socket.init({ authorization: `Bearer ${token}` });
      await socket.say({ type: 'subscribe', id: '1', payload: { query } });
      await socket.frame(code === '' ? 'next' : 'error', '1');
      const frame = JSON.stringify(socket.frames);
      socket.close();
      for (const said of [answer, frame]) {
        expect(said).toContain(code);
        expect(said).not.toMatch(tells);
      }
    },
  );

  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', ...init });
    return { status: response.status, text: await response.text() };
  };
  const json = { 'content-type': 'application/json' };
  const words: Readonly<Record<number, string>> = {
    400: 'The request cannot be understood.',
    404: 'There is nothing at this address.',
    413: 'What was sent is too large.',
    415: 'This content type is not taken here.',
  };
  it.each([
    ['malformed JSON', '/graphql', 400, { headers: json, body: '{"query":' }],
    ['a key of a prototype', '/graphql', 400, { headers: json, body: '{"__proto__":{"query":"{ viewer { id } }"}}' }],
    ['nowhere', '/nothing/like/it', 404, { headers: json, body: '{}' }],
    ['too large a body', '/graphql', 413, { headers: json, body: `{"query":"${'x'.repeat(1_100_000)}"}` }],
    ['too large a webhook', '/webhooks/meta', 413, { headers: json, body: 'x'.repeat(3_000_001) }],
    ['another content type', '/graphql', 415, { headers: { 'content-type': 'text/xml' }, body: '<a/>' }],
  ] as const)('of a request is told with its id and nothing else (case Q3): %s', async (_what, path, status, init) => {
    const answer = await call(path, init);
    expect(answer.status).toBe(status);
    const code = status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT';
    expect(JSON.parse(answer.text)).toEqual({ code, message: words[status], requestId: idIn(answer.text) });
  });

  describe('webhooks (case W1)', () => {
    const body = '{"object":"page","entry":[]}';
    const mac = (secret: string, hash = 'sha256') => `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;
    const post = (url: string, headers: Record<string, string | string[]>) =>
      new Promise<number>((resolve, reject) => {
        const asked = request(`${url}/webhooks/meta`, { method: 'POST', headers }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        });
        asked.on('error', reject);
        asked.end(body);
      });
    const forged: Record<string, string | string[]>[] = [
      {},
      { 'x-hub-signature': mac(appSecret, 'sha1') },
      { 'x-hub-signature-256': mac(appSecret, 'sha1') },
      { 'x-hub-signature-256': mac(appSecret).slice(0, -1) },
      { 'x-hub-signature-256': [mac(appSecret), mac(appSecret)] },
      { 'x-hub-signature-256': mac("another app's secret") },
      { 'x-hub-signature-256': mac('') },
      { 'x-hub-signature-256': mac('null') },
      { 'x-hub-signature-256': mac('undefined') },
    ];

    it('are believed with the one signature alone', async () => {
      expect(await post(server.url, { 'x-hub-signature-256': mac(appSecret) })).toBe(200);
      for (const headers of forged) expect(await post(server.url, headers)).toBe(401);
    });

    it('are not taken at all where no secret is set', async () => {
      const off = await TestServer.prepare(database, { ...production, META_APP_SECRET: '' });
      await off.start();
      try {
        for (const headers of [...forged, { 'x-hub-signature-256': mac(appSecret) }])
          expect(await post(off.url, headers)).toBe(401);
        for (const word of ['', 'null', 'undefined']) {
          const check = `hub.mode=subscribe&hub.challenge=1&hub.verify_token=${word}`;
          expect((await fetch(`${off.url}/webhooks/meta?${check}`)).status).toBe(403);
        }
        const { rows } = await owner.query('select from deliveries');
        expect(rows.length).toBeLessThanOrEqual(1);
      } finally {
        await off.stop();
      }
    }, 60_000);
  });
});
