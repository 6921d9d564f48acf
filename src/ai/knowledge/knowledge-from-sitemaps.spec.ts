import { gzipSync } from 'node:zlib';
import { eventually } from '../../../test/support/client.js';
import { html } from '../../../test/support/knowledge-site.js';
import { PagesUnderTest } from '../../../test/support/pages-under-test.js';

let under: PagesUnderTest;
beforeAll(async () => void (under = await PagesUnderTest.start()), 60_000);
afterAll(() => under.stop());
beforeEach(() => under.site.clear());

const textsOf = async (id: string) =>
  (
    await under.drafts.owner.query<{ text: string }>(
      'select text from passages where knowledge_id = $1 order by position',
      [id],
    )
  ).rows.map(({ text }) => text);

describe('a sitemap', () => {
  const map = (...paths: string[]) => ({
    type: 'application/xml',
    body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
      .map((path) => `<url><loc>${path.startsWith('http') ? path : `${under.site.url}${path}`}</loc></url>`)
      .join('')}</urlset>`,
  });

  it('is read page by page, one request at a time; its pages come and go', async () => {
    under.site.pages = {
      '/sitemap.xml': map('/a', '/b', '/c', 'https://elsewhere.example/x', 'http://169.254.169.254/'),
      '/a': html('<p>The first page speaks of apples.</p>'),
      '/b': html('<p>The second page speaks of bread.</p>'),
    };
    const id = await under.added('/sitemap.xml');
    const first = await under.readAfter(id, null);
    expect(first).toMatchObject({
      status: 'READY',
      pages: 3,
      passages: 2,
      reason: 'PAGES_FAILED',
      staleSince: null,
      failing: [{ url: `${under.site.url}/c`, reason: 'PAGE_NOT_FOUND' }],
    });
    expect(under.site.asked.map(({ path }) => path)).toEqual(
      ['/robots.txt', '/sitemap.xml', '/robots.txt', '/a', '/b', '/c'].filter(
        (path, at, all) => path !== '/robots.txt' || all.indexOf(path) === at,
      ),
    );
    expect(Math.max(...under.site.asked.map(({ atOnce }) => atOnce))).toBe(1);

    // A reading that a process did not end goes on with the pages that wait.
    under.site.asked = [];
    await under.drafts.owner.query(`update knowledge_pages set waits = true where url like '%/b'`);
    await under.again(id);
    expect(under.site.asked.map(({ path }) => path)).toEqual(['/robots.txt', '/b']);

    under.site.pages['/c'] = html('<p>The third page speaks of cheese.</p>');
    under.site.pages['/sitemap.xml'] = map('/b', '/c');
    expect(await under.again(id)).toMatchObject({
      passages: 3,
      pages: 3,
      changes: { added: 1, removed: 0 },
      failing: [{ reason: 'PAGE_NOT_LISTED' }],
    });
    await under.again(id);
    expect(await under.again(id)).toMatchObject({ passages: 2, pages: 2, error: null, changes: { removed: 1 } });
    expect((await textsOf(id)).sort()).toEqual([
      'The second page speaks of bread.',
      'The third page speaks of cheese.',
    ]);
    await under.remove(id);
    expect((await under.drafts.owner.query('select from knowledge_pages')).rowCount).toBe(0);
  }, 60_000);

  it('whose site says no more what may be read is asked that once, and not for each page', async () => {
    under.site.pages = {
      '/sitemap.xml': map('/a', '/b', '/c'),
      '/a': html('<p>Apples are red.</p>'),
      '/b': html('<p>Bread is brown.</p>'),
      '/c': html('<p>Cheese is yellow.</p>'),
    };
    const id = await under.added('/sitemap.xml');
    expect(await under.readAfter(id, null)).toMatchObject({ pages: 3, passages: 3, error: null });
    under.site.pages['/robots.txt'] = { status: 503, body: 'Later.' };
    under.site.asked = [];
    await under.drafts.owner.query('update knowledge_pages set waits = not sitemap');
    const after = await under.again(id);
    expect(after.failing.map(({ reason }) => reason)).toEqual(Array(3).fill('PAGE_ROBOTS_UNREAD'));
    // What stood there is still answered from.
    expect(after).toMatchObject({ status: 'READY', passages: 3 });
    expect(under.site.asked.map(({ path }) => path)).toEqual(['/robots.txt']);
    await under.remove(id);
  }, 60_000);

  it('of sitemaps, packed, that names itself and more pages than are read has an end', async () => {
    const many = Array.from({ length: 260 }, (_, n) => `/p${String(n)}`);
    under.site.pages = {
      '/index.xml': {
        type: 'application/xml',
        body: `<sitemapindex><sitemap><loc>${under.site.url}/index.xml</loc></sitemap><sitemap><loc>${under.site.url}/one.xml.gz</loc></sitemap>${Array.from({ length: 50 }, (_, n) => `<sitemap><loc>${under.site.url}/${String(n)}.xml</loc></sitemap>`).join('')}</sitemapindex>`,
      },
      '/one.xml.gz': { type: 'application/gzip', body: gzipSync(map(...many).body) },
    };
    const id = await under.added('/index.xml');
    const listed = await eventually(async () => {
      const { rows } = await under.drafts.owner.query<{ n: number }>(
        'select count(*)::int as n from knowledge_pages where knowledge_id = $1 and not sitemap',
        [id],
      );
      return (rows[0]?.n ?? 0) < 2 ? null : rows[0];
    });
    expect(listed).toEqual({ n: 200 });
    expect(under.site.asked.filter(({ path }) => path === '/index.xml').length).toBeLessThan(3);
    // Whoever removes it need not wait: what is under way ends.
    await under.remove(id);
    await eventually(async () => {
      const { rowCount } = await under.drafts.owner.query(
        `select from due where kind = 'read-knowledge' and row_id = $1`,
        [id],
      );
      return rowCount === 0 ? true : null;
    });
    expect(under.site.asked.filter(({ path }) => /^\/p\d/.test(path)).length).toBeLessThan(50);
  }, 60_000);
});
