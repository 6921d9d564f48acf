import { crowding } from '../support/crowding.js';
import { BadWebhooks } from './bad-webhooks.js';
import { isReason, sendMutations } from './webhook-bodies.js';
import { costly } from './webhook-edges.js';

const mutations = 4_000;
/** Milliseconds for which the event loop may stand still (case B4). */
const mostDelay = 200;

describe('four thousand signed webhooks whose bodies are not as documented (cases B1 to B7)', () => {
  let bad: BadWebhooks;
  beforeAll(async () => {
    bad = await BadWebhooks.start();
  }, 60_000);
  afterAll(() => bad.stop());

  /** The longest that the event loop stood still, of five times at most: what others do on the machine is not meant. */
  async function leastDelay(body: Buffer): Promise<number> {
    let least = Infinity;
    for (let tries = 0; tries < 5 && least > mostDelay; tries += 1) {
      const before = crowding();
      await bad.loopDelay();
      await bad.post(body);
      await bad.settled();
      least = Math.min(least, (await bad.loopDelay()).max / Math.max(before, crowding()));
    }
    return least;
  }

  it('come to an end, each, and hold nobody else up', async () => {
    const tally = await sendMutations(bad, mutations);
    const reasons = [...tally.reasons].map(([reason, n]) => `${String(n).padStart(6)}  ${reason}`).join('\n');
    const counts = JSON.stringify({ seed: tally.seed, sent: tally.sent, messages: tally.messages, ...tally.outcomes });
    const delay = `p99 ${tally.delay.p99.toFixed(0)} ms, longest ${tally.delay.max.toFixed(0)} ms`;
    console.log(`${counts}\nevent loop: ${delay}\n${reasons}`);
    expect(tally.refused).toEqual([]);
    expect(tally.malformed).toEqual([]);
    expect(tally.isUp).toBe(true);
    expect([...tally.reasons.keys()].filter((reason) => !isReason(reason))).toEqual([]);
    expect(tally.outcomes['applied']).toBeGreaterThan(mutations / 8);
    expect(tally.delay.p99).toBeLessThan(mostDelay);
  }, 900_000);

  it('nor do those that are made to cost much, one after the other', async () => {
    const longest: string[] = [];
    const tooLong: string[] = [];
    for (const [what, { body }] of Object.entries(costly)) {
      const delay = await leastDelay(body());
      longest.push(`${delay.toFixed(0).padStart(6)} ms  ${what}`);
      if (delay > mostDelay) tooLong.push(what);
    }
    console.log(longest.join('\n'));
    expect(tooLong).toEqual([]);
    expect(await bad.isUp()).toBe(true);
  }, 300_000);
});
