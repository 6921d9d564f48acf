import { jest } from '@jest/globals';
import { fetchPart } from './part.js';

const line = { up: true, asked: 0 };

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(line, { up: true, asked: 0 });
  Object.assign(globalThis, {
    fetch: () => {
      line.asked += 1;
      return line.up ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError('no line'));
    },
    addEventListener: (_: string, go: () => void) => waiting.add(go),
    removeEventListener: (_: string, go: () => void) => waiting.delete(go),
  });
});
afterEach(() => jest.useRealTimers());
const waiting = new Set<() => void>();

describe('a part of the page', () => {
  it('that found no line is asked for until there is one, however long that takes', async () => {
    line.up = false;
    let tries = 0;
    const part = fetchPart(() => {
      tries += 1;
      return line.up ? Promise.resolve('part') : Promise.reject(new TypeError('Failed to fetch'));
    });
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(tries).toBeGreaterThan(100);
    line.up = true;
    for (const go of waiting) go();
    expect(await part).toBe('part');
    expect(waiting.size).toBe(0);
  });

  it('that the server does not have any more is told to be gone, and not asked for without end', async () => {
    let tries = 0;
    const told = fetchPart(() => {
      tries += 1;
      return Promise.reject(new TypeError('Failed to fetch'));
    }).catch((error: unknown) => (error as Error).message);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await told).toBe('Failed to fetch');
    expect(tries).toBe(3);
  });
});
