import { jest } from '@jest/globals';
import { Context, Query, Resolver } from '@nestjs/graphql';
import { type Answer, type Person, PublicAccounts, password } from '../../test/support/public-accounts.js';
import { Allow, Permission, RequestContext } from '../platform/access/index.js';
import { workspaceOf } from '../platform/graphql/index.js';
import { PasswordHasher } from './passwords/password-hasher.js';

/** Stands for the fields of modules to the right, which load by the workspace of the request. */
@Resolver()
class Probe {
  @Query(() => String)
  @Allow(Permission.Read)
  async workspaceOfRequest(@Context() context: RequestContext): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return workspaceOf(context);
  }
}

let accounts: PublicAccounts;
beforeAll(async () => void (accounts = await PublicAccounts.start([Probe])));
afterAll(() => accounts.stop());

const ask: PublicAccounts['ask'] = (...given) => accounts.ask(...given);
const signUp = () => accounts.signUp();
const signIn: PublicAccounts['signIn'] = (...given) => accounts.signIn(...given);

describe('over HTTP', () => {
  it('signing up answers with the person, their workspace and the one cookie (case A5) [promise 76]', async () => {
    const { answer, email, cookie, workspaceId } = await signUp();
    const { id } = answer.data.signUp;
    const memberships = [{ role: 'OWNER', workspace: { id: workspaceId, members: [{ user: { id } }] } }];
    expect(answer.data.signUp).toEqual({ id, email, memberships });
    expect(answer.cookie).toEqual({
      name: '__Host-parley_session',
      value: expect.stringMatching(/^[\w-]{43}$/),
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      maxAge: 2_592_000,
    });
    expect((await ask('{ viewer { id } }', {}, { cookie })).data).toEqual({ viewer: { id } });
    expect((await ask('{ viewer { id } }')).data).toEqual({ viewer: null });
  });

  it('a wrong password and an unknown address give the same bytes (case A1)', async () => {
    const { email } = await signUp();
    const without = ({ text, error, status, cookie }: Answer) => [
      status,
      text.replaceAll(error?.requestId ?? '?', 'id'),
      cookie,
    ];
    const wrong = await signIn(email, 'not the password');
    expect(wrong.error?.code).toBe('UNAUTHENTICATED');
    expect(without(await signIn('nobody@example.com', password))).toEqual(without(wrong));
    expect(without(await signIn('\u0000 not an address', password))).toEqual(without(wrong));
  });

  it('guessing ends after 10 tries, whatever the headers say, and the answer says when to come back (case A2)', async () => {
    const { email, cookie } = await signUp();
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 12; n += 1) {
      const forged = {
        'x-forwarded-for': `203.0.113.${String(n)}`,
        'x-real-ip': `203.0.113.${String(n)}`,
        forwarded: `for=203.0.113.${String(n)}`,
      };
      codes.push((await signIn(email, `guess ${String(n)}`, forged)).error?.code);
    }
    expect(codes).toEqual([...Array<string>(10).fill('UNAUTHENTICATED'), 'RATE_LIMITED', 'RATE_LIMITED']);
    const limited = await signIn(email, password);
    expect(limited.error?.retryAfter).toBeGreaterThan(0);
    expect(limited.error?.retryAfter).toBeLessThanOrEqual(900);
    expect((await ask('{ viewer { email } }', {}, { cookie })).data).toEqual({ viewer: { email } });
  });

  it('many guesses in one document are counted one by one', async () => {
    const { email } = await signUp();
    const aliases = Array.from({ length: 10 }, (_, n) => `g${String(n)}: signIn(input: $input) { id }`).join(' ');
    const verify = jest.spyOn(accounts.app.get(PasswordHasher), 'verify');
    for (let n = 0; n < 12; n += 1) {
      await ask(`mutation ($input: SignInInput!) { ${aliases} }`, { input: { email, password: 'a wrong one' } });
    }
    expect(verify.mock.calls.length).toBe(10);
    verify.mockRestore();
    expect((await signIn(email, password)).error?.code).toBe('RATE_LIMITED');
  });

  it('signing out clears the cookie and ends the session', async () => {
    const { cookie } = await signUp();
    const answer = await ask('mutation { signOut }', {}, { cookie });
    expect(answer.data).toEqual({ signOut: true });
    expect(answer.cookie).toMatchObject({ value: '', path: '/' });
    expect((await ask('{ viewer { id } }', {}, { cookie })).data).toEqual({ viewer: null });
    expect((await ask('{ sessions { id } }', {}, { cookie })).error?.code).toBe('UNAUTHENTICATED');
  });

  it('the other operations of a document keep their workspace beside a public one', async () => {
    const { inWorkspace, workspaceId, cookie } = await signUp();
    const document = '{ workspaceOfRequest viewer { memberships { workspace { id } } } }';
    const expected = { workspaceOfRequest: workspaceId, viewer: { memberships: [{ workspace: { id: workspaceId } }] } };
    expect((await ask(document, {}, inWorkspace)).data).toEqual(expected);
    // A workspace that is gone keeps nobody from being recognised.
    const elsewhere = { cookie, 'x-workspace-id': '00000000-0000-7000-8000-000000000000' };
    expect((await ask('{ viewer { id } }', {}, elsewhere)).data.viewer).not.toBeNull();
  });

  it('asks for what is missing, and tells a foreign workspace no differently from one that never was', async () => {
    const [ada, grace] = [await signUp(), await signUp()];
    const document = '{ workspace { id } apiTokens { id } }';
    expect((await ask(document)).error?.code).toBe('UNAUTHENTICATED');
    expect((await ask(document, {}, { cookie: ada.cookie })).error).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'x-workspace-id',
    });
    expect((await ask(document, {}, ada.inWorkspace)).data).toEqual({
      workspace: { id: ada.workspaceId },
      apiTokens: [],
    });
    const from = async (workspaceId: string) => {
      const answer = await ask('{ workspace { id } }', {}, { cookie: ada.cookie, 'x-workspace-id': workspaceId });
      expect(answer.error?.code).toBe('NOT_FOUND');
      return answer.text.replace(answer.error?.requestId ?? '?', 'id');
    };
    expect(await from(grace.workspaceId)).toBe(await from('00000000-0000-7000-8000-000000000000'));
    expect(await from(grace.workspaceId)).toBe(await from('nowhere'));
  });

  it('an API token works as a bearer token and is no person', async () => {
    const { inWorkspace, workspaceId } = await signUp();
    const made = await ask(
      'mutation { createApiToken(name: "reports", role: VIEWER) { secret token { lastFour } } }',
      {},
      inWorkspace,
    );
    const { secret, token } = made.data.createApiToken;
    expect(secret.endsWith(token.lastFour)).toBe(true);
    const authorization = `Bearer ${secret}`;
    expect((await ask('{ workspace { id } viewer { id } }', {}, { authorization })).data).toEqual({
      workspace: { id: workspaceId },
      viewer: null,
    });
    for (const document of [
      '{ apiTokens { id } }',
      '{ sessions { id } }',
      'mutation { createWorkspace(name: "x") { id } }',
    ]) {
      expect((await ask(document, {}, { authorization })).error?.code).toBe('FORBIDDEN');
    }
    expect(
      (await ask('{ workspace { id } }', {}, { ...inWorkspace, authorization: `${authorization}x` })).error?.code,
    ).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['the browser signs out', async (person: Person) => ask('mutation { signOut }', {}, { cookie: person.cookie })],
    [
      'the session is ended from elsewhere',
      async (person: Person) => {
        const { cookie } = await signIn(person.email, password);
        return ask('mutation { revokeOtherSessions }', {}, { cookie: `__Host-parley_session=${cookie?.value ?? ''}` });
      },
    ],
  ])('open sockets are closed within two seconds when %s (case A6)', async (_, end) => {
    const person = await signUp();
    const socket = await accounts.openSocket(person.inWorkspace);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const began = Date.now();
    expect((await end(person)).error).toBeUndefined();
    expect(await closed).toBe(4403);
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});
