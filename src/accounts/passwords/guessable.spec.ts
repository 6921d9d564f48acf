import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Config, readEnvironment } from '../../platform/config/index.js';
import { guessable } from './guessable.js';
import { RefusedPasswords } from './refused-passwords.js';

describe('a password that others would try', () => {
  it.each([
    ['aaaaaaaaaa', 'repeats'],
    ['1212121212', 'repeats'],
    ['abcabcabcabc', 'repeats'],
    ['ASDFASDFASDF', 'repeats'],
    ['1234567890', 'digits'],
    ['05321234567', 'digits'],
    ['01.02.1990', 'digits'],
    ['qwertyuiop', 'runs'],
    ['QWERTY12345', 'runs'],
    ['0987654321qwerty', 'runs'],
    ['1q2w3e4r5t', 'runs'],
    ['zxcvbnm,./'.slice(0, 7) + 'asdfghjkl', 'runs'],
    ['password123', 'common'],
    ['Password2024!', 'common'],
    ['P@ssw0rd2024', 'common'],
    ['!!Passw0rd!!', 'common'],
    ['iloveyou1234', 'common'],
    ['Welcome2026!', 'common'],
    ['letmein-letmein', 'common'],
    ['adminadmin1', 'common'],
    ['Summer2026!!', 'common'],
    ['galatasaray1905', 'common'],
    ['Fenerbahçe1907', 'common'],
    ['şifre123456', 'common'],
    ['seniseviyorum', 'common'],
    ['correct horse battery staple', 'common'],
    ['ParleyParley1', 'common'],
  ])('%s: %s', (password, weakness) => {
    expect(guessable(password)).toBe(weakness);
  });

  it.each([
    ['adalovelace1815', ['ada.lovelace@example.com', 'Ada Lovelace']],
    ['Lovelace!!1815', ['ada.lovelace@example.com', 'Ada Lovelace']],
    ['ada.lovelace', ['ada.lovelace@example.com', 'Ada Lovelace']],
    ['3ngines-Engines', ['x@example.com', 'Ada', 'Engines']],
    ['ada.lovelace@example.com', ['ada.lovelace@example.com', 'Ada Lovelace']],
  ])('%s, of %j', (password, about) => {
    expect(guessable(password, about)).toBe('personal');
    expect(guessable(password)).toBeNull();
  });

  it.each([
    'correct horse battery',
    'a long enough password',
    'uzun bir parola',
    'tavuk dört mavi bisiklet',
    'k3J9x!pQz7',
    'my password is not this one',
    '3141592653589793238',
    'pack my box with five dozen jugs',
    'adanowhere-lovely',
  ])('%s is none', (password) => {
    expect(guessable(password, ['ada@example.com', 'Ada', 'Engines'])).toBeNull();
  });

  it('is looked at in no time, however long it is', () => {
    for (const text of [
      'a1'.repeat(511) + 'b',
      'abc'.repeat(340) + 'x',
      `${'password'.repeat(127)}q`,
      'ş'.repeat(1_000) + 'x',
    ])
      expect(['repeats', 'runs', 'common', null]).toContain(guessable(text, ['a'.repeat(254), 'b'.repeat(100)]));
  });

  it("may be on the operator's own list", async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'parley-refused-'));
    await writeFile(path.join(dataDir, 'refused-passwords.txt'), 'stolen from somewhere\r\nand another one\n');
    const config = new Config(readEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir }), {} as never, '', null);
    const refused = RefusedPasswords.of(config);
    expect(() => refused.check('stolen from somewhere', 'password', [])).toThrow('is known to whoever tries');
    expect(() => refused.check('and another one', 'password', [])).toThrow('is known to whoever tries');
    expect(() => refused.check('a third one of these', 'password', [])).not.toThrow();
    // What was stolen from many and published needs no list of one's own.
    for (const stolen of ['vsjasnel12', 'rjirfrgbde', 'UnderTaker'])
      expect(() => refused.check(stolen, 'password', [])).toThrow('is known to whoever tries');
  });
});
