import { jest } from '@jest/globals';
import { HashThreads } from '../../src/accounts/passwords/hash-threads.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { SystemDatabase, sql } from '../../src/platform/database/index.js';
import { TestClient, eventually } from '../support/client.js';
import { RawSocket } from '../support/raw-socket.js';
import { asSomebodyElse, manySignIns, pipelined, signInsInFragments, spellings } from './packed-guesses.js';

const perAccount = 10;
const perAddress = 100;
const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';

describe('passwords that are guessed by the thousand (cases A2, Q2)', () => {
  let proxied: TestApp;
  let direct: TestApp;
  let compare: ReturnType<typeof jest.spyOn>;
  beforeAll(async () => {
    // One proxy in front says where a request is from: whoever guesses comes from as many places as they like.
    proxied = await startTestApp({ redis: false, dearPasswords: true, environment: { TRUST_PROXY: '1' } });
    direct = await startTestApp({ redis: false, dearPasswords: true, database: proxied.database });
    // The check itself costs a fifth of a second and always says no here: what counts is how often it is asked.
    compare = jest.spyOn(HashThreads.prototype, 'compare') as never;
    (compare as unknown as jest.Mock<() => Promise<boolean>>).mockResolvedValue(false);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await direct.close();
    await proxied.close();
  });
  beforeEach(() => compare.mockClear());

  const checks = () => compare.mock.calls.length;
  let people = 0;
  const someone = async () => {
    people += 1;
    const email = `milkis-${String(people)}-${String(Date.now())}@example.com`;
    const client = new TestClient(proxied.url);
    const input = {
      email,
      name: 'Milkis',
      password: 'a long enough password',
      workspaceName: 'Milk',
      acceptedPolicies: true,
    };
    await client.ask('mutation ($input: SignUpInput!) { signUp(input: $input) { id } }', { input });
    return { email, client };
  };
  const post = async (body: string, number: number, app = proxied) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...asSomebodyElse(number) },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  const oneGuess = (email: string) =>
    JSON.stringify({ query: signIn, variables: { input: { email, password: 'a guess' } } });

  it('are not looked at when a thousand come in one document', async () => {
    const { email } = await someone();
    const thousand = Array.from({ length: 1_000 }, () => email);
    const documents = [
      manySignIns(thousand),
      manySignIns(thousand.slice(0, 11)),
      manySignIns(thousand.slice(0, 16)),
      signInsInFragments(email, 45),
      signInsInFragments(email, 11),
      Array.from({ length: 100 }, () => manySignIns([email])).join(' '),
    ];
    for (const [index, query] of documents.entries()) {
      const { text } = await post(JSON.stringify({ query }), index);
      expect(text).toMatch(/"errors":/);
      expect(text).not.toContain('UNAUTHENTICATED');
    }
    expect(checks()).toBe(0);
  });

  it('are not looked at when a thousand come as a list, or as one body after the other', async () => {
    const { email } = await someone();
    const one = oneGuess(email);
    const bodies = [
      `[${Array.from({ length: 1_000 }, () => one).join(',')}]`,
      `[${one}]`,
      `[[${one}]]`,
      Array.from({ length: 1_000 }, () => one).join('\n'),
      `{"0":${one},"1":${one},"length":2}`,
      `{"query":[${JSON.stringify(manySignIns([email]))}]}`,
      `{"operations":[${one}],"map":{}}`,
      `{"query":${JSON.stringify(signIn)},"variables":[{"input":{"email":${JSON.stringify(email)},"password":"a guess"}}]}`,
    ];
    for (const [index, body] of bodies.entries()) {
      const { status, text } = await post(body, index);
      expect(`${String(index)}: ${String(status)}`).toBe(`${String(index)}: 400`);
      expect(text).not.toContain('UNAUTHENTICATED');
    }
    expect(checks()).toBe(0);
  });

  it('are looked at ten times for an account: in whatever packing, over one connection, from wherever they say', async () => {
    const { email } = await someone();
    const packed = Array.from({ length: 50 }, () =>
      JSON.stringify({ query: manySignIns(Array.from({ length: 10 }, () => email)) }),
    );
    const single = Array.from({ length: 100 }, () => oneGuess(email));
    const statuses = await pipelined(proxied.url, [...packed, ...single]);
    expect(statuses).toHaveLength(150);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(checks()).toBe(perAccount);
    const { text } = await post(oneGuess(email), 7_000);
    expect(text).toContain('RATE_LIMITED');
    expect(checks()).toBe(perAccount);
  }, 60_000);

  it('are looked at ten times for an account, however its address is spelled', async () => {
    const { email } = await someone();
    let sent = 0;
    for (let round = 0; round < perAccount + 2; round += 1)
      for (const spelling of spellings(email)) await post(oneGuess(spelling), (sent += 1));
    const hashes = Map.groupBy(compare.mock.calls, (call) => (call as readonly [string, string])[1]);
    const { rows } = await proxied.app.get(SystemDatabase).run(async (tx) => ({
      rows: await tx.query<{ hash: string }>(sql`select password_hash as hash from users where email = ${email}`),
    }));
    expect(hashes.get(rows[0]?.hash ?? '')).toHaveLength(perAccount);
    // What is nobody's address costs the same, and is limited in the same way.
    expect(hashes.size).toBe(2);
  }, 60_000);

  it('are looked at a hundred times for an address of the network, whatever a header says when no proxy is trusted', async () => {
    for (let number = 0; number < perAddress + 20; number += 1)
      await post(oneGuess(`nobody-${String(number)}@example.com`), number, direct);
    expect(checks()).toBe(perAddress);
  }, 60_000);

  it('are looked at ten times for a person who is signed in, or somebody with their session', async () => {
    const { client } = await someone();
    const fields = Array.from(
      { length: 10 },
      (_, index) => `g${String(index)}: reauthenticate(password: "guess ${String(index)}")`,
    );
    for (let number = 0; number < 20; number += 1)
      await client.post(`mutation { ${fields.join(' ')} }`, {}, asSomebodyElse(number));
    expect(checks()).toBe(perAccount);
  });

  it('are not looked at over a socket', async () => {
    const { email, client } = await someone();
    const socket = new RawSocket(proxied.url, {
      ...asSomebodyElse(1),
      cookie: client.cookie ?? '',
      origin: proxied.url,
    });
    await socket.say({ type: 'connection_init' });
    await socket.frame('connection_ack');
    const tens = manySignIns(Array.from({ length: 10 }, () => email));
    for (let number = 0; number < 100; number += 1) {
      const query = number % 2 === 0 ? tens : 'mutation { reauthenticate(password: "a guess") }';
      await socket.say({ type: 'subscribe', id: String(number), payload: { query } });
    }
    await eventually(() => Promise.resolve(socket.frames.length > 100 ? true : null));
    expect(JSON.stringify(socket.frames)).not.toContain('UNAUTHENTICATED');
    expect(checks()).toBe(0);
    socket.close();
  });
});
