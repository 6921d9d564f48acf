import { readSignupNews } from './signup-window.js';

const window = {} as MessageEventSource;
const opened = { origin: 'https://www.facebook.com', window };
const told = (data: unknown, part: object = {}) =>
  readSignupNews({ origin: opened.origin, source: window, data, ...part }, opened);
const finish = {
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'FINISH',
  data: { phone_number_id: '660000000000001', waba_id: '77' },
};

describe('what the sign-up window says', () => {
  it('is read as an object and as JSON', () => {
    const news = { kind: 'finished', phoneNumberId: '660000000000001' };
    expect(told(finish)).toEqual(news);
    expect(told(JSON.stringify(finish))).toEqual(news);
  });

  it.each(['FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', 'FINISH_GRANT_ONLY_API_ACCESS'])(
    '%s is an end too, without a number where none is named',
    (event) =>
      expect(told({ ...finish, event, data: { waba_id: '77' } })).toEqual({ kind: 'finished', phoneNumberId: null }),
  );

  it('says where it was left, or why it failed', () => {
    const cancel = (data: object) => told({ type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data });
    expect(cancel({ current_step: 'PHONE_NUMBER_SETUP' })).toEqual({
      kind: 'cancelled',
      step: 'PHONE_NUMBER_SETUP',
      message: null,
    });
    expect(cancel({ error_message: 'The number is in use.', error_code: '5' })).toEqual({
      kind: 'cancelled',
      step: null,
      message: 'The number is in use.',
    });
  });

  it.each([
    ['another host', { origin: 'https://evil.example' }],
    ['a host that ends alike', { origin: 'https://www.facebook.com.evil.example' }],
    ['a name before it', { origin: 'https://evilwww.facebook.com' }],
    ['a sister host', { origin: 'https://web.facebook.com' }],
    ['the same host in clear', { origin: 'http://www.facebook.com' }],
    ['no origin', { origin: 'null' }],
    ['another window of the platform', { source: {} as MessageEventSource }],
    ['no window', { source: null }],
  ])('counts for nothing from %s', (_who, part) => expect(told(finish, part)).toBeNull());

  it.each([
    ['nothing', null],
    ['words', 'FINISH'],
    ['broken JSON', '{"type":"WA_EMBEDDED_SIGNUP"'],
    ['another type', { ...finish, type: 'OTHER' }],
    ['another event', { ...finish, event: 'PROGRESS' }],
    ['an event that only begins alike', { ...finish, event: 'FINISHED<script>' }],
  ])('is not there in %s', (_what, data) => expect(told(data)).toBeNull());

  it('names no number that is none', () => {
    for (const id of ['', '../me', '1'.repeat(31), 12])
      expect(told({ ...finish, data: { phone_number_id: id } })).toEqual({ kind: 'finished', phoneNumberId: null });
  });
});
