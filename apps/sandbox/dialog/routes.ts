import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../graph/call.ts';
import { readBody } from '../http.ts';
import { str } from '../json.ts';
import { type Asked, decide, readDialog, takeCode, WrongDialog } from './consent.ts';
import { consentPage, wrongPage } from './page.ts';

/** www.facebook.com's dialog under /dialog, www.instagram.com's under /instagram-dialog, api.instagram.com under /instagram-api. */
export function dialogRoutes(server: FastifyInstance, platform: Platform): void {
  const { world } = platform;
  const show = (asked: Asked, reply: FastifyReply) =>
    html(reply, consentPage(world.app.name, asked), new URL(asked.redirectUri).origin);
  for (const [url, instagram] of [
    ['/dialog/:version/dialog/oauth', false],
    ['/instagram-dialog/oauth/authorize', true],
  ] as const) {
    const read = (request: FastifyRequest) =>
      readDialog(world, instagram, new URL(request.url, world.url).searchParams);
    server.get(url, (request, reply) => guarded(reply, () => show(read(request), reply)));
    server.post(url, (request, reply) =>
      guarded(reply, () => {
        const asked = read(request);
        const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
        const decision = {
          refuse: form.get('decision') !== 'grant',
          permissions: form.getAll('permission'),
          assets: form.getAll('asset'),
        };
        return reply
          .code(302)
          .header('location', decide(world, asked, decision))
          .send();
      }),
    );
  }
  server.post('/instagram-api/oauth/access_token', async (request, reply) => {
    const { fields } = await readBody(request);
    const note = (status: number) =>
      platform.ledger.record('graph', {
        method: 'POST',
        path: '/instagram-api/oauth/access_token',
        status,
        account: null,
        ms: 0,
      });
    const wrong = (message: string) => {
      note(400);
      return reply.code(400).send({ error_type: 'OAuthException', code: 400, error_message: message });
    };
    if (str(fields['client_secret']) !== world.app.instagramSecret) return wrong('Error validating client secret');
    if (str(fields['grant_type']) !== 'authorization_code') return wrong('Invalid grant type');
    const token = takeCode(world, str(fields['code']) ?? '', str(fields['redirect_uri']));
    if ('subcode' in token || token.type !== 'INSTAGRAM')
      return wrong('This authorization code has been used or has expired');
    note(200);
    return reply.send({ access_token: token.value, user_id: token.userId, permissions: token.scopes.join(',') });
  });
}

async function guarded(reply: FastifyReply, work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WrongDialog)) throw error;
    return html(reply.code(400), wrongPage(error.message), '');
  }
}

function html(reply: FastifyReply, body: string, target: string): FastifyReply {
  // A browser lets a form go on to where its answer redirects only if that is named too.
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self' ${target}; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('text/html; charset=utf-8')
    .send(body);
}
