import { PoolUnderTest } from './pool-run.js';

const operations = 1_000_000;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it(`T4 G4: in a million interleaved operations no workspace sees another's row (SEED=${String(seed)}) [promise 23]`, async () => {
  const pool = await PoolUnderTest.start();
  try {
    const { wrong, outcomes } = await pool.run(operations, seed);
    console.log(`SEED=${String(seed)}: ${JSON.stringify(outcomes)}`);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(operations);
    for (const [outcome, count] of Object.entries(outcomes)) expect([outcome, count > 500]).toEqual([outcome, true]);
  } finally {
    await pool.stop();
  }
}, 3_000_000);
