import type { TFunction } from 'i18next';
import type { PrivacyRowFragment } from '../../api/documents.js';
import { fullDate, spanUntil, spanWords } from '../../ui/time.js';
import { isOpen } from './queue-filter.js';

const soonDays = 5;
const day = 86_400_000;

/** How a request stands against its clock. */
export interface ClockWords {
  readonly words: string;
  readonly tone: 'over' | 'soon' | 'calm';
}
type Clocked = Pick<PrivacyRowFragment, 'status' | 'dueAt' | 'extendedUntil' | 'completedAt'>;

/** By when it has to be answered, or since when it should have been, as it is from where the clock stands now. */
export function clockWords(request: Clocked, now: number, language: string, t: TFunction): ClockWords {
  const { completedAt, dueAt, extendedUntil } = request;
  if (!isOpen(request)) {
    const time = completedAt === null ? '' : fullDate(completedAt, language);
    return { words: t('privacy.settledOn', { time }), tone: 'calm' };
  }
  const until = extendedUntil ?? dueAt;
  const ahead = spanUntil(until, now);
  if (ahead !== null) {
    const words = t('privacy.dueIn', { span: spanWords(ahead, language) });
    return { words, tone: Date.parse(until) - now <= soonDays * day ? 'soon' : 'calm' };
  }
  const behind = spanUntil(new Date(now).toISOString(), Date.parse(until));
  const words = behind === null ? t('privacy.dueNow') : t('privacy.overdue', { span: spanWords(behind, language) });
  return { words, tone: 'over' };
}
