import { MemberOperations } from '../../../test/members/member-operations.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Every answer that the contract has for an operation. */
const answers = [
  'invite done',
  'invite FORBIDDEN',
  'invite NOT_FOUND',
  'invite CONFLICT',
  'invite REAUTHENTICATION_REQUIRED',
  'accept done',
  'accept FORBIDDEN',
  'accept NOT_FOUND',
  'change done',
  'change FORBIDDEN',
  'change NOT_FOUND',
  'change CONFLICT',
  'change REAUTHENTICATION_REQUIRED',
  'remove done',
  'remove FORBIDDEN',
  'remove NOT_FOUND',
  'remove CONFLICT',
  'leave done',
  'leave FORBIDDEN',
  'leave NOT_FOUND',
  'leave CONFLICT',
  'transfer done',
  'transfer FORBIDDEN',
  'transfer NOT_FOUND',
  'transfer BAD_USER_INPUT',
  'transfer REAUTHENTICATION_REQUIRED',
];

it(`no sequence of 10,000 random member operations leaves a workspace without an owner or lets a role rise above its giver (SEED=${String(seed)}) [promise 18]`, async () => {
  const operations = await MemberOperations.start(seed);
  try {
    const { wrong, outcomes, together, overtaken } = await operations.run(10_000);
    process.stdout.write(`SEED=${String(seed)}: ${JSON.stringify({ together, overtaken, outcomes })}\n`);
    expect(wrong).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(Object.keys(outcomes).sort()).toEqual([...answers].sort());
    expect(together).toBeGreaterThan(1_000);
    expect(overtaken).toBeGreaterThan(1_000);
  } finally {
    await operations.stop();
  }
}, 900_000);
