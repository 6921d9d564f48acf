import { isFrameMessage } from './from-frame.js';
import { isPageMessage } from './from-page.js';

const state = { parley: 1, type: 'state', unread: 2, kept: 'own', color: '#0f766e', corner: 'RIGHT' };
const hello = {
  parley: 1,
  type: 'hello',
  locale: 'tr-TR',
  theme: 'auto',
  consent: true,
  open: false,
  kept: '',
  askFirst: false,
};
const own = <Value extends object>(value: Value, name: string, member: unknown) => ({ ...value, [name]: member });

/** What pages and their scripts send one another, and what somebody would send to be taken for the chat. */
const foreign: readonly unknown[] = [
  null,
  undefined,
  0,
  '',
  'ready',
  true,
  Symbol('ready'),
  () => ({ parley: 1, type: 'ready' }),
  [],
  ['ready'],
  {},
  { type: 'ready' },
  { parley: 1 },
  { parley: '1', type: 'ready' },
  { parley: true, type: 'open' },
  { parley: 2, type: 'ready' },
  { parley: 1, type: ['ready'] },
  { parley: 1, type: { toString: () => 'ready' } },
  { parley: 1, type: 'constructor' },
  { parley: 1, type: '__proto__' },
  { parley: 1, type: 'toString' },
  { parley: 1, type: '' },
  { parley: 1, type: 'Ready' },
  JSON.parse('{"parley":1,"type":"ready","__proto__":{"x":1}}'),
  { parley: 1, type: 'ready', more: 1 },
  { parley: 1, type: 'open', html: '<img src=x onerror=alert(1)>' },
  new Map([['type', 'ready']]),
  new Date(),
];

describe('what the page hears of the frame', () => {
  it('is every message of the frame', () => {
    for (const message of [
      state,
      { parley: 1, type: 'ready' },
      { parley: 1, type: 'close' },
      { parley: 1, type: 'renew' },
      { parley: 1, type: 'message' },
      { parley: 1, type: 'failed', what: 'not-allowed' },
    ])
      expect([message, isFrameMessage(message)]).toEqual([message, true]);
  });

  it('is nothing else (case V4)', () => {
    for (const value of [...foreign, hello, { parley: 1, type: 'open' }])
      expect([String(typeof value), isFrameMessage(value)]).toEqual([String(typeof value), false]);
  });

  it.each([
    ['unread', [-1, 1.5, Number.NaN, Infinity, '2', null, undefined, [2]]],
    ['kept', [0, true, 'a,b', 'x'.repeat(20_001), null, undefined]],
    // A colour goes into a style.
    [
      'color',
      ['red', '#fff', '#0f766e;background:url(//evil.example)', 'url(x)', '#0f766g', '#0f766e ', ['#0f766e'], null],
    ],
    ['corner', ['right', 'TOP', 'LEFTRIGHT', 'xLEFT', null, 3]],
  ] as const)('takes no state with a wrong %s', (name, wrong) => {
    for (const value of wrong) expect([value, isFrameMessage(own(state, name, value))]).toEqual([value, false]);
    const { [name]: _left, ...rest } = state;
    expect(isFrameMessage(rest)).toBe(false);
  });
});

describe('what the frame hears of the page', () => {
  it('is every message of the page', () => {
    for (const message of [
      hello,
      own(hello, 'color', '#2563eb'),
      { parley: 1, type: 'open' },
      { parley: 1, type: 'close' },
      { parley: 1, type: 'reset' },
      { parley: 1, type: 'locale', locale: 'ar' },
      { parley: 1, type: 'identify', identity: { id: '7', hash: 'ab', name: 'Ada', email: 'ada@example.com' } },
      { parley: 1, type: 'identify', identity: { token: 'a.b.c' } },
      { parley: 1, type: 'prefill', prefill: { text: 'Hello' } },
      { parley: 1, type: 'prefill', prefill: {} },
    ])
      expect([message, isPageMessage(message)]).toEqual([message, true]);
  });

  it('is nothing else (case V4)', () => {
    for (const value of [...foreign, state, { parley: 1, type: 'ready' }])
      expect([String(typeof value), isPageMessage(value)]).toEqual([String(typeof value), false]);
  });

  it('sets no field that it may not (case V6)', () => {
    const identify = (identity: unknown) => isPageMessage({ parley: 1, type: 'identify', identity });
    for (const wrong of [
      null,
      'ada',
      ['ada'],
      { id: 7 },
      { id: 'x'.repeat(201) },
      { email: 'x'.repeat(255) },
      { hash: 'x'.repeat(4_097) },
      { id: '7', verified: true },
      { id: '7', workspaceId: 'w' },
      { id: '7', visitorToken: 'vt' },
      { name: ['Ada'] },
    ])
      expect([wrong, identify(wrong)]).toEqual([wrong, false]);
    for (const [name, value] of [
      ['theme', 'auto; x'],
      ['theme', 'neon'],
      ['locale', 'x'.repeat(36)],
      ['consent', 'false'],
      ['open', 1],
      ['color', 'x'.repeat(41)],
    ] as const)
      expect([name, isPageMessage(own(hello, name, value))]).toEqual([name, false]);
  });
});
