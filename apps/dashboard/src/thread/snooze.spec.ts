import { snoozeChoices } from './snooze.js';

const names = (now: Date) => snoozeChoices(now).map(({ name }) => name);

describe('snoozeChoices', () => {
  it('offers hours, tomorrow and Monday', () => {
    const wednesday = new Date(2026, 0, 7, 15, 0);
    const [hours, tomorrow, monday] = snoozeChoices(wednesday);
    expect(hours?.until).toEqual(new Date(2026, 0, 7, 18, 0));
    expect(tomorrow?.until).toEqual(new Date(2026, 0, 8, 9, 0));
    expect(monday?.until).toEqual(new Date(2026, 0, 12, 9, 0));
  });

  it('does not name Monday twice on a Sunday, and means the next one on a Monday', () => {
    expect(names(new Date(2026, 0, 11, 15, 0))).toEqual(['hours', 'tomorrow']);
    expect(snoozeChoices(new Date(2026, 0, 12, 15, 0))[2]?.until).toEqual(new Date(2026, 0, 19, 9, 0));
  });
});
