import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { TestClient } from '../support/client.js';
import { MetaStory, metaId, pageEvent } from './meta-story.js';
import { type IdPlace, type Operation, operationsOf } from './operations.js';

/** A word that stands in everything that the other workspace has. */
const secret = 'quetzalcoatlus';

type Ids = Readonly<Record<string, string>>;

describe('two workspaces know nothing of each other', () => {
  let story: MetaStory;
  let operations: Operation[];
  let other: TestClient;
  let ours: Ids;
  let theirs: Ids;

  beforeAll(async () => {
    story = await MetaStory.start();
    operations = operationsOf(await (await fetch(`${story.app.url}/schema.graphql`)).text());
    other = await TestClient.signedUp(story.app.url, 'Bea');
    ours = await furnish(story.client, 'plain');
    theirs = await furnish(other, secret);
  });
  afterAll(() => story.stop());

  /** A workspace with one of everything that has an id. */
  async function furnish(client: TestClient, word: string): Promise<Ids> {
    const one = async (query: string, variables: Record<string, unknown> = {}) =>
      Object.values(await client.ask<Record<string, { id: string }>>(query, variables))[0]?.id ?? '';
    const input = story.newPage();
    const { id: channel } = await story.connect('messenger', input, client);
    const write = async (customer: string, mid: string) =>
      story.deliver(
        pageEvent('page', input.pageId, [
          {
            sender: { id: customer },
            recipient: { id: input.pageId },
            timestamp: Date.now(),
            message: { mid, text: `the ${word} speaks` },
          },
        ]),
      );
    const [first, second] = [metaId('77'), metaId('77')];
    await write(first, `${word}-1`);
    await write(second, `${word}-2`);
    const thread = await story.thread(first, client);
    const secondThread = await story.thread(second, client);
    const conversation = thread?.id ?? '';
    const contact = thread?.contact.id ?? '';
    await one('mutation ($id: ID!, $name: String) { updateContact(input: { id: $id, name: $name }) { id } }', {
      id: contact,
      name: `${word} rex`,
    });
    const note = await one('mutation ($id: ID!, $text: String!) { addNote(conversationId: $id, text: $text) { id } }', {
      id: conversation,
      text: `a note on ${word}`,
    });
    const canned = await one('mutation ($text: String!) { saveCannedResponse(shortcut: "hi", text: $text) { id } }', {
      text: word,
    });
    const knowledge = await one(
      'mutation ($title: String!) { addKnowledge(input: { kind: TEXT, title: $title, text: $title }) { id } }',
      { title: `about ${word}` },
    );
    const bot = await one('mutation ($name: String!) { createBot(input: { name: $name }) { id } }', { name: word });
    const { createApiToken } = await client.ask<{ createApiToken: { token: { id: string } } }>(
      'mutation ($name: String!) { createApiToken(name: $name, role: VIEWER) { token { id } } }',
      { name: word },
    );
    const { workspace } = await client.ask<{
      workspace: { id: string; members: { id: string; user: { id: string } }[] };
    }>('{ workspace { id members { id user { id } } } }');
    const { sessions } = await client.ask<{ sessions: { id: string }[] }>('{ sessions { id } }');
    await client.ask('mutation { updateAiSettings(input: { enabled: true }) { enabled } }');
    const draft = await one('mutation ($id: ID!) { draftReply(conversationId: $id) { id } }', { id: conversation });
    return {
      conversation,
      contact,
      secondContact: secondThread?.contact.id ?? '',
      channel,
      message: thread?.messages.nodes[0]?.id ?? '',
      note,
      canned,
      knowledge,
      bot,
      draft,
      token: createApiToken.token.id,
      workspace: workspace.id,
      member: workspace.members[0]?.id ?? '',
      user: workspace.members[0]?.user.id ?? '',
      session: sessions[0]?.id ?? '',
    };
  }

  /** Our own row for a place that is not the one on trial. */
  function ownFor(operation: Operation, path: readonly string[]): string {
    const name = path.at(-1) ?? '';
    const named: Ids = {
      conversationId: ours['conversation'] ?? '',
      contactId: ours['contact'] ?? '',
      keepId: ours['contact'] ?? '',
      mergeIds: ours['secondContact'] ?? '',
      channelId: ours['channel'] ?? '',
      channelIds: ours['channel'] ?? '',
      knowledgeIds: ours['knowledge'] ?? '',
      memberId: ours['member'] ?? '',
      assigneeId: ours['member'] ?? '',
      botId: ours['bot'] ?? '',
    };
    if (named[name] !== undefined) return named[name];
    if (/Contact/i.test(operation.name)) return ours['contact'] ?? '';
    if (/Bot/.test(operation.name)) return ours['bot'] ?? '';
    if (/Knowledge/.test(operation.name)) return ours['knowledge'] ?? '';
    if (/Channel/.test(operation.name)) return ours['channel'] ?? '';
    return ours['conversation'] ?? '';
  }

  /** The whole answer, but for the id that was asked for, the request's own, and ids and times that were made just now. */
  async function answer(operation: Operation, place: IdPlace, id: string): Promise<string> {
    const here = place.path.join('.');
    const variables = operation.variables((path) => (path.join('.') === here ? id : ownFor(operation, path)), place);
    const { input } = variables as { input?: Record<string, unknown> };
    if (input !== undefined && 'idempotencyKey' in input) input['idempotencyKey'] = randomUUID();
    const response = await fetch(`${story.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...story.client.headers() },
      body: JSON.stringify({ query: operation.document, variables }),
    });
    const text = (await response.text())
      .replaceAll(id, '<id>')
      .replace(/"requestId":"[^"]*"/, '"requestId":"<request>"');
    const made = text.includes('"errors"')
      ? text
      : text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}/g, '<made>');
    return `${String(response.status)} ${made}`;
  }

  async function snapshot(client: TestClient): Promise<string> {
    return JSON.stringify(
      await client.ask(`{
        channels { id name status } bots { id name mode knowledge { id } channels { id } } cannedResponses { id text } apiTokens { id name }
        knowledge { nodes { id title } } contacts { nodes { id name tags notes { id } } } aiRuns { nodes { id outcome } }
        conversations { nodes { id status priority tags unreadCount aiPaused assignee { id } draft { id status text } messages { nodes { id text } } } }
        sessions { id } workspace { members { id available role } }
      }`),
    );
  }

  it('answers a foreign id, one that never was and one that is none alike, whatever is asked, and touches nothing [promise 23]', async () => {
    const before = await snapshot(other);
    const probed: string[] = [];
    const telling: string[] = [];
    for (const operation of operations) {
      for (const place of operation.places) {
        const where = `${operation.name} ${place.path.join('.')}`;
        const unknown = await answer(operation, place, randomUUID());
        if (/INTERNAL|GRAPHQL_VALIDATION/.test(unknown)) telling.push(`${where}: ${unknown}`);
        const strange = Object.entries({
          ...theirs,
          malformed: 'no id at all',
          quote: "'; --",
          zero: '0'.repeat(36),
          old: randomUUID().toUpperCase(),
        });
        for (const [kind, id] of strange) {
          const got = await answer(operation, place, id);
          if (got !== unknown) telling.push(`${where} with ${kind}: ${got} instead of ${unknown}`);
        }
        probed.push(where);
      }
    }
    expect(telling).toEqual([]);
    expect(probed.length).toBeGreaterThan(40);
    expect(await snapshot(other)).toBe(before);
  });

  it('lists, counts and finds nothing of the other [promise 23]', async () => {
    const foreign = Object.values(theirs);
    const mustBeOurs = (what: unknown) => {
      const text = JSON.stringify(what);
      expect(text).not.toContain(secret);
      for (const id of foreign) expect(text).not.toContain(id);
    };
    mustBeOurs(JSON.parse(await snapshot(story.client)));
    mustBeOurs(
      await story.client.ask(
        `query ($word: String!) {
          searchMessages(query: $word) { nodes { id text } }
          conversations(filter: { search: $word }) { totalCount nodes { id } }
          contacts(search: $word) { totalCount nodes { id name } }
          viewer { memberships { workspace { id name } } }
        }`,
        { word: 'speaks' },
      ),
    );
    const found = await story.client.ask<{
      searchMessages: { nodes: unknown[] };
      conversations: { nodes: unknown[]; totalCount: number | null };
      contacts: { nodes: unknown[]; totalCount: number | null };
    }>(
      `query ($word: String!) { searchMessages(query: $word) { nodes { id } } conversations(filter: { search: $word }) { totalCount nodes { id } } contacts(search: $word) { totalCount nodes { id } } }`,
      { word: secret },
    );
    expect([found.searchMessages.nodes, found.conversations.nodes, found.contacts.nodes]).toEqual([[], [], []]);
    expect([found.conversations.totalCount ?? 0, found.contacts.totalCount ?? 0]).toEqual([0, 0]);
    const { inboxCounts } = await story.client.ask<{ inboxCounts: { open: number; unread: number } }>(
      '{ inboxCounts { open unread } }',
    );
    expect(inboxCounts.open).toBe(2);
  });

  it('lets nobody act in a workspace that is not theirs by naming it [promise 23]', async () => {
    const stranger = await TestClient.signedUp(story.app.url, 'Cem');
    stranger.workspaceId = other.workspaceId;
    const foreign = await stranger.post('{ workspace { id name } }');
    stranger.workspaceId = randomUUID();
    const unknown = await stranger.post('{ workspace { id name } }');
    const bare = (answered: typeof foreign) => JSON.stringify(answered).replace(/"requestId":"[^"]*"/, '');
    expect(bare(foreign)).toBe(bare(unknown));
    expect(foreign.data).toBeNull();
  });

  it('holds in the database itself, for the server’s own role', async () => {
    const server = new pg.Client({ connectionString: story.app.database.appUrl });
    await server.connect();
    try {
      const { rows: tables } = await story.sql.query<{ name: string; empty: boolean }>(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
          where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and c.relrowsecurity order by 1`,
      );
      expect(tables.length).toBeGreaterThan(15);
      for (const { name } of tables) {
        const seen = async (setting: string | null) => {
          await server.query('begin');
          if (setting !== null) await server.query(`select set_config('app.workspace_id', $1, true)`, [setting]);
          const { rows } = await server.query<{ n: string }>(
            `select count(*) as n from ${name} where workspace_id = $1`,
            [theirs['workspace']],
          );
          await server.query('rollback');
          return Number(rows[0]?.n);
        };
        expect([name, await seen(null), await seen(ours['workspace'] ?? ''), await seen('')]).toEqual([name, 0, 0, 0]);
      }
      await server.query('begin');
      await server.query(`select set_config('app.workspace_id', $1, true)`, [theirs['workspace']]);
      const { rows } = await server.query<{ n: string }>('select count(*) as n from messages');
      await server.query('rollback');
      expect(Number(rows[0]?.n)).toBeGreaterThan(2);
    } finally {
      await server.end();
    }
  });
});
