import { LeadStatus } from '../enums.js';
import { folded } from './column-targets.js';

const statuses: Readonly<Record<LeadStatus, readonly string[]>> = {
  [LeadStatus.NEW]: ['new', 'open', 'yeni', 'acik', 'جديد'],
  [LeadStatus.CONTACTED]: ['contacted', 'iletisimkuruldu', 'arandi', 'ulasildi', 'تمالتواصل'],
  [LeadStatus.QUALIFIED]: ['qualified', 'nitelikli', 'uygun', 'مؤهل'],
  [LeadStatus.WON]: ['won', 'customer', 'converted', 'kazanildi', 'musteri', 'مكسب'],
  [LeadStatus.LOST]: ['lost', 'unqualified', 'kaybedildi', 'olumsuz', 'خسارة'],
};
const yes = new Set(['yes', 'y', 'true', '1', 'x', 'evet', 'var', 'dogru', 'نعم']);
const no = new Set(['no', 'n', 'false', '0', 'hayir', 'yok', 'yanlis', 'لا']);

/** A state as people write it; null for what is none. */
export function statusIn(text: string): LeadStatus | null {
  const word = folded(text);
  return Object.values(LeadStatus).find((status) => statuses[status].includes(word)) ?? null;
}

/** Yes or no as people write it; null for what is neither. */
export function yesNoIn(text: string): boolean | null {
  const word = folded(text);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}

/** A number with a point or a comma before its decimals; null for what is none, or could be two. */
export function numberIn(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0]/g, '');
  if (!/^[+-]?\d{1,15}(?:[.,]\d{1,10})?$/.test(plain)) return null;
  return Number(plain.replace(',', '.'));
}

/** A day as 2026-05-31; the day stands before the month where points or slashes part them. Null for a day that there is not. */
export function dayIn(text: string): string | null {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
  const european = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  const [year, month, day] = iso?.slice(1) ?? european?.slice(1).reverse() ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
}

/** A moment that is over: a day, or a day with a time of the clock, in UTC where nothing else is said. */
export function momentIn(text: string, now = Date.now()): Date | null {
  const day = dayIn(text.split(/[T ]/)[0] ?? '');
  if (day === null) return null;
  const clock = /^\S+?[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (clock === null && text !== text.split(/[T ]/)[0]) return null;
  const [, hour = '00', minute = '00', second = '00', zone = 'Z'] = clock ?? [];
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const at = new Date(`${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`);
  return Number.isNaN(at.getTime()) || at.getTime() > now || at.getUTCFullYear() < 1970 ? null : at;
}
