import { isApiTokenSecret, newApiTokenSecret } from './api-token-secret.js';

describe('the secret of an API token', () => {
  it('is a prefix, 256 bits and a checksum, never the same', () => {
    const made = Array.from({ length: 500 }, newApiTokenSecret);
    for (const secret of made) expect(secret).toMatch(/^parley_[0-9A-Za-z]{49}$/);
    expect(new Set(made).size).toBe(500);
    expect(made.every(isApiTokenSecret)).toBe(true);
  });

  it('is told from one that was mistyped in any one place', () => {
    const secret = newApiTokenSecret();
    for (let at = 0; at < secret.length; at += 1) {
      const other = secret[at] === 'x' ? 'y' : 'x';
      expect(isApiTokenSecret(`${secret.slice(0, at)}${other}${secret.slice(at + 1)}`)).toBe(false);
    }
    for (const text of ['', 'parley_', secret.slice(0, -1), `${secret}0`, ` ${secret}`, `${secret}\n`]) {
      expect(isApiTokenSecret(text)).toBe(false);
    }
  });
});
