import { gzipSync } from 'node:zlib';
import { type SiteAnswer, html } from '../../../test/support/knowledge-site.js';
import { PagesUnderTest, add } from '../../../test/support/pages-under-test.js';

let under: PagesUnderTest;
beforeAll(async () => void (under = await PagesUnderTest.start()), 60_000);
afterAll(() => under.stop());
beforeEach(() => under.site.clear());

describe('one page', () => {
  it('is read, found, quoted with its address, and read again only where it changed; no model is asked while AI is off [promise 17] [promise 36]', async () => {
    under.site.pages['/shipping'] = {
      ...html(
        '<h1>Shipping</h1><p>Standard shipping to Norway takes six days.</p><h2>Pickup</h2><p>Parcels wait for a week.</p>',
      ),
      headers: { etag: '"one"' },
    };
    const id = await under.added('/shipping');
    const first = await under.readAfter(id, null);
    expect(first).toMatchObject({ status: 'READY', error: null, passages: 2, pages: 1, staleSince: null, failing: [] });
    expect(first.changes).toMatchObject({ added: 2, removed: 0, kept: 0 });
    expect(under.site.asked.map(({ path }) => path)).toEqual(['/robots.txt', '/shipping']);
    expect(under.site.asked[1]?.headers['user-agent']).toMatch(/^ParleyKnowledge\/1\.0 \(\+http/);
    expect(Object.keys(under.site.asked[1]?.headers ?? {})).not.toContain('cookie');
    expect(await under.drafts.modelCalls()).toEqual([]);

    const ids = async () =>
      (await under.drafts.owner.query('select id, text from passages where knowledge_id = $1', [id])).rows;
    const before = await ids();
    const same = await under.again(id);
    expect(under.site.asked.at(-1)?.headers['if-none-match']).toBe('"one"');
    expect(same.changes).toMatchObject({ at: first.changes?.at, added: 0, removed: 0, kept: 2 });
    expect(await ids()).toEqual(before);

    under.site.pages['/shipping'] = {
      ...html(
        '<h1>Shipping</h1><p>Standard shipping to Norway takes four days.</p><h2>Pickup</h2><p>Parcels wait for a week.</p>',
      ),
      headers: { etag: '"two"' },
    };
    const changed = await under.again(id);
    expect(changed.changes).toMatchObject({ added: 1, removed: 1, kept: 1 });
    expect(changed.changes?.at).not.toBe(first.changes?.at);
    const after = await ids();
    // What says the same is the same row still.
    expect(after.filter((row) => before.some((one) => one['id'] === row['id']))).toHaveLength(1);

    await under.drafts.client.ask('mutation ($input: BotInput!) { createBot(input: $input) { id } }', {
      input: { name: 'Ada', channelIds: [under.drafts.channelId] },
    });
    const { conversationId } = await under.drafts.written('How long does standard shipping to Norway take?');
    const draft = await under.drafts.arrived(conversationId);
    expect(draft.text).toContain('four days');
    expect(draft.sources).toMatchObject([{ title: '/shipping', url: `${under.site.url}/shipping` }]);

    await under.drafts.client.ask(
      'mutation ($id: ID!) { updateKnowledge(id: $id, title: "Couriers", internal: true) { id } }',
      { id },
    );
    expect(await under.sourceOf(id)).toMatchObject({ internal: true, passages: 2, pages: 1 });
    const { rows } = await under.drafts.owner.query(
      `select count(*)::int as n from passages where knowledge_id = $1 and internal and page_id is not null and folded like 'couriers%'`,
      [id],
    );
    expect(rows).toEqual([{ n: 2 }]);
    await under.remove(id);
  });

  it('that is gone stands for what it said, marked as stale, until it was gone three times', async () => {
    under.site.pages['/hours'] = html('<p>We are open from nine to six on weekdays.</p>');
    const id = await under.added('/hours');
    await under.readAfter(id, null);
    under.site.pages['/hours'] = { status: 503 };
    const down = await under.again(id);
    expect(down).toMatchObject({ status: 'READY', reason: 'PAGE_BUSY', passages: 1 });
    expect(down.staleSince).not.toBeNull();
    delete under.site.pages['/hours'];
    expect(await under.again(id)).toMatchObject({
      status: 'READY',
      reason: 'PAGE_NOT_FOUND',
      passages: 1,
      staleSince: down.staleSince,
    });
    await under.again(id);
    // A day on which its server is down is no day on which it is gone.
    expect(await under.again(id)).toMatchObject({
      status: 'FAILED',
      passages: 0,
      staleSince: null,
      changes: { removed: 1 },
    });
    under.site.pages['/hours'] = html('<p>We are open from nine to five on weekdays.</p>');
    expect(await under.again(id)).toMatchObject({ status: 'READY', error: null, passages: 1 });
    await under.remove(id);
  }, 60_000);

  it.each<[string, string, SiteAnswer, Record<string, SiteAnswer>]>([
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
    under.site.pages = { '/page': answer, ...more };
    const id = await under.added('/page');
    const source = await under.readAfter(id, null);
    expect(source).toMatchObject({ status: 'FAILED', reason, passages: 0 });
    expect(source.error).toMatch(/^[A-Z].*\.$/);
    await under.remove(id);
  });
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
    const { errors } = await under.drafts.client.post(add, { input: { kind: 'URL', title: 'x', url } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'url' } });
    expect(under.site.asked).toEqual([]);
  });

  it('is one source, and only what was read is read again', async () => {
    under.site.pages['/twice'] = html('<p>Read me once, please do.</p>');
    const id = await under.added('/twice');
    expect(
      await under.drafts.client.refusal(add, {
        input: { kind: 'URL', title: 'y', url: `${under.site.url}/twice#part` },
      }),
    ).toBe('CONFLICT');
    const { addKnowledge } = await under.drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'TEXT', title: 'Text', text: 'A text of its own.' },
    });
    const refresh = 'mutation ($id: ID!) { refreshKnowledge(id: $id) { id } }';
    expect(await under.drafts.client.refusal(refresh, { id: addKnowledge.id })).toBe('BAD_USER_INPUT');
    expect(await under.drafts.client.refusal(refresh, { id: 'nonsense' })).toBe('NOT_FOUND');
    await under.readAfter(id, null);
    const { rows } = await under.drafts.owner.query<{ hours: number }>(
      `select extract(epoch from due_at - now())::float8 / 3600 as hours from due where kind = 'read-knowledge' and row_id = $1`,
      [id],
    );
    // Its next reading, a tenth of a day around tomorrow.
    expect(rows[0]?.hours).toBeGreaterThan(21);
    expect(rows[0]?.hours).toBeLessThan(27);
    await under.remove(id);
  });
});
