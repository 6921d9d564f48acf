import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Readiness } from './readiness.js';

/** What a process does when it is asked to stop: does it leave at once, or is it still there a turn later? */
async function afterAsking(times: number): Promise<{ first: string; left: Promise<void>; readiness: Readiness }> {
  const readiness = new Readiness();
  for (let ask = 0; ask < times; ask += 1) {
    if (ask > 0) await sleep(40);
    readiness.asked();
  }
  const left = readiness.leave();
  const first = await Promise.race([left.then(() => 'has left'), turn().then(() => 'is still there')]);
  return { first, left, readiness };
}

describe('a process that stops', () => {
  it.each([0, 1])('leaves at once where nobody watches (asked %d times)', async (times) => {
    const { first, readiness } = await afterAsking(times);
    expect(first).toBe('has left');
    expect(readiness.stopping).toBe(true);
  });

  it('gives who watches it time to hear that it stops, and then leaves', async () => {
    const { first, left, readiness } = await afterAsking(3);
    expect(first).toBe('is still there');
    expect(readiness.stopping).toBe(true);
    await left;
  });
});
