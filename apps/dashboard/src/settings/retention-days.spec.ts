import { isShorter, type RetentionDays } from './retention-days.js';

const was: RetentionDays = { conversationsDays: null, aiRunsDays: 90, auditDays: 365 };

describe('a shorter time', () => {
  it.each([
    [{}, false],
    [{ conversationsDays: 365 }, true],
    [{ aiRunsDays: 30 }, true],
    [{ aiRunsDays: 365, auditDays: 364 }, true],
    [{ aiRunsDays: 365, auditDays: 3_653 }, false],
  ])('%j', (change, shorter) => expect(isShorter(was, { ...was, ...change })).toBe(shorter));

  it('is none where what had an end is kept for ever', () => {
    expect(isShorter({ ...was, conversationsDays: 30 }, was)).toBe(false);
  });
});
