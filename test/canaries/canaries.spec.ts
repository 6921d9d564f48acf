import pg from 'pg';
import { TestClient, eventually, postWebhook } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { GraphServer } from '../support/graph-server.js';
import { TestServer } from '../support/server.js';
import { connect, pageEvent, sendMutation, whatsAppEvent } from '../stories/meta-story.js';
import { Canaries, postgresLog, redisDump, sightings } from './canaries.js';

const pageId = '900000000000071';
const [wabaId, phoneNumberId] = ['770000000000071', '660000000000071'];
/** Words that the database is made to choke on. */
const choking = 'that breaks the database';

const signUp = `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`;
const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { id } }`;

/** Case S4, goal G18: secrets, addresses and words go through every path that there is, failing ones too. */
describe('what is confided to the server', () => {
  const canaries = new Canaries();
  const plant = canaries.plant.bind(canaries);
  /** The answers that refused something, as they came. */
  const refusals: string[] = [];
  let database: TestDatabase;
  let graph: GraphServer;
  let server: TestServer;
  let owner: pg.Client;
  let client: TestClient;
  let customers = 0;

  /** One operation; an answer with errors is kept, and its codes are given. */
  async function ask(query: string, variables: unknown = {}, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...client.headers(), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return refusalOf(response);
  }
  async function refusalOf(response: Response): Promise<string> {
    const text = await response.text();
    const refused = !response.ok || text.includes('"errors"');
    if (refused) refusals.push(text);
    return refused ? text : '';
  }
  const newCustomer = () => `555000000${String((customers += 1)).padStart(8, '0')}`;
  const item = (from: string, message: object) => ({
    sender: { id: from },
    recipient: { id: pageId },
    timestamp: Date.now(),
    message: { mid: `m_${from}`, ...message },
  });
  const written = (text: string, from = newCustomer()) => pageEvent('page', pageId, [item(from, { text })]);
  function conversationOf(from: string): Promise<string> {
    return eventually(async () => {
      const { rows } = await owner.query<{ id: string }>(
        `select c.id from conversations c join contact_identities i on i.workspace_id = c.workspace_id and i.contact_id = c.contact_id
          where i.external_id = $1`,
        [from],
      );
      return rows[0]?.id ?? null;
    });
  }

  beforeAll(async () => {
    [database, graph] = await Promise.all([createTestDatabase(), GraphServer.start()]);
    server = await TestServer.prepare(
      database,
      {
        ...graph.environment,
        LOG_LEVEL: 'debug',
        OPENAI_API_KEY: plant('the operator’s key of a model', 'token', (mark) => `sk-${mark}`),
      },
      50_000_000,
    );
    await server.start();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const [table, column] of [
      ['messages', 'text'],
      ['users', 'name'],
      ['knowledge_sources', 'title'],
    ])
      await owner.query(
        `alter table ${table} add constraint planted_${table} check (${column} not like '%${choking}%')`,
      );
    client = new TestClient(server.url);
  }, 60_000);
  afterAll(async () => {
    await server.kill();
    await owner.end();
    await graph.stop();
    await database.drop();
  });

  it('is taken in or refused: people', async () => {
    const email = plant('an address', 'address', (mark) => `${mark}@example.com`);
    const password = plant('a password', 'password', (mark) => `pass ${mark}`);
    const name = plant('a name', 'words', (mark) => `Ada ${mark}`);
    const workspaceName = plant('a business', 'words', (mark) => `Shop ${mark}`);
    const person = { email, password, name, workspaceName, acceptedPolicies: true };
    const { data } = await client.post<{ signUp: { memberships: { workspace: { id: string } }[] } }>(
      signUp.replace('{ id }', '{ memberships { workspace { id } } }'),
      { input: person },
    );
    client.workspaceId = data?.signUp.memberships[0]?.workspace.id ?? null;
    expect(client.workspaceId).not.toBeNull();
    canaries.found('the session’s cookie', 'token', client.cookie?.split('=')[1] ?? '');

    const other = { ...person, email: plant('another address', 'address', (mark) => `${mark}@example.com`) };
    expect(
      await ask(signUp, { input: { ...person, password: plant('a password for a taken address', 'password') } }),
    ).toContain('CONFLICT');
    expect(
      await ask(signUp, { input: { ...other, password: plant('a password, too short', 'password').slice(0, 9) } }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask(signUp, {
        input: { ...other, email: plant('an address that is none', 'address', (mark) => `${mark} at home`) },
      }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask(signUp, { input: { ...other, name: plant('a name', 'words', (mark) => `${mark} ${choking}`) } }),
    ).toContain('INTERNAL');
    expect(await ask(signIn, { input: { email, password: plant('a wrong password', 'password') } })).toContain(
      'UNAUTHENTICATED',
    );
    expect(
      await ask(signIn, {
        input: { email: plant('an unknown address', 'address', (mark) => `${mark}@example.com`), password },
      }),
    ).toContain('UNAUTHENTICATED');
    expect(
      await ask('mutation ($password: String!) { reauthenticate(password: $password) }', {
        password: plant('a password given again, wrong', 'password'),
      }),
    ).not.toBe('');
    const { data: made } = await client.post<{ createApiToken: { secret: string } }>(
      'mutation ($name: String!) { createApiToken(name: $name, role: ADMIN) { secret } }',
      { name: plant('the name of an API token', 'words') },
    );
    canaries.found('the secret of an API token', 'token', made?.createApiToken.secret ?? '');
    expect(made?.createApiToken.secret.length).toBeGreaterThan(20);
  });

  it('is taken in or refused: documents, headers and addresses', async () => {
    expect(
      await ask(`{ conversations(first: "${plant('words in a document', 'words')}") { nodes { id } } }`),
    ).toContain('GRAPHQL_VALIDATION');
    expect(await ask(`{ viewer "${plant('words at the wrong place of a document', 'words')}" }`)).toContain(
      'GRAPHQL_PARSE',
    );
    expect(await ask(`{ viewer( "${plant('words in a document that ends early', 'words')} `)).toContain(
      'GRAPHQL_PARSE',
    );
    expect(
      await ask('query ($first: Int) { conversations(first: $first) { nodes { id } } }', {
        first: plant('words for a number', 'words'),
      }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask('query ($id: ID!) { conversation(id: $id) { id } }', {
        id: { secret: plant('words for an id', 'words') },
      }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask(sendMutation, {
        input: { conversationId: 'x', text: 7, idempotencyKey: plant('a key beside a wrong text', 'words') },
      }),
    ).toContain('BAD_USER_INPUT');
    const bearer = `Bearer ${plant('a token that is none', 'token')}`;
    expect(await ask('{ inboxCursor }', {}, { authorization: bearer })).toContain('UNAUTHENTICATED');
    await ask('{ inboxCursor }', {}, { cookie: `parley_session=${plant('a cookie that is none', 'token')}` });
    await ask('{ inboxCursor }', {}, { 'x-workspace-id': plant('a workspace that is none', 'token') });
    const elsewhere: [string, RequestInit][] = [
      [`/graphql?query=${plant('a document in an address', 'words')}`, {}],
      [`/files/x?expires=1&signature=${plant('the signature of a link', 'token')}`, {}],
      [`/webhooks/meta?hub.mode=subscribe&hub.verify_token=${plant('a verify token', 'token')}&hub.challenge=1`, {}],
      ['/metrics', { headers: { authorization: `Bearer ${plant('a token for metrics', 'token')}` } }],
      [
        '/graphql',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"query":"${plant('a body that ends early', 'words')}`,
        },
      ],
      [
        '/graphql',
        { method: 'POST', headers: { 'content-type': 'text/plain' }, body: plant('a body of another type', 'words') },
      ],
    ];
    for (const [place, init] of elsewhere) await refusalOf(await fetch(`${server.url}${place}`, init));
    const socket = new TestClient(server.url);
    socket.token = plant('a token at a socket', 'token');
    const watch = socket.watch('subscription { inboxEvents { __typename } }');
    await eventually(async () => watch.error);
    refusals.push(JSON.stringify(watch.error));
    await socket.close();
  });

  it('is taken in or refused: accounts', async () => {
    const wrong = plant('a token that the platform does not know', 'token', (mark) => `EAA${mark}`);
    expect(await ask(connect.messenger, { input: { pageId, pageAccessToken: wrong } })).toContain('BAD_USER_INPUT');
    expect(
      await ask(connect.messenger, {
        input: { pageId, pageAccessToken: plant('a token of two lines', 'token', (mark) => `EAA${mark}\r\nx: 1`) },
      }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask(connect.messenger, {
        input: { pageId: plant('a page that is none', 'words'), pageAccessToken: wrong },
      }),
    ).toContain('BAD_USER_INPUT');
    graph.page(pageId);
    graph.whatsApp(wabaId, phoneNumberId, '+90 555 000 00 01');
    const pageAccessToken = graph.token(
      plant('the token of a Page', 'token', (mark) => `EAA${mark}`),
      [pageId],
    );
    graph.down = true;
    expect(await ask(connect.messenger, { input: { pageId, pageAccessToken } })).toContain('UNAVAILABLE');
    graph.down = false;
    expect(await ask(connect.messenger, { input: { pageId, pageAccessToken } })).toBe('');
    const accessToken = graph.token(
      plant('the token of a number', 'token', (mark) => `EAA${mark}`),
      [wabaId, phoneNumberId],
      { type: 'SYSTEM_USER' },
    );
    expect(await ask(connect.whatsApp, { input: { wabaId, phoneNumberId, accessToken } })).toBe('');
    const settings = 'mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { hasKey } }';
    expect(
      await ask(settings, {
        input: {
          apiKey: plant('a key of a model', 'token', (mark) => `sk-${mark}`),
          baseUrl: 'https://models.example.com/v1',
        },
      }),
    ).toBe('');
    expect(
      await ask(settings, {
        input: {
          apiKey: plant('a key for an address that is refused', 'token', (mark) => `sk-${mark}`),
          baseUrl: 'http://127.0.0.1:1/',
        },
      }),
    ).toContain('BAD_USER_INPUT');
  });

  it('is taken in or refused: what customers write', async () => {
    const words = (what: string, more = '') => plant(what, 'words', (mark) => `where is ${mark}? ${more}`);
    const from = newCustomer();
    graph.profiles.set(from, { first_name: plant('a customer’s first name', 'words'), last_name: 'Kaya' });
    expect(await postWebhook(server.url, written(words('a message'), from))).toBe(200);
    await conversationOf(from);
    const refused = [
      [written(words('a message with a wrong signature')), 'another secret', 401],
      [written(words('a message that the database chokes on', choking)), undefined, 200],
      [written(words('a message with a NUL and half a pair', '\u0000\ud800')), undefined, 200],
      [
        pageEvent('page', '900000000000999', [item(newCustomer(), { text: words('a message for nobody') })]),
        undefined,
        200,
      ],
      [{ object: 'page', entry: [{ id: pageId, messaging: words('no list of messages') }] }, undefined, 200],
      [{ object: words('an object that nobody knows'), entry: [] }, undefined, 200],
      [`{"object":"page","entry":[{"id":"${words('a body that ends early')}`, undefined, 200],
      [
        whatsAppEvent(wabaId, phoneNumberId, {
          contacts: [{ profile: { name: words('a name') }, wa_id: plant('a phone number', 'address') }],
          messages: [
            {
              from: '905550000071',
              id: 'wamid.71',
              timestamp: 'no time',
              type: 'text',
              text: { body: words('a message at no time') },
            },
          ],
        }),
        undefined,
        200,
      ],
    ] as const;
    for (const [body, secret, status] of refused) expect(await postWebhook(server.url, body, secret)).toBe(status);
    const last = newCustomer();
    expect(await postWebhook(server.url, written(words('the last message'), last))).toBe(200);
    await conversationOf(last);
    // What the database chokes on stays for a person to look at, or for another try.
    const { rows } = await owner.query('select count(*)::int as n from messages where text like $1', [`%${choking}%`]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('is taken in or refused: what members write', async () => {
    const words = (what: string, more = '') => plant(what, 'words', (mark) => `we say ${mark} ${more}`);
    const send = (conversationId: string, text: string, key = Math.random().toString(36)) =>
      ask(sendMutation, { input: { conversationId, text, idempotencyKey: key } });
    const sent = async (status: string) =>
      eventually(async () => {
        const { rows } = await owner.query('select 1 from messages where status = $1', [status]);
        return rows[0] ?? null;
      }, 20_000);
    const people = ['a', 'b', 'c'].map(() => newCustomer());
    for (const from of people) await postWebhook(server.url, written('hello', from));
    const [first = '', second = '', third = ''] = people;
    const fine = await conversationOf(first);
    const failing = await conversationOf(second);
    const breaking = await conversationOf(third);
    const taunt = plant('what the platform says of a failure', 'words');
    graph.fail(second, {
      kind: 'error',
      code: 100,
      meanwhile: () => Promise.reject(new Error(`the platform quotes ${taunt}`)),
    });
    graph.fail(third, { kind: 'reset' });
    expect(await send(fine, words('an answer'))).toBe('');
    expect(await send(failing, words('an answer that the platform refuses'))).toBe('');
    expect(await send(breaking, words('an answer into a broken line'))).toBe('');
    await sent('SENT');
    await sent('UNCONFIRMED');
    expect(await send(fine, words('an answer that the database chokes on', choking))).toContain('INTERNAL');
    expect(await send(fine, words('an answer that is too long', 'x'.repeat(30_000)))).not.toBe('');
    expect(await send(plant('a conversation that is none', 'words'), words('an answer to nobody'))).toContain(
      'NOT_FOUND',
    );
    const note = 'mutation ($id: ID!, $text: String!) { addNote(conversationId: $id, text: $text) { id } }';
    expect(await ask(note, { id: fine, text: words('a note') })).toBe('');
    expect(await ask(note, { id: fine, text: words('a note that the database chokes on', choking) })).toContain(
      'INTERNAL',
    );
    const knowledge = 'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }';
    expect(await ask(knowledge, { input: { kind: 'TEXT', title: 'Shipping', text: words('knowledge') } })).toBe('');
    expect(
      await ask(knowledge, {
        input: { kind: 'TEXT', title: words('a title', choking), text: words('knowledge that the database chokes on') },
      }),
    ).toContain('INTERNAL');
    const { rows } = await owner.query<{ id: string }>('select contact_id as id from conversations where id = $1', [
      fine,
    ]);
    const change = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id } }';
    expect(
      await ask(change, {
        input: {
          id: rows[0]?.id,
          emails: [plant('a customer’s address', 'address', (mark) => `${mark}@example.org`)],
          phones: ['+905550000001'],
        },
      }),
    ).toBe('');
    expect(
      await ask(change, {
        input: { id: rows[0]?.id, emails: [plant('a customer’s address that is none', 'address')] },
      }),
    ).toContain('BAD_USER_INPUT');
    expect(
      await ask(`query ($words: String!) { searchMessages(query: $words) { nodes { id } } }`, {
        words: words('what is searched for', "' & | ! :*"),
      }),
    ).toBe('');
  }, 60_000);

  it('stands in no log of ours, and in none of Postgres, nor in Redis', async () => {
    expect(canaries.all.length).toBeGreaterThanOrEqual(40);
    const log = server.log;
    const postgres = await postgresLog();
    expect(postgres).toContain('planted_messages');
    const redis = await redisDump(database.redisUrl);
    expect(redis).not.toBe('');
    expect([
      ...sightings(canaries.all, 'the log', log),
      ...sightings(canaries.all, 'Postgres’s log', postgres),
      ...sightings(canaries.all, 'Redis', redis),
    ]).toEqual([]);
    // The logs say something: what failed, for which request, and where in the code.
    const failures = log.split('\n').filter((line) => line.includes('"An operation failed."'));
    expect(failures.length).toBeGreaterThanOrEqual(4);
    for (const line of failures)
      expect(JSON.parse(line)).toMatchObject({
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        err: {
          text: expect.stringMatching(/^\w*error 23514$/i),
          at: expect.arrayContaining([expect.stringMatching(/platform\/database/)]),
        },
      });
    for (const line of failures)
      expect(refusals.join('\n')).toContain(`report this id: ${String(JSON.parse(line).requestId)}`);
  });

  it('stands in no refusal', () => {
    expect(refusals.length).toBeGreaterThan(25);
    expect(refusals.flatMap((body) => sightings(canaries.all, 'a refusal', body))).toEqual([]);
  });

  it('is not readable in a dump of the database where it is a secret [promise 24]', async () => {
    const { rows: tables } = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
      dump.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    const text = dump.join('\n');
    expect(sightings(canaries.of('token', 'password'), 'the database', text)).toEqual([]);
    // It is seen where it may stand: this looks at what it says it looks at.
    expect(sightings(canaries.of('words', 'address'), 'the database', text).length).toBeGreaterThan(5);
  });

  it('would be seen in any of the forms in which it is written', () => {
    const own = new Canaries();
    const value = own.plant('a secret', 'token');
    const bytes = Buffer.from(value);
    const forms = [
      value,
      value.toUpperCase(),
      bytes.toString('hex'),
      bytes.toString('base64'),
      Buffer.from(`x${value}yz`).toString('base64'),
      Buffer.from(`{"t":"${value}"}`).toString('base64url'),
    ];
    for (const form of forms) expect(sightings(own.all, 'a log', `line one\n${form}\n`)).toHaveLength(1);
    expect(sightings(own.all, 'a log', 'line one')).toEqual([]);
  });
});
