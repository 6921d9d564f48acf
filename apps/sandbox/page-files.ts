import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const FILES: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/page/billing.css': ['billing.css', 'text/css; charset=utf-8'],
  '/page/billing-panel.js': ['billing-panel.js', 'text/javascript; charset=utf-8'],
  '/page/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/page/api.js': ['api.js', 'text/javascript; charset=utf-8'],
  '/page/thread.js': ['thread.js', 'text/javascript; charset=utf-8'],
  '/page/events-menu.js': ['events-menu.js', 'text/javascript; charset=utf-8'],
  '/page/signup.js': ['signup.js', 'text/javascript; charset=utf-8'],
  '/page/panels.js': ['panels.js', 'text/javascript; charset=utf-8'],
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https: data:; media-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page on which a person plays the customer: a fixed list of files and nothing else. */
export function pageRoutes(server: FastifyInstance): void {
  for (const [url, [file, type]] of Object.entries(FILES)) {
    server.get(url, (_request, reply) =>
      reply
        .headers({
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        })
        .type(type)
        .send(readFileSync(new URL(`./page/${file}`, import.meta.url))),
    );
  }
}
