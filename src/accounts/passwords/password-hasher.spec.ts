import { readFileSync, readdirSync } from 'node:fs';
import { Config, readEnvironment } from '../../platform/config/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { HashGate } from './hash-gate.js';
import { HashThreads } from './hash-threads.js';
import { PasswordHasher } from './password-hasher.js';

const secrets = {
  encryptionKeys: '',
  passwordPepper: 'the pepper of one deployment',
  metaVerifyToken: '',
  sandboxAppSecret: '',
  vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};
const threads = new HashThreads();
afterAll(() => threads.onApplicationShutdown());
const hasher = (cost = 4, pepper = secrets.passwordPepper) =>
  new PasswordHasher(
    new Config(readEnvironment({ NODE_ENV: 'test' }), { ...secrets, passwordPepper: pepper }, '', null),
    new HashGate(),
    threads,
    cost,
  );
const nothing = async () => undefined;

describe('passwords', () => {
  const long = 'a'.repeat(72);
  it.each([
    ['bytes after the 72nd', `${long}1`, `${long}2`],
    ['what follows a NUL', 'correct\u0000horse', 'correct\u0000house'],
    ['the Unicode form', 'caf\u00e9 au lait', 'cafe\u0301 au lait'],
    ['spaces at the end', 'correct horse', 'correct horse '],
    ['case', 'correct horse', 'Correct horse'],
  ])('differ by %s (case A3)', async (_, one, other) => {
    const hash = await hasher().hash(one);
    expect(await hasher().verify(one, hash, nothing)).toBe(true);
    expect(await hasher().verify(other, hash, nothing)).toBe(false);
  });

  it('are worth nothing to whoever has the table and not the pepper', async () => {
    const hash = await hasher().hash('correct horse');
    expect(await hasher(4, 'the pepper of another deployment').verify('correct horse', hash, nothing)).toBe(false);
  });

  it('have 10 to 1024 characters, whatever these are', () => {
    const refusal = (password: string): unknown => {
      try {
        hasher().check(password, 'password');
        return null;
      } catch (error) {
        return error;
      }
    };
    expect(refusal('🔑'.repeat(9))).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'password' });
    expect(refusal('a'.repeat(1025))).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'password' });
    expect(refusal(`correct ${'\ud800'} horse`)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'password' });
    for (const fine of ['🔑🐎🔋📎🦔🍋🚲🌊🎈🧵', ' a b c d e', 'a'.repeat(1023) + 'b', `${'\u0000'.repeat(9)}x`])
      expect(refusal(fine)).toBeNull();
  });

  it('are checked for as long where nobody has the address (case A1)', async () => {
    const slow = hasher(9);
    const hash = await slow.hash('correct horse');
    const time = async (known: string | null): Promise<number> => {
      const began = process.hrtime.bigint();
      expect(await slow.verify('a wrong one', known, nothing)).toBe(false);
      return Number(process.hrtime.bigint() - began);
    };
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let n = 0; n < 9; n += 1) {
      times.known.push(await time(hash));
      times.unknown.push(await time(null));
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[4] ?? 0;
    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('the threads that hash', () => {
  const lowest = () =>
    readdirSync('/proc/self/task').filter((thread) => {
      const words = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return words[16] === '19';
    });

  it('come after everything else that the machine does (case A4), and are made once for each hash at a time', async () => {
    const own = new HashThreads();
    const before = lowest().length;
    for (let round = 0; round < 3; round += 1) {
      const [hash] = await Promise.all([own.hash('correct horse', 4), own.hash('correct house', 4)]);
      expect(await own.compare('correct horse', hash)).toBe(true);
    }
    expect(lowest()).toHaveLength(before + 2);
    await own.onApplicationShutdown();
    expect(lowest()).toHaveLength(before);
  });

  it('say what is no hash, and go on', async () => {
    await expect(threads.compare('x', undefined as never)).rejects.toThrow();
    expect(await threads.compare('x', 'not a hash')).toBe(false);
    expect(await threads.compare('correct horse', await threads.hash('correct horse', 4))).toBe(true);
  });
});

describe('the gate in front of the hashing', () => {
  it('runs two at a time, lets twenty wait and turns the rest away (case A4)', async () => {
    const gate = new HashGate();
    const open: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const calls = Array.from({ length: 30 }, () =>
      gate
        .run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise<void>((resolve) => open.push(resolve));
          running -= 1;
          return 'hashed';
        })
        .catch((error: unknown) => error),
    );
    for (let n = 0; n < 22; n += 1) {
      while (open.length === 0) await new Promise((resolve) => setImmediate(resolve));
      open.shift()?.();
    }
    const outcomes = await Promise.all(calls);
    expect(most).toBe(2);
    expect(outcomes.filter((outcome) => outcome === 'hashed')).toHaveLength(22);
    const refused = outcomes.filter((outcome) => outcome !== 'hashed');
    expect(refused).toHaveLength(8);
    for (const refusal of refused)
      expect(refusal).toMatchObject({ code: ErrorCode.RATE_LIMITED, retryAfter: expect.any(Number) });
  });

  it('goes on after work that failed', async () => {
    const gate = new HashGate();
    const failing = Array.from({ length: 5 }, () =>
      gate.run(async () => Promise.reject(new Error('no'))).catch(() => 'failed'),
    );
    expect(await Promise.all(failing)).toEqual(Array(5).fill('failed'));
    expect(await gate.run(async () => 'hashed')).toBe('hashed');
  });
});
