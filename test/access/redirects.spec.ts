import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestApp, startTestApp } from '../support/app.js';
import { elsewhere, returnNames } from './elsewhere.js';

const routes = [
  ...readFileSync(path.join(import.meta.dirname, '../../docs/routes.md'), 'utf8').matchAll(
    /^\| (GET|POST) \| `([^`]+)`/gm,
  ),
].map(([, method = '', route = '']) => ({ method: method as 'GET' | 'POST', route }));

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ redis: false })), 60_000);
afterAll(() => app.close());

/** A route as an address, with something in the places that take anything. */
const addressOf = (route: string, anything: string) => route.replace(/:\w+|\*/g, () => encodeURIComponent(anything));

/** What of an answer would take a browser somewhere by itself, or offers a link there. */
function waysOut({ headers, body }: { headers: Record<string, unknown>; body: string }, target: string): string[] {
  const found = ['location', 'refresh', 'content-location', 'link'].filter((header) => headers[header] !== undefined);
  if (/http-equiv\s*=\s*["']?refresh/i.test(body)) found.push('meta refresh');
  const links = [...body.matchAll(/\b(?:href|src|action|formaction)\s*=\s*["']([^"']*)["']/gi)].map(
    ([, link = '']) => link,
  );
  const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
  // A link that is a path of ours may well be among what is asked for: such as "/".
  if (links.some((link) => plain(link) === target && !/^\/(?![/\\])/.test(target))) found.push('link');
  return found;
}

describe('an address to go on to, of somebody else (case A12)', () => {
  it('is taken by no route: none redirects, and no page links to what its address says', async () => {
    expect(elsewhere.length).toBeGreaterThanOrEqual(60);
    expect(routes.length).toBeGreaterThan(30);
    const followed: string[] = [];
    for (const { method, route } of routes) {
      // Each request asks for several at once, under a name each.
      for (let from = 0; from < elsewhere.length; from += returnNames.length) {
        const targets = elsewhere.slice(from, from + returnNames.length);
        const query = new URLSearchParams(
          Object.fromEntries(targets.map((target, n) => [returnNames[n] ?? '', target])),
        );
        const answer = await app.app.inject({
          method,
          url: `${addressOf(route, targets[0] ?? '')}?${query.toString()}`,
          headers: { referer: 'https://evil.example/', 'x-forwarded-host': 'evil.example', accept: 'text/html' },
        });
        const ways = targets.flatMap((target) => waysOut(answer, target));
        if (ways.length > 0 || (answer.statusCode >= 300 && answer.statusCode < 400))
          followed.push(`${method} ${route}: ${String(answer.statusCode)} ${ways.join()} ${JSON.stringify(targets)}`);
      }
    }
    expect(followed).toEqual([]);
  }, 120_000);

  it('is no path either: a path that a browser would read as a host is answered here', async () => {
    for (const target of elsewhere) {
      const answer = await app.app
        .inject({ method: 'GET', url: `/${encodeURI(target).replace(/^[^/\\]+:/, '')}` })
        .catch(() => null);
      // What is no address at all is not even sent.
      if (answer === null) continue;
      expect([target, answer.statusCode >= 300 && answer.statusCode < 400]).toEqual([target, false]);
      expect(answer.headers['location']).toBeUndefined();
    }
  });

  it('would be seen: the check tells a redirect and a link that are made from what was asked', () => {
    const html = (body: string, headers = {}) => waysOut({ headers, body }, 'https://evil.example/');
    expect(html('', { location: 'https://evil.example/' })).toEqual(['location']);
    expect(html('<meta http-equiv="refresh" content="0">')).toEqual(['meta refresh']);
    expect(html('<a href="https://evil.example/">on</a>')).toEqual(['link']);
    expect(html('<a href="/privacy">on</a> https://evil.example/')).toEqual([]);
  });
});

/** What makes a path of the inbox or of leads, whatever it is given, and where that is seen. */
const paths = {
  to: { file: 'inbox/place.ts', begins: "['/inbox', view, " },
  addressOf: { file: 'leads/use-leads-place.ts', begins: 'return `/leads${leadId ? ' },
  pathOfView: { file: 'inbox/saved-view-links.tsx', begins: 'return `/inbox/all?' },
};

/** Where pages of the dashboard go on to by anything but a path that stands in the source. */
function unsafeMoves(given: string): string[] {
  const made = new RegExp(`\\bnavigate\\((?:\\w+ \\? )?(?:${Object.keys(paths).join('|')})\\(`, 'g');
  const source = given.replaceAll(made, "navigate('/inbox/'(");
  const moves = [...source.matchAll(/\bnavigate\(([^'"`)]*)(['"`]?)([^'"`]{0,3})/g)].filter(
    ([, , quote, path = '']) => quote === '' || !/^~?\/(?![/\\])/.test(path),
  );
  const redirects = [...source.matchAll(/<Redirect\s+to=(?:\{`|")([^"`]{0,3})|<Redirect\s+to=\{(?!`)/g)].filter(
    ([, path]) => path === undefined || !/^\/(?![/\\])/.test(path),
  );
  const byHand = source.matchAll(/\blocation\.(?:assign|replace)\(|\blocation(?:\.href)?\s*=[^=>]|\bwindow\.open\(/g);
  // What is read from an address: a search, its order and how it is laid out, the id of a file of one's own, and the token of
  // a mailed link; the secret is read from a code that is shown.
  const asked = [...source.matchAll(/(?:URLSearchParams|searchParams)\b[^;]*?\.get\('(\w+)'\)/g)].filter(
    ([, name = '']) => !['q', 'order', 'view', 'file', 'token', 'secret'].includes(name),
  );
  return [...moves, ...redirects, ...byHand, ...asked].map(([found]) => found);
}

describe('the pages (case A12)', () => {
  const folder = path.join(import.meta.dirname, '../../apps/dashboard/src');
  const pages = globSync('**/*.{ts,tsx}', { cwd: folder });

  it('take no address to go on to: every move is to a path that stands in the source', () => {
    expect(pages.length).toBeGreaterThan(80);
    const found = pages.map((file) => [file, unsafeMoves(readFileSync(path.join(folder, file), 'utf8'))] as const);
    // A platform's consent page has the address that the server gave whoever pressed the button; nothing of it was asked for.
    const consent = 'settings/channels/consent-start.tsx';
    // So does Shopify's, by the one way there.
    const shopify = 'settings/shopify/go-to-shopify.ts';
    // Whoever the server itself sent to sign in goes back to one of its two own pages.
    const signIn = 'session/sign-in-page.tsx';
    expect(found.filter(([, moves]) => moves.length > 0).sort()).toEqual([
      [signIn, ['location.assign(', "URLSearchParams(search).get('next')"]],
      // At the merchant of record: the server asked it for them.
      ['settings/billing/open-portal.tsx', ['window.open(', 'location.assign(', 'location.replace(']],
      ['settings/billing/use-checkout.ts', ['location.assign(']],
      [consent, ['location.assign(']],
      [shopify, ['location.assign(']],
    ]);
    expect(readFileSync(path.join(folder, shopify), 'utf8')).toContain(
      "const address = safeHref(given ?? '');\n  if (address) location.assign(address);",
    );
    expect(readFileSync(path.join(folder, signIn), 'utf8')).toContain(
      "return ['/graphiql', '/admin/queues'].find((page) => page === next) ?? null;",
    );
    for (const { file, begins } of Object.values(paths))
      expect(readFileSync(path.join(folder, file), 'utf8')).toContain(begins);
    expect(
      readFileSync(path.join(folder, consent), 'utf8')
        .match(/\baddress\b[^;]*;/gu)
        ?.slice(0, 2),
    ).toEqual(['address = safeHref(begun.authorizationUrl);', 'address === null) return;']);
    expect(
      pages.filter((file) => readFileSync(path.join(folder, file), 'utf8').includes('navigate(')).length,
    ).toBeGreaterThan(5);
  });

  it('would be seen to take one', () => {
    for (const planted of [
      'navigate(next)',
      `navigate(\`\${next}\`)`,
      "navigate('//evil.example')",
      'navigate(shown ? next : given)',
      '<Redirect to={next} />',
      `<Redirect to={\`\${next}\`} />`,
      'location.assign(next)',
      'window.location = next',
      'location.href = next',
      "const next = new URLSearchParams(useSearch()).get('next')",
    ])
      expect([planted, unsafeMoves(planted).length]).toEqual([planted, 1]);
    for (const fine of [
      "navigate('/', { replace: true })",
      `navigate(shown ? \`/inbox/\${id}\` : \`/inbox\`)`,
      `navigate(\`~/w/\${id}\`)`,
    ])
      expect([fine, unsafeMoves(fine)]).toEqual([fine, []]);
  });
});
