import { gzipSync } from 'node:zlib';
import { DraftsUnderTest } from '../../../test/support/drafts.js';
import { eventually } from '../../../test/support/client.js';
import { LoopbackServer } from '../../../test/support/loopback-server.js';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly atOnce: number;
}
const sourceFields = `id kind status url error reason passages pages internal staleSince readAt updatedAt
  failing { url error reason } changes { at added removed kept }`;
interface Source {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly reason: string | null;
  readonly passages: number;
  readonly pages: number;
  readonly staleSince: string | null;
  readonly readAt: string | null;
  readonly failing: readonly { readonly url: string; readonly reason: string }[];
  readonly changes: {
    readonly at: string | null;
    readonly added: number;
    readonly removed: number;
    readonly kept: number;
  } | null;
}

/** A shop's own site, on this machine; the operator lets workspaces read it. */
let site: LoopbackServer;
let drafts: DraftsUnderTest;
let pages: Record<string, Answer> = {};
let asked: Asked[] = [];
let open = 0;

beforeAll(async () => {
  site = await LoopbackServer.start((request, response) => {
    open += 1;
    asked.push({ path: request.url ?? '', headers: request.headers, atOnce: open });
    const answer = pages[request.url ?? ''] ?? { status: 404, body: 'Nothing here.' };
    const etag = answer.headers?.['etag'];
    const same = etag !== undefined && request.headers['if-none-match'] === etag;
    setTimeout(() => {
      open -= 1;
      response.writeHead(same ? 304 : (answer.status ?? 200), {
        'content-type': answer.type ?? 'text/html; charset=utf-8',
        ...answer.headers,
      });
      response.end(same ? undefined : answer.body);
    }, 5);
  });
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: new URL(site.url).host });
}, 60_000);
afterAll(async () => {
  await drafts.stop();
  await site.stop();
});
beforeEach(() => {
  pages = {};
  asked = [];
});

const html = (words: string, more = '') => ({
  body: `<html><head><title>Shop</title>${more}</head><body>${words}</body></html>`,
});
const add = 'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id kind status url } }';
async function added(path: string): Promise<string> {
  const { addKnowledge } = await drafts.client.ask<{ addKnowledge: { id: string; status: string } }>(add, {
    input: { kind: 'URL', title: path, url: `${site.url}${path}` },
  });
  expect(addKnowledge.status).toBe('PENDING');
  return addKnowledge.id;
}
async function sourceOf(id: string): Promise<Source> {
  const { knowledge } = await drafts.client.ask<{ knowledge: { nodes: Source[] } }>(
    `{ knowledge(first: 100) { nodes { ${sourceFields} } } }`,
  );
  const found = knowledge.nodes.find((node) => node.id === id);
  if (found === undefined) throw new Error('The source is gone.');
  return found;
}
/** The source once it has been read after a moment. */
async function readAfter(id: string, moment: string | null): Promise<Source> {
  return eventually(async () => {
    const source = await sourceOf(id);
    return source.readAt !== null && source.readAt !== moment && source.status !== 'PENDING' ? source : null;
  });
}
async function again(id: string): Promise<Source> {
  const { readAt } = await sourceOf(id);
  await drafts.client.ask('mutation ($id: ID!) { refreshKnowledge(id: $id) { id } }', { id });
  return readAfter(id, readAt);
}
const textsOf = async (id: string) =>
  (
    await drafts.owner.query<{ text: string }>('select text from passages where knowledge_id = $1 order by position', [
      id,
    ])
  ).rows.map(({ text }) => text);
const remove = (id: string) => drafts.client.ask('mutation ($id: ID!) { deleteKnowledge(id: $id) }', { id });

describe('one page', () => {
  it('is read, found, quoted with its address, and read again only where it changed; no model is asked while AI is off [promise 17] [promise 36]', async () => {
    pages['/shipping'] = {
      ...html(
        '<h1>Shipping</h1><p>Standard shipping to Norway takes six days.</p><h2>Pickup</h2><p>Parcels wait for a week.</p>',
      ),
      headers: { etag: '"one"' },
    };
    const id = await added('/shipping');
    const first = await readAfter(id, null);
    expect(first).toMatchObject({ status: 'READY', error: null, passages: 2, pages: 1, staleSince: null, failing: [] });
    expect(first.changes).toMatchObject({ added: 2, removed: 0, kept: 0 });
    expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', '/shipping']);
    expect(asked[1]?.headers['user-agent']).toMatch(/^ParleyKnowledge\/1\.0 \(\+http/);
    expect(Object.keys(asked[1]?.headers ?? {})).not.toContain('cookie');
    expect(await drafts.modelCalls()).toEqual([]);

    const ids = async () =>
      (await drafts.owner.query('select id, text from passages where knowledge_id = $1', [id])).rows;
    const before = await ids();
    const same = await again(id);
    expect(asked.at(-1)?.headers['if-none-match']).toBe('"one"');
    expect(same.changes).toMatchObject({ at: first.changes?.at, added: 0, removed: 0, kept: 2 });
    expect(await ids()).toEqual(before);

    pages['/shipping'] = {
      ...html(
        '<h1>Shipping</h1><p>Standard shipping to Norway takes four days.</p><h2>Pickup</h2><p>Parcels wait for a week.</p>',
      ),
      headers: { etag: '"two"' },
    };
    const changed = await again(id);
    expect(changed.changes).toMatchObject({ added: 1, removed: 1, kept: 1 });
    expect(changed.changes?.at).not.toBe(first.changes?.at);
    const after = await ids();
    // What says the same is the same row still.
    expect(after.filter((row) => before.some((one) => one['id'] === row['id']))).toHaveLength(1);

    await drafts.client.ask('mutation ($input: BotInput!) { createBot(input: $input) { id } }', {
      input: { name: 'Ada', channelIds: [drafts.channelId] },
    });
    const { conversationId } = await drafts.written('How long does standard shipping to Norway take?');
    const draft = await drafts.arrived(conversationId);
    expect(draft.text).toContain('four days');
    expect(draft.sources).toMatchObject([{ title: '/shipping', url: `${site.url}/shipping` }]);

    await drafts.client.ask(
      'mutation ($id: ID!) { updateKnowledge(id: $id, title: "Couriers", internal: true) { id } }',
      { id },
    );
    expect(await sourceOf(id)).toMatchObject({ internal: true, passages: 2, pages: 1 });
    const { rows } = await drafts.owner.query(
      `select count(*)::int as n from passages where knowledge_id = $1 and internal and page_id is not null and folded like 'couriers%'`,
      [id],
    );
    expect(rows).toEqual([{ n: 2 }]);
    await remove(id);
  });

  it('that is gone stands for what it said, marked as stale, until it was gone three times', async () => {
    pages['/hours'] = html('<p>We are open from nine to six on weekdays.</p>');
    const id = await added('/hours');
    await readAfter(id, null);
    pages['/hours'] = { status: 503 };
    const down = await again(id);
    expect(down).toMatchObject({ status: 'READY', reason: 'PAGE_BUSY', passages: 1 });
    expect(down.staleSince).not.toBeNull();
    delete pages['/hours'];
    expect(await again(id)).toMatchObject({
      status: 'READY',
      reason: 'PAGE_NOT_FOUND',
      passages: 1,
      staleSince: down.staleSince,
    });
    await again(id);
    // A day on which its server is down is no day on which it is gone.
    expect(await again(id)).toMatchObject({ status: 'FAILED', passages: 0, staleSince: null, changes: { removed: 1 } });
    pages['/hours'] = html('<p>We are open from nine to five on weekdays.</p>');
    expect(await again(id)).toMatchObject({ status: 'READY', error: null, passages: 1 });
    await remove(id);
  }, 60_000);

  it.each<[string, string, Answer, Record<string, Answer>]>([
    ['not there', 'PAGE_NOT_FOUND', { status: 404 }, {}],
    ['behind a sign-in', 'PAGE_LOGIN', { status: 403 }, {}],
    ['behind a page to sign in', 'PAGE_LOGIN', { status: 302, headers: { location: '/account/login' } }, {}],
    ['of another site', 'PAGE_MOVED', { status: 301, headers: { location: 'https://elsewhere.example/x' } }, {}],
    [
      'of a machine inside',
      'PAGE_MOVED',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
      {},
    ],
    ['always elsewhere', 'PAGE_REDIRECTS', { status: 302, headers: { location: '/page' } }, {}],
    [
      'not for programs',
      'PAGE_ROBOTS',
      html('<p>Words.</p>'),
      { '/robots.txt': { type: 'text/plain', body: 'User-agent: *\nDisallow: /pa*e\nAllow: /p\n' } },
    ],
    [
      'not for us by name',
      'PAGE_ROBOTS',
      html('<p>Words.</p>'),
      {
        '/robots.txt': {
          type: 'text/plain',
          body: 'User-agent: *\nAllow: /\n\nUser-agent: parleyknowledge\nDisallow: /',
        },
      },
    ],
    ['without manners to be known', 'PAGE_ROBOTS_UNREAD', html('<p>Words.</p>'), { '/robots.txt': { status: 500 } }],
    ['not to be kept', 'PAGE_NOINDEX', { ...html('<p>Words.</p>'), headers: { 'x-robots-tag': 'noindex' } }, {}],
    ['a picture', 'PAGE_KIND', { type: 'image/png', body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]) }, {}],
    ['too large', 'PAGE_LARGE', { body: Buffer.alloc(10_000_100, 97) }, {}],
    [
      'packed to be too large',
      'PAGE_LARGE',
      { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(60_000_000, 97)) },
      {},
    ],
    ['empty', 'NO_TEXT', html('<div id="app"></div>'), {}],
  ])('that is %s is said in words', async (_, reason, answer, more) => {
    pages = { '/page': answer, ...more };
    const id = await added('/page');
    const source = await readAfter(id, null);
    expect(source).toMatchObject({ status: 'FAILED', reason, passages: 0 });
    expect(source.error).toMatch(/^[A-Z].*\.$/);
    await remove(id);
  });
});

describe('a sitemap', () => {
  const map = (...paths: string[]) => ({
    type: 'application/xml',
    body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
      .map((path) => `<url><loc>${path.startsWith('http') ? path : `${site.url}${path}`}</loc></url>`)
      .join('')}</urlset>`,
  });

  it('is read page by page, one request at a time; its pages come and go', async () => {
    pages = {
      '/sitemap.xml': map('/a', '/b', '/c', 'https://elsewhere.example/x', 'http://169.254.169.254/'),
      '/a': html('<p>The first page speaks of apples.</p>'),
      '/b': html('<p>The second page speaks of bread.</p>'),
    };
    const id = await added('/sitemap.xml');
    const first = await readAfter(id, null);
    expect(first).toMatchObject({
      status: 'READY',
      pages: 3,
      passages: 2,
      reason: 'PAGES_FAILED',
      staleSince: null,
      failing: [{ url: `${site.url}/c`, reason: 'PAGE_NOT_FOUND' }],
    });
    expect(asked.map(({ path }) => path)).toEqual(
      ['/robots.txt', '/sitemap.xml', '/robots.txt', '/a', '/b', '/c'].filter(
        (path, at, all) => path !== '/robots.txt' || all.indexOf(path) === at,
      ),
    );
    expect(Math.max(...asked.map(({ atOnce }) => atOnce))).toBe(1);

    // A reading that a process did not end goes on with the pages that wait.
    asked = [];
    await drafts.owner.query(`update knowledge_pages set waits = true where url like '%/b'`);
    await again(id);
    expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', '/b']);

    pages['/c'] = html('<p>The third page speaks of cheese.</p>');
    pages['/sitemap.xml'] = map('/b', '/c');
    expect(await again(id)).toMatchObject({
      passages: 3,
      pages: 3,
      changes: { added: 1, removed: 0 },
      failing: [{ reason: 'PAGE_NOT_LISTED' }],
    });
    await again(id);
    expect(await again(id)).toMatchObject({ passages: 2, pages: 2, error: null, changes: { removed: 1 } });
    expect((await textsOf(id)).sort()).toEqual([
      'The second page speaks of bread.',
      'The third page speaks of cheese.',
    ]);
    await remove(id);
    expect((await drafts.owner.query('select from knowledge_pages')).rowCount).toBe(0);
  }, 60_000);

  it('of sitemaps, packed, that names itself and more pages than are read has an end', async () => {
    const many = Array.from({ length: 260 }, (_, n) => `/p${String(n)}`);
    pages = {
      '/index.xml': {
        type: 'application/xml',
        body: `<sitemapindex><sitemap><loc>${site.url}/index.xml</loc></sitemap><sitemap><loc>${site.url}/one.xml.gz</loc></sitemap>${Array.from({ length: 50 }, (_, n) => `<sitemap><loc>${site.url}/${String(n)}.xml</loc></sitemap>`).join('')}</sitemapindex>`,
      },
      '/one.xml.gz': { type: 'application/gzip', body: gzipSync(map(...many).body) },
    };
    const id = await added('/index.xml');
    const listed = await eventually(async () => {
      const { rows } = await drafts.owner.query<{ n: number }>(
        'select count(*)::int as n from knowledge_pages where knowledge_id = $1 and not sitemap',
        [id],
      );
      return (rows[0]?.n ?? 0) < 2 ? null : rows[0];
    });
    expect(listed).toEqual({ n: 200 });
    expect(asked.filter(({ path }) => path === '/index.xml').length).toBeLessThan(3);
    // Whoever removes it need not wait: what is under way ends.
    await remove(id);
    await eventually(async () => {
      const { rowCount } = await drafts.owner.query(`select from due where kind = 'read-knowledge' and row_id = $1`, [
        id,
      ]);
      return rowCount === 0 ? true : null;
    });
    expect(asked.filter(({ path }) => /^\/p\d/.test(path)).length).toBeLessThan(50);
  }, 60_000);
});

describe('an address', () => {
  it.each([
    'ftp://shop.example/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@shop.example/',
    'http://localhost/x',
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://10.0.0.8/',
    'http://[::ffff:10.0.0.8]/',
    'http://intranet/',
    'http://db.internal/',
    'shop.example',
    '',
  ])('of a machine inside, or none, is refused at once: %s', async (url) => {
    const { errors } = await drafts.client.post(add, { input: { kind: 'URL', title: 'x', url } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'url' } });
    expect(asked).toEqual([]);
  });

  it('is one source, and only what was read is read again', async () => {
    pages['/twice'] = html('<p>Read me once, please do.</p>');
    const id = await added('/twice');
    expect(
      await drafts.client.refusal(add, { input: { kind: 'URL', title: 'y', url: `${site.url}/twice#part` } }),
    ).toBe('CONFLICT');
    const { addKnowledge } = await drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'TEXT', title: 'Text', text: 'A text of its own.' },
    });
    const refresh = 'mutation ($id: ID!) { refreshKnowledge(id: $id) { id } }';
    expect(await drafts.client.refusal(refresh, { id: addKnowledge.id })).toBe('BAD_USER_INPUT');
    expect(await drafts.client.refusal(refresh, { id: 'nonsense' })).toBe('NOT_FOUND');
    await readAfter(id, null);
    const { rows } = await drafts.owner.query<{ hours: number }>(
      `select extract(epoch from due_at - now())::float8 / 3600 as hours from due where kind = 'read-knowledge' and row_id = $1`,
      [id],
    );
    // Its next reading, a tenth of a day around tomorrow.
    expect(rows[0]?.hours).toBeGreaterThan(21);
    expect(rows[0]?.hours).toBeLessThan(27);
    await remove(id);
  });
});
