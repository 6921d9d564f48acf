import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults.ts';
import { readBody, strikeAfter, strikeBefore } from '../http.ts';
import { str } from '../json.ts';
import type { Ledger } from '../ledger.ts';

/** How long a token is good, as at Cloudflare. */
const TOKEN_SECONDS = 300;

/** Fills the place of a form with a token at once: nobody has to prove anything here. */
const SCRIPT = `for (const place of document.querySelectorAll('.cf-turnstile')) {
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = 'cf-turnstile-response';
  input.value = ['sandbox', place.dataset.action, location.hostname, Date.now(), crypto.randomUUID()].join('|');
  place.append(input, 'Sandbox: you are a person.');
}
`;

/**
 * Turnstile under /turnstile/v0: the script of a page, and the check of its tokens. A token says itself what it is for,
 * `sandbox|action|hostname|milliseconds|anything`; each is good once and for five minutes.
 */
export function turnstileRoutes(server: FastifyInstance, { ledger, faults }: { ledger: Ledger; faults: Faults }): void {
  /** Tokens that were used, with the name of the check that used each. */
  const used = new Map<string, string>();

  server.get('/turnstile/v0/api.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(SCRIPT));

  server.post('/turnstile/v0/siteverify', async (request, reply) => {
    const fault = faults.take('POST', '/turnstile/v0/siteverify', undefined);
    if (await strikeBefore(fault, reply, () => undefined)) return reply;
    const { fields } = await readBody(request);
    const token = str(fields['response']) ?? '';
    const check = str(fields['idempotency_key']) ?? '';
    const refused = (code: string) => ({ success: false, 'error-codes': [code] });
    const verdict = () => {
      if (str(fields['secret']) === undefined) return refused('missing-input-secret');
      if (fields['secret'] === 'wrong') return refused('invalid-input-secret');
      if (token === '') return refused('missing-input-response');
      const [mark, action = '', hostname = '', since = ''] = token.split('|');
      if (mark !== 'sandbox' || token.length > 2048) return refused('invalid-input-response');
      const first = used.get(token);
      if (first !== undefined && (check === '' || first !== check)) return refused('timeout-or-duplicate');
      if (Date.now() - Number(since) > TOKEN_SECONDS * 1000) return refused('timeout-or-duplicate');
      used.set(token, check);
      const at = new Date(Number(since)).toISOString();
      return { success: true, challenge_ts: at, hostname, 'error-codes': [], action, cdata: '' };
    };
    const answer = verdict();
    ledger.record('turnstile', { fields: Object.keys(fields), success: answer.success });
    return strikeAfter(fault, reply) ? reply : reply.send(answer);
  });
}
