import type { FastifyReply } from 'fastify';

const CODES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in a page, and between quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => CODES[char] ?? char);
}

/** Sends a page that runs no script. `target` is the origin to which its form may lead beside its own. */
export function sendPage(reply: FastifyReply, body: string, target = ''): FastifyReply {
  // A browser lets a form go on to where its answer redirects only if that is named too.
  const policy = `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${target}; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .headers({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(body);
}
