import { randomUUID } from 'node:crypto';
import { TestClient } from '../support/client.js';

import { MetaStory, feed } from './meta-story.js';
import { type Operation, operationsOf } from './operations.js';

/** Who is let in, the least of them named; `person`: somebody signed in with a password, and no program. */
type Least = 'VIEWER' | 'EDITOR' | 'ADMIN' | 'person' | 'anyone';

const table: Readonly<Record<Least, readonly string[]>> = {
  VIEWER: [
    ...[
      'workspace',
      'channels',
      'channel',
      'conversations',
      'conversation',
      'searchMessages',
      'inboxCounts',
      'inboxCursor',
    ],
    ...[
      'contacts',
      'contact',
      'cannedResponses',
      'bots',
      'bot',
      'knowledge',
      'aiSettings',
      'aiRuns',
      'setActivity',
      'setAvailability',
    ],
  ],
  EDITOR: [
    ...['sendMessage', 'retryMessage', 'cancelMessage', 'addNote', 'markRead', 'setConversationStatus', 'setPriority'],
    ...['assignConversation', 'tagConversation', 'updateContact', 'addContactNote', 'mergeContacts', 'unmergeContacts'],
    ...['saveCannedResponse', 'deleteCannedResponse', 'addKnowledge', 'updateKnowledge', 'deleteKnowledge'],
    ...['createBot', 'updateBot', 'deleteBot', 'draftReply', 'discardDraft', 'pauseAi', 'resumeAi'],
  ],
  ADMIN: [
    ...['connectMessenger', 'connectInstagram', 'connectWhatsApp', 'updateChannel', 'disconnectChannel', 'tokenUses'],
    ...['apiTokens', 'revokeApiToken', 'updateAiSettings'],
  ],
  person: ['sessions', 'revokeSession', 'revokeOtherSessions', 'reauthenticate', 'createWorkspace', 'createApiToken'],
  anyone: ['viewer', 'signUp', 'signIn', 'signOut'],
};
const leastOf = new Map(
  Object.entries(table).flatMap(([least, names]) => names.map((name) => [name, least as Least] as const)),
);
const roles = ['VIEWER', 'EDITOR', 'ADMIN'] as const;

describe('each role may do what the table says', () => {
  let story: MetaStory;
  let operations: Operation[];
  const clients = new Map<string, TestClient>();

  beforeAll(async () => {
    story = await MetaStory.start();
    operations = operationsOf(await (await fetch(`${story.app.url}/schema.graphql`)).text());
    for (const role of roles) {
      const { createApiToken } = await story.client.ask<{ createApiToken: { secret: string } }>(
        'mutation ($role: Role!) { createApiToken(name: "story", role: $role) { secret } }',
        { role },
      );
      const client = new TestClient(story.app.url);
      client.token = createApiToken.secret;
      clients.set(role, client);
    }
    clients.set('nobody', new TestClient(story.app.url));
  });
  afterAll(() => story.stop());

  /** How an operation with well-formed arguments and an id that is nobody's is answered. */
  async function outcome(who: string, operation: Operation): Promise<string> {
    const client = clients.get(who);
    if (client === undefined) throw new Error(`There is no ${who}.`);
    const variables = operation.variables(() => randomUUID());
    // To type is more than to look; who may is told apart below.
    if (operation.name === 'setActivity') variables['typing'] = false;
    const { data, errors } = await client.post(operation.document, variables);
    if (errors === undefined) return data === null ? 'nothing' : 'done';
    return errors[0]?.extensions.code ?? 'no code';
  }

  it('names every operation that stands, so that a new one is thought about', () => {
    const standing = operations.map(({ name }) => name).sort();
    expect(standing.filter((name) => !leastOf.has(name))).toEqual([]);
    expect([...leastOf.keys()].filter((name) => !standing.includes(name))).toEqual([]);
  });

  it.each(roles)('a token of %s is let in and refused as it says [promise 18]', async (role) => {
    const wrong: string[] = [];
    for (const operation of operations) {
      const least = leastOf.get(operation.name) ?? 'person';
      const may = least === 'anyone' || (least !== 'person' && roles.indexOf(least) <= roles.indexOf(role));
      const code = await outcome(role, operation);
      const refused = code === 'FORBIDDEN' || code === 'UNAUTHENTICATED';
      // Signing in by a wrong password is refused to anyone, and says so in the same word.
      if (operation.name === 'signIn') expect(code).toMatch(/UNAUTHENTICATED|BAD_USER_INPUT/);
      else if (may === refused) wrong.push(`${operation.name}: ${code}`);
      if (!may && least !== 'person' && code !== 'FORBIDDEN')
        wrong.push(`${operation.name}: ${code} instead of FORBIDDEN`);
      if (code === 'INTERNAL' || code.startsWith('GRAPHQL')) wrong.push(`${operation.name}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });

  it('nobody is let in without a name', async () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      if (leastOf.get(operation.name) === 'anyone') continue;
      const code = await outcome('nobody', operation);
      if (code !== 'UNAUTHENTICATED') wrong.push(`${operation.name}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });

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

  it('a viewer may look at a conversation and not type in it', async () => {
    const mutation =
      'mutation ($typing: Boolean!) { setActivity(conversationId: "none", typing: $typing, viewing: true) }';
    const viewer = clients.get('VIEWER');
    expect(await viewer?.refusal(mutation, { typing: true })).toBe('FORBIDDEN');
    expect(await viewer?.refusal(mutation, { typing: false })).toBe('NOT_FOUND');
  });

  it('a token gives no more than its maker has, and shows its secret once', async () => {
    const admin = clients.get('ADMIN');
    expect(await admin?.refusal('mutation { createApiToken(name: "up", role: OWNER) { secret } }')).toMatch(
      /FORBIDDEN|BAD_USER_INPUT/,
    );
    const listed = JSON.stringify(await story.client.ask('{ apiTokens { id name role lastFour } }'));
    for (const client of clients.values()) if (client.token !== null) expect(listed).not.toContain(client.token);
  });

  it('a viewer’s token hears the inbox, and nobody hears nothing', async () => {
    const viewer = clients.get('VIEWER');
    if (viewer === undefined) throw new Error('There is no viewer.');
    const watch = await story.watch({}, viewer);
    watch.end();
    const nobody = new TestClient(story.app.url);
    nobody.workspaceId = story.client.workspaceId;
    const deaf = nobody.watch(feed);
    const deadline = Date.now() + 4_000;
    while (deaf.error === null && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(deaf.error).not.toBeNull();
    expect(deaf.events).toEqual([]);
  });
});
