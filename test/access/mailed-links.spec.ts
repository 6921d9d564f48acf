import { ConfirmEmailChange } from '../../src/accounts/users/change-email.js';
import { ResetPassword } from '../../src/accounts/passwords/reset-password.js';
import { Verification } from '../../src/accounts/users/verification.js';
import { RequestContext } from '../../src/platform/access/index.js';
import { AccountsServer, password, tokenIn } from '../support/accounts-server.js';

let server: AccountsServer;
beforeAll(async () => void (server = await AccountsServer.start()), 60_000);
afterAll(() => server.stop());

const thousand = Array.from({ length: 1_000 });
const nobody = () =>
  new RequestContext(
    { session: null, token: null, workspaceId: null },
    { ip: null, userAgent: null, requestId: 'race' },
    () => undefined,
  );
const askReset = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const changeEmail =
  'mutation ($email: String!, $password: String!) { changeEmail(email: $email, password: $password) }';

/**
 * A thousand come with one link at the same moment: one at most is told that they got what it is for. A thousand wait for a
 * few connections, and whom that takes too long is told so, be it the one who got it; that somebody did is seen by what is so.
 */
async function oneOfAThousand(redeem: () => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled(thousand.map(() => redeem()));
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
}

const verified = async (email: string) =>
  (await server.admin.query('select from users where email = $1 and email_verified_at is not null', [email])).rowCount;

describe('a link in a mail (case A9)', () => {
  it('that resets a password is good for one of a thousand who use it at once', async () => {
    const { email } = await server.signUp();
    await server.browser().ask(askReset, { email });
    const token = tokenIn(await server.mail(email, /^Choose a new password/));
    const resetting = server.app.get(ResetPassword);
    await oneOfAThousand(() => resetting.run(token, 'another horse battery'));
    expect((await server.signIn(email, 'another horse battery')).refused).toBeNull();
  }, 60_000);

  it('that confirms an address is good for one of a thousand, be it the first or a new one', async () => {
    const { email, client } = await server.signUp();
    const first = tokenIn(await server.mail(email, /^Confirm your e-mail address/));
    const verification = server.app.get(Verification);
    await oneOfAThousand(() => verification.verify(first));
    expect(await verified(email)).toBe(1);
    await client.ask(changeEmail, { email: 'newer@example.com', password });
    const second = tokenIn(await server.mail('newer@example.com', /^Confirm your new e-mail address/));
    const confirming = server.app.get(ConfirmEmailChange);
    await oneOfAThousand(() => confirming.run(second, nobody()));
    expect(await verified('newer@example.com')).toBe(1);
  }, 60_000);

  it('leads to the configured address, whatever Host the request has and whatever proxies are said to have seen', async () => {
    const { email, client } = await server.signUp();
    const { email: known } = await server.signUp();
    await server.admin.query('update users set email_verified_at = now() where email = $1', [email]);
    const poisoned = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8080',
      'x-forwarded-server': 'evil.example',
      'x-host': 'evil.example',
      'x-original-host': 'evil.example',
      'x-original-url': 'http://evil.example/',
      'x-rewrite-url': 'http://evil.example/',
      forwarded: 'host=evil.example;proto=http',
      referer: 'http://evil.example/',
    };
    const ask = async (query: string, variables: object) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...client.headers(), ...poisoned },
        payload: JSON.stringify({ query, variables }),
      });
      expect([query, answer.json<{ errors?: unknown }>().errors]).toEqual([query, undefined]);
    };
    await ask(askReset, { email: known });
    await ask('mutation ($email: String!) { inviteMember(email: $email, role: VIEWER) { id } }', {
      email: 'friend@example.com',
    });
    await ask(changeEmail, { email: 'newest@example.com', password });
    await ask('mutation ($input: SignUpInput!) { signUp(input: $input) { id } }', {
      input: { email: 'new-here@example.com', name: 'New', password, workspaceName: 'Shop', acceptedPolicies: true },
    });
    const mails = [
      await server.mail(known, /^Choose a new password/),
      await server.mail('friend@example.com', /invit/i),
      await server.mail('newest@example.com', /^Confirm your new/),
      await server.mail(email, /about to change/),
      await server.mail('new-here@example.com', /^Confirm your e-mail/),
    ];
    for (const { subject, text, html } of mails) {
      const links = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => new URL(link).origin);
      expect([subject, links.length > 0]).toEqual([subject, true]);
      expect(new Set(links)).toEqual(new Set([`http://localhost:${new URL(server.url).port}`]));
      expect(`${text} ${html}`).not.toContain('evil.example');
    }
  });
});
