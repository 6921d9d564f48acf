import { AccountsServer, tokenIn } from '../../../test/support/accounts-server.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { requireVerified } from './require-verified.js';

let server: AccountsServer;

beforeAll(async () => {
  server = await AccountsServer.start();
});
afterAll(() => server.stop());

const verify = 'mutation ($token: String!) { verifyEmail(token: $token) { id emailVerified } }';
const subject = /^Confirm your e-mail address/;

async function person() {
  const made = await server.signUp();
  return { ...made, token: tokenIn(await server.mail(made.email, subject)) };
}

describe('confirming an address', () => {
  it('is asked for by mail at sign-up, and done in any browser by the link, once', async () => {
    const { client, email, id } = await server.signUp();
    expect((await client.ask('{ viewer { emailVerified } }'))['viewer']).toEqual({ emailVerified: false });
    const mail = await server.mail(email, subject);
    expect(mail.text).toContain(`${server.url.replace('127.0.0.1', 'localhost')}/verify-email?token=`);
    const stranger = server.browser();
    expect(await stranger.ask(verify, { token: tokenIn(mail) })).toEqual({
      verifyEmail: { id, emailVerified: true },
    });
    // The link shows the address and signs nobody in.
    expect(stranger.cookie).toBeNull();
    expect(await stranger.refusal(verify, { token: tokenIn(mail) })).toBe('BAD_USER_INPUT');
    expect((await client.ask('{ viewer { emailVerified } }'))['viewer']).toEqual({ emailVerified: true });
  });

  it('keeps the hash of the token alone, and says the same of one that ran out and one that never was (case A9)', async () => {
    const { token, id, client } = await person();
    const { rows } = await server.admin.query<{ row: string }>(
      'select link_tokens::text as row from link_tokens where user_id = $1',
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token);
    expect(rows[0]?.row).not.toContain(Buffer.from(token).toString('hex'));
    await server.admin.query(`update link_tokens set expires_at = now() where user_id = $1`, [id]);
    const answers = [];
    for (const given of [token, token.replace(/^./, 'x'), '', 'x', 'x'.repeat(100_000)]) {
      const { errors } = await client.post(verify, { token: given });
      answers.push({ message: errors?.[0]?.message, code: errors?.[0]?.extensions.code });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.code).toBe('BAD_USER_INPUT');
  });

  it('of many who come with one link at once, one gets it (case A9)', async () => {
    const { token } = await person();
    const answers = await Promise.all(Array.from({ length: 50 }, () => server.browser().refusal(verify, { token })));
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    expect(answers.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(49);
  });

  it('follows the configured address, whatever Host the request claims (case A9)', async () => {
    const { email, client } = await person();
    const again = 'mutation { resendVerification }';
    const headers = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    expect((await client.post(again, {}, headers)).data).toEqual({ resendVerification: true });
    const mail = await server.mail(email, subject, 2);
    expect(mail.text + mail.html).not.toContain('evil.example');
    expect(mail.text).toContain(`http://localhost:${new URL(server.url).port}/verify-email`);
  });

  it('can be asked for again, but not often, and not once it is done', async () => {
    const { client, token } = await person();
    const again = 'mutation { resendVerification }';
    expect(await server.browser().refusal(again)).toBe('UNAUTHENTICATED');
    const codes = [];
    for (let n = 0; n < 11; n += 1) codes.push(await client.refusal(again));
    expect(codes).toEqual([...Array<null>(10).fill(null), 'RATE_LIMITED']);
    await client.ask(verify, { token });
    const other = await person();
    await other.client.ask(verify, { token: other.token });
    expect(await other.client.refusal(again)).toBe('CONFLICT');
  });

  it('is what inviting, sending mail and buying wait for', async () => {
    const { client, id, token } = await person();
    const require = () => server.app.get(SystemDatabase).run((tx) => requireVerified(tx, id));
    await expect(require()).rejects.toMatchObject({ code: ErrorCode.EMAIL_NOT_VERIFIED });
    await client.ask(verify, { token });
    await expect(require()).resolves.toBeUndefined();
  });

  it('is asked for in Turkish where the browser speaks it', async () => {
    const client = server.browser();
    const input = { email: 'sule@example.com', name: 'Şule', password: 'uzun bir parola', workspaceName: 'Dükkân' };
    await client.post(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }',
      { input: { ...input, acceptedPolicies: true } },
      { 'accept-language': 'tr-TR,tr;q=0.9,en;q=0.8' },
    );
    const mail = await server.mail('sule@example.com', /doğrulayın/);
    expect(mail.text).toContain('Merhaba Şule,');
  });
});
