import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

type Asked = Readonly<Record<string, unknown>>;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
/** What a site may write at the script, and how far each may go. */
const attributes = ['color', 'position', 'theme', 'lang', 'consent', 'ask-first', 'launcher'] as const;

/**
 * A shop of a business on another origin, with a web chat of the server in it, under a policy as strict as sites have:
 * `/shop?key=<public key>&server=<its address>`. `lang` and `dir` are the page's; `policy=isolated` adds COEP, and
 * `policy=trusted-types` takes no text for scripts.
 */
export function shopRoutes(server: FastifyInstance): void {
  server.get('/shop', (request, reply) => {
    const asked = request.query as Asked;
    const nonce = randomBytes(16).toString('base64');
    const address = URL.parse(word(asked['server']) || 'http://127.0.0.1:3000');
    if (address === null || !loopback.has(address.hostname))
      return reply
        .code(400)
        .send({ error: 'server has to be an address of this machine, such as http://127.0.0.1:3000.' });
    const { origin } = address;
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      // Not even a sheet of its own: the shop is plain, and the chat has to look as it should all the same.
      "style-src 'none'",
      `frame-src ${origin}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      ...(asked['policy'] === 'trusted-types' ? ["require-trusted-types-for 'script'"] : []),
    ].join('; ');
    const data = attributes
      .filter((name) => asked[name] !== undefined)
      .map((name) => ` data-${name}="${escaped(word(asked[name]))}"`);
    const script = `<script async nonce="${nonce}" src="${origin}/widget.js" data-key="${escaped(word(asked['key']))}"${data.join('')}></script>`;
    const page = readFileSync(new URL('./page/shop.html', import.meta.url), 'utf8')
      .replaceAll('{nonce}', nonce)
      .replace('{lang}', escaped(word(asked['page-lang']) || 'en'))
      .replace('{dir}', asked['dir'] === 'rtl' ? 'rtl' : 'ltr')
      .replace('{chat}', () => script);
    return reply
      .headers({
        'content-security-policy': policy,
        'cache-control': 'no-store',
        ...(asked['policy'] === 'isolated' && {
          'cross-origin-embedder-policy': 'require-corp',
          'cross-origin-opener-policy': 'same-origin',
        }),
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });
}

const word = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${String(one.charCodeAt(0))};`);
