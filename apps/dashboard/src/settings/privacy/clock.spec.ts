import type { TFunction } from 'i18next';
import { clockWords } from './clock.js';

const t = ((key: string, values: Record<string, string> = {}) =>
  `${key} ${Object.values(values).join()}`.trim()) as unknown as TFunction;
const now = Date.parse('2026-06-15T12:00:00Z');
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const open = { status: 'VERIFYING', dueAt: at(20), extendedUntil: null, completedAt: null } as const;

describe('the clock of a privacy request [promise 72]', () => {
  it.each([
    ['far away', open, 'privacy.dueIn 20 days', 'calm'],
    ['near', { ...open, dueAt: at(4) }, 'privacy.dueIn 4 days', 'soon'],
    ['past', { ...open, dueAt: at(-3) }, 'privacy.overdue 3 days', 'over'],
    ['this very moment', { ...open, dueAt: at(0) }, 'privacy.dueNow', 'over'],
    ['past, and extended', { ...open, dueAt: at(-3), extendedUntil: at(9) }, 'privacy.dueIn 9 days', 'calm'],
    ['extended, and past again', { ...open, dueAt: at(-9), extendedUntil: at(-2) }, 'privacy.overdue 2 days', 'over'],
  ] as const)('%s', (_what, request, words, tone) => {
    expect(clockWords(request, now, 'en', t)).toEqual({ words, tone });
  });
  it('stands once it is settled, however late that was', () => {
    const settled = { ...open, status: 'COMPLETED', dueAt: at(-9), completedAt: at(-1) } as const;
    expect(clockWords(settled, now, 'en', t)).toMatchObject({ tone: 'calm' });
    expect(clockWords(settled, now, 'en', t).words).toContain('privacy.settledOn');
  });
});
