import { AccountsServer, password } from '../../../test/support/accounts-server.js';
import { Config } from '../../platform/config/index.js';
import { SetUp } from './set-up.js';

const running: AccountsServer[] = [];
const start = async (environment: Record<string, string>) => {
  const server = await AccountsServer.start(environment);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { id instanceOperator } }';
const inputOf = (email: string, more: object = {}) => ({
  input: { email, name: 'Ada', password, workspaceName: 'Engines', acceptedPolicies: true, ...more },
});
const stateOf = async ({ url }: AccountsServer) =>
  ((await (await fetch(`${url}/set-up.json`)).json()) as { state: string }).state;
const elsewhere = { PUBLIC_URL: 'http://parley.example.com' };

describe('the first person', () => {
  it('on an address that is this machine’s alone is whoever comes first, and runs the deployment', async () => {
    const server = await start({});
    expect(await stateOf(server)).toBe('open');
    expect(await server.browser().ask(signUp, inputOf('a@example.com'))).toMatchObject({
      signUp: { instanceOperator: true },
    });
    expect(await stateOf(server)).toBe('done');
    expect(await server.browser().ask(signUp, inputOf('b@example.com'))).toMatchObject({
      signUp: { instanceOperator: false },
    });
  });

  it('on an address that others reach has the code of the console; the next need none, and it is good no more', async () => {
    const server = await start(elsewhere);
    const { code } = server.app.get(SetUp);
    expect(await stateOf(server)).toBe('code');
    for (const setUpCode of [undefined, null, '', 'wrong', code.slice(0, -1), `${code}0`, code.replace(/.$/, '~')]) {
      const { errors } = await server.browser().post(signUp, inputOf('a@example.com', { setUpCode }));
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', field: 'setUpCode' });
    }
    expect((await server.admin.query('select from users')).rows).toEqual([]);
    const given = ` ${code.toUpperCase().replaceAll('-', ' ')}`;
    expect(await server.browser().ask(signUp, inputOf('a@example.com', { setUpCode: given }))).toMatchObject({
      signUp: { instanceOperator: true },
    });
    expect(await server.browser().ask(signUp, inputOf('b@example.com', { setUpCode: code }))).toMatchObject({
      signUp: { instanceOperator: false },
    });
    // It is not handed to the next person when the first one leaves.
    await server.admin.query('delete from members');
    await server.admin.query(`delete from users where email = 'a@example.com'`);
    const { client } = await server.signUp();
    expect((await client.ask('{ viewer { instanceOperator } }'))['viewer']).toEqual({ instanceOperator: false });
  });

  it.each(['closed', 'invite'])('comes in where signing up is %s, and nobody after them', async (SIGNUP) => {
    const server = await start({ ...elsewhere, SIGNUP, INSTANCE_OPERATORS: 'operator@example.com' });
    const { code } = server.app.get(SetUp);
    expect(await server.browser().refusal(signUp, inputOf('a@example.com'))).toBe('FORBIDDEN');
    expect(await server.browser().refusal(signUp, inputOf('a@example.com', { setUpCode: code }))).toBeNull();
    expect(await server.browser().refusal(signUp, inputOf('b@example.com', { setUpCode: code }))).toBe('FORBIDDEN');
    expect((await server.signIn('a@example.com')).refused).toBeNull();
  });

  it('is told where mails go without a mail server: the very folder where only this machine asks', async () => {
    const answerOf = async ({ url }: AccountsServer) => (await fetch(`${url}/set-up.json`)).json();
    const here = await start({});
    const { mailFolder } = here.app.get(Config);
    expect(await answerOf(here)).toEqual({ state: 'open', mailsToFolder: true, mailFolder });
    const there = await start(elsewhere);
    expect(await answerOf(there)).toEqual({ state: 'code', mailsToFolder: true, mailFolder: null });
    const withPost = await start({ SMTP_URL: 'smtp://127.0.0.1:9' });
    expect(await answerOf(withPost)).toEqual({ state: 'open', mailsToFolder: false, mailFolder: null });
    await here.signUp();
    expect(await answerOf(here)).toEqual({ state: 'done' });
  });

  it('is one, however many come at once', async () => {
    const server = await start({ SIGNUP: 'closed' });
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => server.browser().refusal(signUp, inputOf(`p${String(n)}@example.com`))),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'FORBIDDEN')).toHaveLength(7);
    expect((await server.admin.query('select from users where founded_instance')).rows).toHaveLength(1);
  });
});
