import { appSecretProof, isSignedByMeta } from './signature.js';
import { isSameSecret } from '../wire/same-secret.js';

// The vectors of the platform's documentation: é and friends arrive as six ASCII characters.
const body = Buffer.from(
  String.raw`{"object":"page","entry":[{"id":"900000000000001","time":1790000000000,"messaging":[{"sender":{"id":"7100000000000001"},"recipient":{"id":"900000000000001"},"timestamp":1790000000000,"message":{"mid":"m_test1","text":"\u00fcr\u00fcn"}}]}]}`,
);
const header = 'sha256=cc9ac466ae8aa535726c01fa29da05b8a59c1dfc61f524423d66900351056924';
const secrets = ['test-app-secret'];

describe('the signature of a webhook', () => {
  it('is accepted over the very bytes', () => {
    expect(isSignedByMeta(body, header, secrets)).toBe(true);
    expect(isSignedByMeta(body, header, ['another', 'test-app-secret'])).toBe(true);
  });

  it('is refused over the same JSON written in other bytes', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(rewritten.equals(body)).toBe(false);
    expect(isSignedByMeta(rewritten, header, secrets)).toBe(false);
  });

  it('is refused after every one-bit change of the signature and many of the body', () => {
    let tried = 0;
    const digest = Buffer.from(header.slice('sha256='.length), 'hex');
    for (let bit = 0; bit < digest.length * 8; bit += 1) {
      const changed = Buffer.from(digest);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(isSignedByMeta(body, `sha256=${changed.toString('hex')}`, secrets)).toBe(false);
      tried += 1;
    }
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      const changed = Buffer.from(body);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(isSignedByMeta(changed, header, secrets)).toBe(false);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(1_000);
  });

  it.each([
    ['missing', undefined],
    ['repeated, as an array', [header, header]],
    ['repeated, as Node joins it', `${header}, ${header}`],
    ['cut', header.slice(0, -1)],
    ['longer', `${header}0`],
    ['of SHA-1', 'sha1=cc9ac466ae8aa535726c01fa29da05b8a59c1dfc'],
    ['without its name', header.slice('sha256='.length)],
    ['empty', ''],
    ['not text', 7],
  ])('is refused where the header is %s', (_, given) => {
    expect(isSignedByMeta(body, given, secrets)).toBe(false);
  });

  it('is refused where no secret is configured, and of another app', () => {
    expect(isSignedByMeta(body, header, [])).toBe(false);
    expect(isSignedByMeta(body, header, ['test-app-secre'])).toBe(false);
  });
});

describe('the proof of a call', () => {
  it('is the documented one', () => {
    expect(appSecretProof('EAATESTTOKEN', 'test-app-secret')).toBe(
      'ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2',
    );
  });
});

describe('the verify token', () => {
  it.each([
    ['word', true],
    ['wor', false],
    ['', false],
    [undefined, false],
    [['word'], false],
  ])('%p is %p', (given, same) => {
    expect(isSameSecret(given, 'word')).toBe(same);
  });
});
