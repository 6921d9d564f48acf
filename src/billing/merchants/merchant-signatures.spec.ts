import type { SignedHeaders } from '../../../test/support/merchant-samples/sample.js';
import { merchantSamples } from '../../../test/support/merchant-samples/index.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import { merchantOf } from './merchants.js';
import type { MerchantName } from './merchant.js';

const now = new Date(1_790_000_000_000);
const after = (seconds: number) => new Date(now.getTime() + 1_000 * seconds);
// Nothing is called here.
const nobody = {} as OutgoingClient;
const merchant = (name: MerchantName, webhookSecret: string) =>
  merchantOf(
    name,
    { apiUrl: 'https://merchant.example', apiKey: 'key', webhookSecret, storeId: '1', clientToken: null },
    nobody,
  );
const isSigned = (name: MerchantName, secret: string, body: Buffer, headers: SignedHeaders, at = now) =>
  merchant(name, secret).isSigned(body, headers, at);

/** Computed by others than us; the published vectors of each scheme. */
const standard = '{"type":"order.paid","timestamp":"2026-09-22T00:00:00Z","data":{}}';
const vectors: readonly (readonly [MerchantName, string, string, SignedHeaders])[] = [
  [
    'paddle',
    'pdl_ntfset_test_secret',
    '{"event_id":"evt_01test","event_type":"subscription.updated"}',
    { 'paddle-signature': 'ts=1790000000;h1=9c93bf52655405bd7f61c4480ece49a76318bc64a1619a813f21c1704fe4ef22' },
  ],
  [
    'lemonsqueezy',
    'ls-test-secret',
    '{"meta":{"event_name":"subscription_created"}}',
    { 'x-signature': 'a66cb24fdd0ddde2c361b62dc96bc80b693c5dfe0c27a96613b4cabfad3a5836' },
  ],
  [
    'polar',
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
    standard,
    {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1790000000',
      'webhook-signature': 'v1,lrlx3b13EblbaVA/tCS3B3/d681daq+e3SdyEj+kAjc=',
    },
  ],
  [
    'polar',
    'polar_whs_test',
    standard,
    {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1790000000',
      'webhook-signature': 'v1,V399gSqz3mVoE5FizC9BjSnji9JCFpR3EfK1ets6nIc=',
    },
  ],
];

it.each(vectors)('takes what %s signed with %s', (name, secret, body, headers) => {
  expect(isSigned(name, secret, Buffer.from(body), headers)).toBe(true);
  expect(isSigned(name, secret, Buffer.from(`${body} `), headers)).toBe(false);
  expect(isSigned(name, `${secret}x`, Buffer.from(body), headers)).toBe(false);
});

const signed = merchantSamples.flatMap((sample) => sample.secrets.map((secret) => ({ ...sample, secret })));

describe.each(signed)('$name with $secret', ({ name, secret, sign, signsTime }) => {
  // Odd spacing and escapes: a body that was read and written again is another one.
  const body = Buffer.from('{ "name" : "\\u00fcr\\u00fcn ü", "id":1e0 }');
  const headers = sign(body, secret, now);
  const header = Object.keys(headers).at(-1) ?? '';
  const value = String(headers[header]);

  it('signs the bytes as they came (case W2)', () => {
    expect(isSigned(name, secret, body, headers)).toBe(true);
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(isSigned(name, secret, again, headers)).toBe(false);
  });

  it('takes no signature with a single bit changed, and none for a body with one changed (case W1)', () => {
    const taken: string[] = [];
    for (let bit = 0; bit < 8 * body.length; bit += 1)
      if (isSigned(name, secret, flipped(body, bit), headers)) taken.push(`body ${bit}`);
    const text = Buffer.from(value, 'latin1');
    for (let bit = 0; bit < 8 * text.length; bit += 1)
      if (isSigned(name, secret, body, { ...headers, [header]: flipped(text, bit).toString('latin1') }))
        taken.push(`header ${bit}`);
    expect(taken).toEqual([]);
    expect(text.length).toBeGreaterThan(40);
  });

  it.each([
    ['empty', ''],
    ['cut short', value.slice(0, -1)],
    ['cut to half', value.slice(0, value.length / 2)],
    ['with more behind it', `${value}00`],
    ['doubled by the sender', `${value}, ${value}`],
    ['joined without a space', `${value},${value}`],
    ['with a space before it', ` ${value}`],
    ['with a line behind it', `${value}\n`],
    ['not ASCII', value.replace(/.$/, 'é')],
    ['in full-width digits', value.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ['with a NUL', `${value}\0`],
    ['huge', `${value.slice(0, 3)}${'a'.repeat(1_000_000)}`],
    ['a word', 'constructor'],
    ['percent-encoded', value.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)],
  ])('refuses a header that is %s, and does not fail over it', (_, forged) => {
    expect(isSigned(name, secret, body, { ...headers, [header]: forged })).toBe(false);
  });

  it('refuses a missing and a repeated header, another header, and capitals where the merchant writes none', () => {
    const { [header]: _, ...without } = headers;
    expect(isSigned(name, secret, body, without)).toBe(false);
    expect(isSigned(name, secret, body, {})).toBe(false);
    expect(isSigned(name, secret, body, { ...headers, [header]: [value, value] })).toBe(false);
    expect(isSigned(name, secret, body, { ...without, signature: value })).toBe(false);
    // What base64 stands for depends on its case, hex does not.
    expect(isSigned(name, secret, body, { ...headers, [header]: value.toUpperCase() })).toBe(false);
  });

  it('takes nothing where there is no secret', () => {
    expect(isSigned(name, '', body, sign(body, '', now))).toBe(false);
  });

  it(`${signsTime ? 'holds' : 'says nothing of time, so it holds'} for five minutes and ${signsTime ? 'no' : ''} longer (case W3)`, () => {
    const at = (seconds: number) => isSigned(name, secret, body, headers, after(seconds));
    expect([at(300), at(-300)]).toEqual([true, true]);
    expect([at(301), at(-301), at(86_400), at(7 * 86_400)]).toEqual(Array(4).fill(!signsTime));
  });
});

describe('Paddle', () => {
  const body = Buffer.from('{}');
  const [sample] = merchantSamples;
  const of = (secret: string) => String(sample?.sign(body, secret, now)['paddle-signature']);
  const h1 = (secret: string) => of(secret).split(';')[1];
  const takes = (header: string) => isSigned('paddle', 'new', body, { 'paddle-signature': header });

  it('takes any of several signatures while the secret is changed, wherever it stands', () => {
    expect(takes(`${of('old')};${h1('new')}`)).toBe(true);
    expect(takes(`${of('new')};${h1('old')}`)).toBe(true);
    expect(takes(`${of('old')};${h1('older')}`)).toBe(false);
  });

  it.each([
    ['without a time', () => String(h1('new'))],
    ['with two times', () => `ts=1790000000;${of('new')}`],
    ['with the time behind', () => of('new').split(';').reverse().join(';')],
    ['with a time that is none', () => of('new').replace(/ts=\d+/, 'ts=1e9')],
    ['with another scheme alone', () => of('new').replace('h1=', 'h2=')],
    ['with one broken part', () => `${of('new')};h1=zz`],
    ['with an empty part', () => `${of('new')};`],
  ])('refuses a header %s', (_, header) => {
    expect(takes(header())).toBe(false);
  });
});

describe('Polar', () => {
  const body = Buffer.from('{}');
  const sample = merchantSamples.find(({ name }) => name === 'polar');
  const secret = 'polar_whs_test';
  const headers = sample?.sign(body, secret, now) ?? {};
  const takes = (changed: SignedHeaders) => isSigned('polar', secret, body, { ...headers, ...changed });
  const signature = String(headers['webhook-signature']);
  const other = `v1,${Buffer.alloc(32, 1).toString('base64')}`;

  it('takes any of several signatures, and passes over versions that it does not know', () => {
    expect(takes({ 'webhook-signature': `${other} ${signature}` })).toBe(true);
    expect(takes({ 'webhook-signature': `v1a,AAAA ${signature} ${other}` })).toBe(true);
    expect(takes({ 'webhook-signature': signature.replace('v1,', 'v2,') })).toBe(false);
  });

  it('signs the id and the time too', () => {
    expect(takes({ 'webhook-id': 'msg_2' })).toBe(false);
    expect(takes({ 'webhook-timestamp': '1790000001' })).toBe(false);
    expect(takes({ 'webhook-timestamp': '01790000000' })).toBe(false);
    expect(takes({ 'webhook-timestamp': '1790000000.0' })).toBe(false);
  });

  it('takes no part of a secret as a key that could be guessed', () => {
    const short = 'whsec_AAAA';
    const forged = sample?.sign(body, Buffer.from('AAAA', 'base64') as unknown as string, now) ?? {};
    expect(isSigned('polar', short, body, forged)).toBe(false);
  });
});

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}
