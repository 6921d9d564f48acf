import { createHmac } from 'node:crypto';
import { proveIdentity } from './identity-proof.js';

const secret = 'the secret of this chat';
const key = 'pk_this-chat';
const now = Date.parse('2026-01-02T03:04:05Z');
const seconds = now / 1_000;

const hmac = (id: string, by = secret) => createHmac('sha256', by).update(id).digest('hex');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(claims: object, header: object = { alg: 'HS256', typ: 'JWT' }, by = secret): string {
  const said = `${part(header)}.${part(claims)}`;
  return `${said}.${createHmac('sha256', by).update(said).digest('base64url')}`;
}
const good = { sub: 'u1', exp: seconds + 300 };
const prove = (hash: string | undefined, id: string | undefined = 'u1') =>
  proveIdentity(secret, key, { id, hash, email: 'said@example.com', name: 'Said' }, now);

describe('the proof of an identity', () => {
  it('by HMAC proves the id, and nothing that is said beside it', () => {
    expect(prove(hmac('u1'))).toEqual({ id: 'u1', email: null, name: null });
    expect(prove(hmac('u1').toUpperCase())).toEqual({ id: 'u1', email: null, name: null });
  });

  it('by a token proves what the site has signed', () => {
    const claims = { ...good, email: 'ada@example.com', name: 'Ada', aud: key, nbf: seconds - 1 };
    expect(prove(jwt(claims))).toEqual({ id: 'u1', email: 'ada@example.com', name: 'Ada' });
    expect(prove(jwt({ ...good, sub: undefined, id: 'u1' }), undefined)).toMatchObject({ id: 'u1', email: null });
  });

  it.each<[string, string | undefined, (string | undefined)?]>([
    ['no hash', undefined],
    ['an empty hash', ''],
    ['a random hash', 'ab'.repeat(32)],
    ['zeros', '00'.repeat(32)],
    ['a hash of another id', hmac('u2')],
    ["another chat's hash", hmac('u1', 'the secret of another chat')],
    ['a hash of nothing', hmac(''), ''],
    ['a hash cut short', hmac('u1').slice(0, 62)],
    ['a hash with more behind it', `${hmac('u1')}00`],
    ['no hex', 'zz'.repeat(32)],
    ['base64', createHmac('sha256', secret).update('u1').digest('base64')],
    ["another chat's token", jwt(good, undefined, 'the secret of another chat')],
    ['a token that nobody signed', `${part({ alg: 'none' })}.${part(good)}.`],
    ['a signed token that says none', jwt(good, { alg: 'none' })],
    ['a signed token that says RS256', jwt(good, { alg: 'RS256' })],
    ['a token without an end', jwt({ sub: 'u1' })],
    ['a token that is over', jwt({ ...good, exp: seconds - 120 })],
    ['a token that lasts a month', jwt({ ...good, exp: seconds + 30 * 86_400 })],
    ['a token whose end is a text', jwt({ ...good, exp: String(seconds + 300) })],
    ['a token for later', jwt({ ...good, nbf: seconds + 3_600 })],
    ['a token for another chat', jwt({ ...good, aud: 'pk_other' })],
    ['a token for another id', jwt({ ...good, sub: 'u2' })],
    ['a token without an id', jwt({ exp: good.exp })],
    ['a token with more parts', `${jwt(good)}.x`],
    ['a token whose claims were changed', jwt(good).replace(part(good), part({ ...good, name: 'Admin' }))],
    ['a token that is no JSON', `${part('x')}.x.y`],
  ])('%s proves nothing (case V1)', (_, hash, id = 'u1') => {
    expect(proveIdentity(secret, key, { id, hash }, now)).toBeNull();
  });
});
