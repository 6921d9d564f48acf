import { fold } from '../ui/fold.js';
import { noFilters, statuses, type InboxFilters } from '../inbox/filters.js';

interface NamedChannel {
  id: string;
  name: string;
  kind: string;
}

/** What was typed, taken apart: the words to look for, and what the conversations have to be. */
export interface ParsedSearch {
  words: string;
  filters: InboxFilters;
  /** Whether anything but words was said. */
  narrowed: boolean;
}

const flags = ['unread', 'spam', 'mentioned', 'drafted'] as const;

/**
 * Reads `is:open`, `is:unread`, `is:mine`, `is:unassigned`, `tag:vip`, `in:whatsapp` or `in:"Demo Shop"` out of what was typed.
 * What is not known so stays a word to look for.
 */
export function parseSearch(typed: string, channels: readonly NamedChannel[]): ParsedSearch {
  let filters: InboxFilters = noFilters;
  let narrowed = false;
  const words = typed.replace(/(?<=^|\s)(is|in|tag):(?:"([^"]*)"|(\S+))/giu, (whole, name: string, quoted, bare) => {
    const value = String(quoted ?? bare);
    const next = narrow(filters, name.toLowerCase(), value, channels);
    if (!next) return whole;
    filters = next;
    narrowed = true;
    return '';
  });
  return { words: words.replace(/\s+/gu, ' ').trim(), filters, narrowed };
}

function narrow(
  filters: InboxFilters,
  name: string,
  value: string,
  channels: readonly NamedChannel[],
): InboxFilters | null {
  if (name === 'tag') return value ? { ...filters, tag: value } : null;
  if (name === 'in') {
    const wanted = fold(value);
    const found = channels.filter(
      (channel) =>
        fold(channel.name) === wanted || fold(channel.kind.replaceAll('_', '')) === wanted.replace(/\W/gu, ''),
    );
    return found.length ? { ...filters, channels: [...filters.channels, ...found.map(({ id }) => id)] } : null;
  }
  const wanted = fold(value);
  const status = statuses.find((one) => one.toLowerCase() === wanted);
  if (status) return { ...filters, status: [...filters.status, status] };
  const flag = flags.find((one) => one === wanted);
  if (flag) return { ...filters, [flag]: true };
  if (wanted === 'mine') return { ...filters, assignee: 'me' };
  if (wanted === 'unassigned') return { ...filters, assignee: 'none' };
  return null;
}
