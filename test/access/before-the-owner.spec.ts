import { URI } from 'otpauth';
import { AccountsServer, password, tokenIn } from '../support/accounts-server.js';

let server: AccountsServer;
beforeAll(async () => void (server = await AccountsServer.start()), 60_000);
afterAll(() => server.stop());

const ask = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const reset = 'mutation ($token: String!, $password: String!) { resetPassword(token: $token, password: $password) }';
const fresh = 'another horse battery';

/** Asks for a second factor at every sign-in from now on. */
async function withSecondFactor({ client }: Awaited<ReturnType<typeof someone>>): Promise<void> {
  const { startTwoFactor } = await client.ask<{ startTwoFactor: string }>('mutation { startTwoFactor }');
  const app = URI.parse(startTwoFactor);
  await client.ask('mutation ($totp: String!) { confirmTwoFactor(totp: $totp) }', { totp: app.generate() });
}

/** Somebody with an API token, and the link that the owner of their address asks for. */
async function someone() {
  const { client, email, id } = await server.signUp();
  const { createApiToken } = await client.ask<{ createApiToken: { secret: string } }>(
    'mutation { createApiToken(name: "kept", role: OWNER) { secret } }',
  );
  const byToken = server.browser();
  byToken.token = createApiToken.secret;
  expect(await byToken.refusal('{ workspace { id } }')).toBeNull();
  const proves = async () => {
    await server.browser().ask(ask, { email });
    const token = tokenIn(await server.mail(email, /^Choose a new password/));
    await server.browser().ask(reset, { token, password: fresh });
  };
  return { client, email, id, byToken, proves };
}

describe('an account that somebody made under an address of another (case A7)', () => {
  it('is its owner’s from the first proof on: password, sessions, tokens and second factor of before are worth nothing', async () => {
    const squatter = await someone();
    await withSecondFactor(squatter);
    await squatter.proves();
    expect((await server.signIn(squatter.email)).refused?.code).toBe('UNAUTHENTICATED');
    expect(await squatter.client.ask('{ viewer { id } }')).toEqual({ viewer: null });
    expect(await squatter.byToken.refusal('{ workspace { id } }')).toBe('UNAUTHENTICATED');
    const owner = (await server.signIn(squatter.email, fresh)).client;
    expect(await owner.ask('{ viewer { id emailVerified } }')).toEqual({
      viewer: { id: squatter.id, emailVerified: true },
    });
  });

  it('keeps its tokens and its second factor where the address was proved before: then it is its owner who forgot a password', async () => {
    const owner = await someone();
    const verify = 'mutation ($token: String!) { verifyEmail(token: $token) { emailVerified } }';
    await owner.client.ask(verify, { token: tokenIn(await server.mail(owner.email, /^Confirm your e-mail/)) });
    await withSecondFactor(owner);
    await owner.proves();
    expect(await owner.byToken.refusal('{ workspace { id } }')).toBeNull();
    expect((await server.signIn(owner.email, fresh)).refused?.code).toBe('TWO_FACTOR_REQUIRED');
  });

  it('can invite nobody before, and is not joined to a second one for the same address', async () => {
    const squatter = await someone();
    const invite = 'mutation { inviteMember(email: "friend@example.com", role: VIEWER) { id } }';
    expect(await squatter.client.refusal(invite)).toBe('EMAIL_NOT_VERIFIED');
    const input = {
      email: squatter.email.toUpperCase(),
      name: 'Owner',
      password,
      workspaceName: 'Mine',
      acceptedPolicies: true,
    };
    const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }';
    expect(await server.browser().refusal(signUp, { input })).toBe('CONFLICT');
  });
});
