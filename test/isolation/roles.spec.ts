import { randomUUID } from 'node:crypto';
import { newId } from '../../src/platform/database/index.js';
import { TestClient, eventually } from '../support/client.js';
import { MetaStory } from '../stories/meta-story.js';
import { type Operation, operationsOf } from './operations.js';
import { type Rule, readPermissionTable } from './permission-table.js';

const roles = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'] as const;

/** Who calls: a member by session or by token, a person in no workspace or in one that is not theirs, or nobody. */
interface Caller {
  readonly name: string;
  readonly kind: 'session' | 'token' | 'person' | 'stranger' | 'nobody';
  readonly role: string | null;
  readonly client: TestClient;
}

describe('each role may do what the table says', () => {
  let story: MetaStory;
  let operations: Operation[];
  const table = readPermissionTable();
  const callers: Caller[] = [];

  beforeAll(async () => {
    story = await MetaStory.start();
    operations = operationsOf(await (await fetch(`${story.app.url}/schema.graphql`)).text()).filter(
      ({ name }) => !name.includes('.'),
    );
    for (const role of roles) {
      const { createApiToken } = await story.client.ask<{ createApiToken: { secret: string } }>(
        'mutation ($role: Role!) { createApiToken(name: "story", role: $role) { secret } }',
        { role },
      );
      const token = new TestClient(story.app.url);
      token.token = createApiToken.secret;
      callers.push({ name: `a token of ${role}`, kind: 'token', role, client: token });
      callers.push({ name: `a member who is ${role}`, kind: 'session', role, client: await member(role) });
    }
    const person = await TestClient.signedUp(story.app.url, 'Per');
    person.workspaceId = null;
    const stranger = await TestClient.signedUp(story.app.url, 'Str');
    stranger.workspaceId = story.client.workspaceId;
    const nobody = new TestClient(story.app.url);
    nobody.workspaceId = story.client.workspaceId;
    callers.push({ name: 'a person in no workspace', kind: 'person', role: null, client: person });
    callers.push({ name: 'a person of another workspace', kind: 'stranger', role: null, client: stranger });
    callers.push({ name: 'nobody', kind: 'nobody', role: null, client: nobody });
  }, 60_000);
  afterAll(async () => {
    for (const { client } of callers) await client.close();
    await story.stop();
  });

  async function member(role: string): Promise<TestClient> {
    const client = await TestClient.signedUp(story.app.url, role);
    await story.sql.query(
      `insert into members (workspace_id, id, user_id, role)
       select $1, $2, user_id, $3 from members where workspace_id = $4`,
      [story.client.workspaceId, newId(), role, client.workspaceId],
    );
    client.workspaceId = story.client.workspaceId;
    return client;
  }

  /** The code of an answer to an operation with well-formed arguments and ids that are nobody's; `done` without one. */
  async function outcome({ client }: Caller, operation: Operation): Promise<string> {
    const value = () => randomUUID();
    if (operation.root === 'subscription') {
      const place = operation.places.find(({ kind }) => kind?.startsWith('id of ') === true);
      const watch = client.watch(operation.document, operation.variables(value, place));
      await eventually(() => Promise.resolve(watch.error === null && watch.events.length === 0 ? null : true), 5_000);
      watch.end();
      if (watch.error === null) return 'done';
      const errors = watch.error as readonly { extensions?: { code: string } }[];
      return Array.isArray(errors) ? (errors[0]?.extensions?.code ?? 'no code') : 'closed';
    }
    const variables = operation.variables(value);
    // To type is more than to look; who may is told apart below.
    if (operation.name === 'setActivity') variables['typing'] = false;
    // Not by the client, which would keep the cookie that a sign-up brings.
    const response = await fetch(`${story.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...client.headers() },
      body: JSON.stringify({ query: operation.document, variables }),
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return errors === undefined ? 'done' : (errors[0]?.extensions.code ?? 'no code');
  }

  const refusals = new Set(['FORBIDDEN', 'UNAUTHENTICATED']);
  // Open to a role, but asks for the password besides, which a token does not have.
  const forPeopleBesides = new Set(['createApiToken', 'deleteWorkspace', 'transferOwnership']);

  /** What must come of a cell: a code, or being let in, whatever the operation itself then says. */
  function expected({ kind, role }: Caller, rule: Rule, name: string): string {
    if (rule.kind === 'everyone') return 'in';
    if (kind === 'nobody') return 'UNAUTHENTICATED';
    // To whom a workspace is not theirs it does not exist; who goes from all of them names none.
    if (kind === 'stranger') return name === 'deleteAccount' ? 'in' : 'NOT_FOUND';
    // None of these runs the deployment.
    if (rule.kind === 'operator') return 'FORBIDDEN';
    if (rule.kind === 'person') return kind === 'token' ? 'FORBIDDEN' : 'in';
    if (kind === 'person') return 'BAD_USER_INPUT';
    if (kind === 'token' && forPeopleBesides.has(name)) return 'FORBIDDEN';
    return rule.roles.has(role ?? '') ? 'in' : 'FORBIDDEN';
  }

  it('Q4: the table has a cell for every operation, and none for what is gone', () => {
    const standing = operations.map(({ root, name }) => `${root} ${name}`).sort();
    const listed = [...table.keys()].filter((name) => /^(query|mutation|subscription) /.test(name)).sort();
    expect(listed).toEqual(standing);
    const byRole = [...table.values()].filter(({ kind }) => kind === 'roles');
    expect(byRole.length).toBeGreaterThan(40);
  });

  it('Q4: a route that is for everyone tells everyone the same, and one for roles opens to them alone [promise 18]', async () => {
    const routes = [...table].filter(([name]) => name.includes(' /'));
    expect(routes.length).toBeGreaterThan(5);
    const statusOf: Readonly<Record<string, number>> = {
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      BAD_USER_INPUT: 422,
    };
    // Whoever may is told that there is no file.
    const withoutBody = new Map([['POST /files', 422]]);
    const withoutRow = (path: string) => (path.includes('/:id') ? 404 : 200);
    for (const [route, rule] of routes) {
      const [method = '', path = ''] = route.split(' ');
      const statuses: number[] = [];
      // One after the other: some routes take only so many at once.
      for (const { client } of callers) {
        const response = await fetch(`${story.app.url}${path}`, { method, headers: client.headers() });
        await response.arrayBuffer();
        statuses.push(response.status);
      }
      // Its own rule is who runs the deployment, and none of these does.
      if (route.startsWith('GET /admin/'))
        expect([route, statuses.filter((status) => status !== 401 && status !== 404)]).toEqual([route, []]);
      // The page is the same for whoever is signed in; what it may ask is decided at each question.
      else if (route === 'GET /graphiql')
        expect([route, statuses]).toEqual([
          route,
          callers.map(({ kind }) => (kind === 'nobody' || kind === 'token' ? 401 : 200)),
        ]);
      else if (rule.kind === 'everyone') expect([route, [...new Set(statuses)]]).toEqual([route, [statuses[0]]]);
      else
        expect([route, statuses]).toEqual([
          route,
          callers.map((caller) => {
            const outcome = expected(caller, rule, route);
            return outcome === 'in' ? (withoutBody.get(route) ?? withoutRow(path)) : statusOf[outcome];
          }),
        ]);
    }
  });

  it('Q4: every cell is tried, and is as the table says [promise 18] [promise 23]', async () => {
    const wrong: string[] = [];
    let tried = 0;
    // Signing out ends what the rest is asked with.
    const ordered = [...operations].sort(
      (one, other) => Number(one.name === 'signOut') - Number(other.name === 'signOut'),
    );
    for (const caller of callers) {
      for (const operation of ordered) {
        const rule = table.get(`${operation.root} ${operation.name}`);
        if (rule === undefined) throw new Error(`There is no cell for ${operation.name}.`);
        const must = expected(caller, rule, operation.name);
        const code = await outcome(caller, operation);
        tried += 1;
        const isIn = !refusals.has(code) && code !== 'closed' && code !== 'INTERNAL' && !code.startsWith('GRAPHQL');
        // A wrong password is refused to whoever is let in to give one, and says so in the same word.
        const givesPassword = operation.name === 'signIn' || operation.name === 'reauthenticate';
        const closed = operation.root === 'subscription' && must !== 'in' && code === 'closed';
        const fine = must === 'in' ? isIn || (givesPassword && code === 'UNAUTHENTICATED') : code === must || closed;
        if (!fine) wrong.push(`${operation.name} by ${caller.name}: ${code} instead of ${must}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(callers.length * operations.length);
  }, 240_000);

  it('a token that was made up, cut short or revoked is nobody', async () => {
    const { createApiToken } = await story.client.ask<{ createApiToken: { secret: string; token: { id: string } } }>(
      'mutation { createApiToken(name: "gone", role: ADMIN) { secret token { id } } }',
    );
    const { secret, token } = createApiToken;
    const client = new TestClient(story.app.url);
    const ask = async (given: string) => {
      client.token = given;
      return client.refusal('{ workspace { id } }');
    };
    expect(await ask(secret)).toBeNull();
    for (const given of [secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), 'x', token.id])
      expect(await ask(given)).toBe('UNAUTHENTICATED');
    await story.client.ask('mutation ($id: ID!) { revokeApiToken(id: $id) }', { id: token.id });
    expect(await ask(secret)).toBe('UNAUTHENTICATED');
  });

  const tokenOf = (role: string) => {
    const found = callers.find((caller) => caller.kind === 'token' && caller.role === role);
    if (found === undefined) throw new Error(`There is no token of ${role}.`);
    return found.client;
  };

  it('a viewer may look at a conversation and not type in it', async () => {
    const mutation =
      'mutation ($typing: Boolean!) { setActivity(conversationId: "none", typing: $typing, viewing: true) }';
    expect(await tokenOf('VIEWER').refusal(mutation, { typing: true })).toBe('FORBIDDEN');
    expect(await tokenOf('VIEWER').refusal(mutation, { typing: false })).toBe('NOT_FOUND');
  });

  it('a token gives no more than its maker has, and shows its secret once', async () => {
    expect(await tokenOf('ADMIN').refusal('mutation { createApiToken(name: "up", role: OWNER) { secret } }')).toMatch(
      /FORBIDDEN|BAD_USER_INPUT/,
    );
    const listed = JSON.stringify(await story.client.ask('{ apiTokens { id name role lastFour } }'));
    for (const { client } of callers) if (client.token !== null) expect(listed).not.toContain(client.token);
  });

  it('a viewer’s token hears the inbox', async () => {
    const watch = await story.watch({}, tokenOf('VIEWER'));
    expect(watch.error).toBeNull();
    watch.end();
  });
});
