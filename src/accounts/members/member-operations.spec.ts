import { MemberOperations } from '../../../test/members/member-operations.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it(`no random member operations leave a workspace without an owner or let a role rise above its giver (SEED=${String(seed)}) [promise 18]`, async () => {
  const operations = await MemberOperations.start(seed);
  try {
    const { wrong, outcomes, together, overtaken } = await operations.run(1_000);
    expect(wrong).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(1_000);
    for (const kind of ['invite', 'accept', 'change', 'remove', 'leave', 'transfer'])
      expect([kind, (outcomes[`${kind} done`] ?? 0) >= 2]).toEqual([kind, true]);
    expect(together).toBeGreaterThan(100);
    expect(overtaken).toBeGreaterThan(100);
  } finally {
    await operations.stop();
  }
}, 60_000);
