import type { IncomingMessage, ServerResponse } from 'node:http';
import { TestClient, eventually } from '../support/client.js';
import { DraftsUnderTest } from '../support/drafts.js';
import { LoopbackServer } from '../support/loopback-server.js';

type Site = (request: IncomingMessage, response: ServerResponse) => void;

const timers = new Set<NodeJS.Timeout>();
/** Sends something again and again until whoever asked has gone. */
function dripping(response: ServerResponse, milliseconds: number, drop: string | Buffer): void {
  const timer = setInterval(() => response.write(drop), milliseconds);
  timers.add(timer);
  response.on('close', () => clearInterval(timer));
}
const isRobots = ({ url }: IncomingMessage) => url === '/robots.txt';
const noRobots: Site = (_, response) => void response.writeHead(404).end();
const words = (response: ServerResponse, body: string, type = 'text/html') =>
  void response.writeHead(200, { 'content-type': type }).end(body);

describe('a site that means harm', () => {
  let behaves: Site = noRobots;
  let site: LoopbackServer;
  let drafts: DraftsUnderTest;
  const asked: string[] = [];

  beforeAll(async () => {
    site = await LoopbackServer.start((request, response) => {
      asked.push(request.url ?? '');
      behaves(request, response);
    });
    drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: new URL(site.url).host });
  }, 60_000);
  afterAll(async () => {
    for (const timer of timers) clearInterval(timer);
    await drafts.stop();
    await site.stop();
  });

  async function added(path: string, client: TestClient = drafts.client): Promise<string> {
    const { addKnowledge } = await client.ask<{ addKnowledge: { id: string } }>(
      'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }',
      { input: { kind: 'URL', title: path, url: `${site.url}${path}` } },
    );
    return addKnowledge.id;
  }
  const read = (id: string) =>
    eventually(async () => {
      const { knowledge } = await drafts.client.ask<{
        knowledge: { nodes: { id: string; status: string; reason: string | null; passages: number }[] };
      }>('{ knowledge(first: 100) { nodes { id status reason passages } } }');
      const source = knowledge.nodes.find((node) => node.id === id);
      return source === undefined || source.status === 'PENDING' ? null : source;
    }, 90_000);
  const count = async (query: string, ...values: unknown[]) =>
    (await drafts.owner.query<{ n: number }>(`select count(*)::int as n from ${query}`, values)).rows[0]?.n;

  it.each<[string, string, Site]>([
    [
      'whose page never ends',
      'PAGE_LARGE',
      (request, response) => {
        if (isRobots(request)) return noRobots(request, response);
        response.writeHead(200, { 'content-type': 'text/html' });
        dripping(response, 1, Buffer.alloc(200_000, 'a '));
      },
    ],
    [
      'that gives a letter at a time',
      'PAGE_LATE',
      (request, response) => {
        if (isRobots(request)) return noRobots(request, response);
        response.writeHead(200, { 'content-type': 'text/html' });
        dripping(response, 500, 'a');
      },
    ],
    [
      'that says nothing at all',
      'PAGE_LATE',
      (request, response) => (isRobots(request) ? noRobots(request, response) : undefined),
    ],
    [
      'whose rules never come',
      'PAGE_LATE',
      (request, response) => (isRobots(request) ? undefined : words(response, '<p>Words.</p>')),
    ],
    [
      'whose rules never end',
      'PAGE_ROBOTS_UNREAD',
      (request, response) => {
        if (!isRobots(request)) return words(response, '<p>Words.</p>');
        response.writeHead(200, { 'content-type': 'text/plain' });
        dripping(response, 1, 'Disallow: /nothing\n'.repeat(1_000));
      },
    ],
    [
      'whose head never ends',
      'PAGE_UNREACHED',
      (request, response) => {
        if (isRobots(request)) return noRobots(request, response);
        request.socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => request.socket.write(`x-${'a'.repeat(1_000)}: 1\r\n`), 5);
        timers.add(timer);
        request.socket.on('close', () => clearInterval(timer)).on('error', () => undefined);
      },
    ],
  ])(
    '%s is given up in words',
    async (name, reason, how) => {
      behaves = how;
      const id = await added(`/${encodeURIComponent(name)}`);
      expect(await read(id)).toMatchObject({ status: 'FAILED', reason, passages: 0 });
      expect(await count('passages where knowledge_id = $1', id)).toBe(0);
    },
    100_000,
  );

  it('names ten thousand pages: two hundred are read, and that is said', async () => {
    behaves = (request, response) => {
      if (request.url !== '/many.xml') return noRobots(request, response);
      const all = Array.from({ length: 10_000 }, (_, n) => `<url><loc>${site.url}/many/${String(n)}</loc></url>`);
      words(response, `<?xml version="1.0"?><urlset>${all.join('')}</urlset>`, 'application/xml');
    };
    const id = await added('/many.xml');
    await eventually(
      async () => ((await count('knowledge_pages where knowledge_id = $1', id)) === 201 ? true : null),
      30_000,
    );
    await drafts.client.ask('mutation ($id: ID!) { deleteKnowledge(id: $id) }', { id });
    await eventually(async () => ((await count('due where row_id = $1', id)) === 0 ? true : null), 30_000);
    expect(await count('knowledge_pages where knowledge_id = $1', id)).toBe(0);
    expect(asked.filter((path) => path.startsWith('/many/')).length).toBeLessThan(100);
  }, 100_000);

  it.each(['source', 'workspace'] as const)(
    'answers only when the %s is gone: nothing of it is kept',
    async (what) => {
      let answer: () => void = () => undefined;
      behaves = (request, response) => {
        if (isRobots(request)) return noRobots(request, response);
        answer = () => words(response, '<p>The canary of this page is Kestrel.</p>');
      };
      const client = what === 'source' ? drafts.client : await TestClient.signedUp(drafts.app.url, 'Leaving');
      const path = `/gone-${what}`;
      const id = await added(path, client);
      await eventually(() => Promise.resolve(asked.includes(path) ? true : null));
      if (what === 'source') await client.ask('mutation ($id: ID!) { deleteKnowledge(id: $id) }', { id });
      else
        await client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
          name: `Leaving's shop`,
        });
      answer();
      await eventually(
        async () =>
          (await count('due where workspace_id = $1 and row_id = $2', client.workspaceId, id)) === 0 ? true : null,
        60_000,
      );
      await eventually(async () => ((await count('knowledge_sources where id = $1', id)) === 0 ? true : null), 60_000);
      expect(await count('knowledge_pages where knowledge_id = $1', id)).toBe(0);
      expect(await count('passages where knowledge_id = $1', id)).toBe(0);
      expect(await count(`passages where text like '%Kestrel%'`)).toBe(0);
      if (what === 'workspace') await client.close();
    },
    120_000,
  );
});
