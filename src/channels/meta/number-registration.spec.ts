import { LifeUnderTest } from '../../../test/support/life.js';
import { graphError } from '../../../test/support/fake-graph.js';
import { origin } from '../../../test/support/channels.js';
import { DomainError } from '../../platform/errors/index.js';
import { unregisteredWords } from './number-registration.js';
import { RegisterWhatsAppNumber } from './register-whats-app-number.js';

let life: LifeUnderTest;
beforeAll(async () => void (life = await LifeUnderTest.start()));
afterAll(() => life.stop());
beforeEach(() => life.forget());

let numbers = 921_000_000_000_000;
let number = '';
beforeEach(() => void (number = String((numbers += 1))));
/** What the platform says of the number itself. */
const isAs = (fields: object) => life.say.set(number, () => ({ body: { id: number, ...fields } }));
type Channel = Awaited<ReturnType<LifeUnderTest['whatsApp']>>;
const register = ({ owner, id }: Pick<Channel, 'owner' | 'id'>, pin: string) =>
  life.channels.module.get(RegisterWhatsAppNumber).run(owner, origin, id, pin);
const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error('It was not refused.');
  return { code: error.code, field: error.field, message: error.message };
};

describe('a WhatsApp number', () => {
  it.each([
    ['one that is on the platform', { platform_type: 'CLOUD_API', is_on_biz_app: false }],
    ['one that the app serves', { platform_type: 'NOT_APPLICABLE', is_on_biz_app: true }],
    ['one of which nothing is said', {}],
  ])('needs no registration: %s', async (_which, fields) => {
    isAs(fields);
    const { id } = await life.whatsApp(undefined, number);
    expect(await life.row(id)).toMatchObject({
      status: 'CONNECTED',
      last_error: null,
      settings: { registered: true },
    });
  });

  it('that is new says so until it is registered; its PIN is kept nowhere [promise 7]', async () => {
    isAs({ platform_type: 'NOT_APPLICABLE', is_on_biz_app: false });
    const channel = await life.whatsApp(undefined, number);
    expect(await life.row(channel.id)).toMatchObject({
      status: 'ERROR',
      last_error: unregisteredWords,
      settings: { registered: false },
    });
    for (const pin of ['', '12345', '1234567', '12345a', '१२३४५६'])
      expect(await refusal(register(channel, pin))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'pin' });
    expect(life.calls.filter((call) => call.endsWith('/register'))).toEqual([]);
    for (const [code, words] of [
      [133005, /another one/],
      [133008, /Too many wrong PINs/],
      [133006, /verified first/],
    ] as const) {
      life.say.set('register', () => graphError(code, null, 400));
      expect(await refusal(register(channel, '123456'))).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'pin',
        message: expect.stringMatching(words) as string,
      });
    }
    life.say.set('register', () => ({ trouble: 'reset' }));
    expect(await refusal(register(channel, '123456'))).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await life.row(channel.id))['status']).toBe('ERROR');
    life.say.delete('register');
    life.channels.graph.calls.length = 0;
    await register(channel, ' 123456 ');
    expect(life.channels.graph.to(`${number}/register`)[0]?.body).toEqual({
      messaging_product: 'whatsapp',
      pin: '123456',
    });
    expect(await life.row(channel.id)).toMatchObject({
      status: 'CONNECTED',
      last_error: null,
      settings: { registered: true },
    });
    const kept = await life.rows(
      `select 1 from channels c where c::text like '%123456%' union all select 1 from audit_entries a where a::text like '%123456%'`,
    );
    expect(kept).toEqual([]);
    const uses = await life.rows(
      'select purpose, cause from token_uses where channel_id = $1 order by id desc limit 1',
      channel.id,
    );
    expect(uses).toEqual([{ purpose: 'SUBSCRIBE', cause: `member ${channel.owner.memberId}` }]);
  });

  it('of another workspace, or a channel that has no number, is not registered', async () => {
    const channel = await life.messenger();
    expect(await refusal(register(channel, '123456'))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'channelId' });
    const stranger = await life.channels.workspace();
    expect(await refusal(register({ owner: stranger, id: channel.id }, '123456'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});
