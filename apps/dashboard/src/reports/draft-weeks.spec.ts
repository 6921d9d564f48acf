import { shareOf, together, weeksOf } from './draft-weeks.js';

const row = (week: string, accepted: number, edited = 0, discarded = 0) => ({ week, accepted, edited, discarded });

describe('weeks of proposals', () => {
  it('adds up what bots and wordings did, and leaves no week out', () => {
    // Mondays in Istanbul, as the server tells them.
    const rows = [
      row('2026-03-22T21:00:00.000Z', 1),
      row('2026-03-08T21:00:00.000Z', 2, 1),
      row('2026-03-08T21:00:00.000Z', 3, 0, 4),
    ];
    expect(weeksOf(rows, 'Europe/Istanbul')).toEqual([
      { monday: '2026-03-09', accepted: 5, edited: 1, discarded: 4 },
      { monday: '2026-03-16', accepted: 0, edited: 0, discarded: 0 },
      { monday: '2026-03-23', accepted: 1, edited: 0, discarded: 0 },
    ]);
    expect(weeksOf([], 'UTC')).toEqual([]);
  });

  it('meets each Monday where the clocks change between them', () => {
    const rows = [row('2026-03-29T22:00:00.000Z', 1), row('2026-03-22T23:00:00.000Z', 1)];
    expect(weeksOf(rows, 'Europe/Berlin').map(({ monday }) => monday)).toEqual(['2026-03-23', '2026-03-30']);
  });

  it('tells shares of what was decided, and none where nothing was', () => {
    const all = together([row('x', 1, 1), row('y', 1, 0, 1)]);
    expect([shareOf(all, 'accepted'), shareOf(all, 'edited'), shareOf(all, 'discarded')]).toEqual([50, 25, 25]);
    expect(shareOf(together([]), 'accepted')).toBeNull();
  });
});
