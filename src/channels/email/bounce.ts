import type { MailHeaders } from './mail-nature.js';

/** A report that a mail was not delivered, or not yet. */
export interface Bounce {
  /** Message-IDs that it names; one of them may be ours. */
  readonly names: readonly string[];
  readonly failed: boolean;
  /** As in RFC 3463: `5.1.1`. */
  readonly status: string | null;
}

/** A part of a report, as text. */
export interface ReportPart {
  readonly type: string;
  readonly text: string;
}

const messageId = /<[0-9a-f-]{36}\.[0-9a-f]{32}@[^\s<>@]{1,253}>/gi;
const mostNames = 20;

/** Reads a report of a mail system; null where the mail is none. */
export function bounceIn(
  headers: MailHeaders,
  sender: string,
  text: string,
  parts: readonly ReportPart[],
): Bounce | null {
  const status = parts.find(({ type }) => type === 'message/delivery-status');
  const type = headers.get('content-type')?.[0] ?? '';
  const isReport = status !== undefined && /^multipart\/report\b/i.test(type.trim());
  const returned = (headers.get('return-path')?.[0] ?? '').replace(/\s/g, '') === '<>';
  const fromSystem = /^(?:mailer-daemon|postmaster)@/i.test(sender) && (returned || !headers.has('return-path'));
  if (!isReport && !fromSystem) return null;
  const all = [...parts.map((part) => part.text), ...(isReport ? [] : [text])].join('\n');
  const names = [...new Set(all.match(messageId) ?? [])].slice(0, mostNames);
  if (names.length === 0) return null;
  const action = /^action:\s*([a-z]+)/im.exec(status?.text ?? '')?.[1]?.toLowerCase() ?? 'failed';
  return {
    names,
    failed: action === 'failed',
    status: /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(status?.text ?? '')?.[1] ?? null,
  };
}

/** Why, in words of ours: what a mail system writes may be anything. */
export function bounceWords(status: string | null): string {
  const known = status === null ? undefined : reasons.find(([pattern]) => pattern.test(status))?.[1];
  const number = status === null ? '' : ` (${status})`;
  return `${known ?? 'The mail came back: it could not be delivered'}${number}.`;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^5\.1\.[123]$/, 'The mail came back: there is no such address'],
  [/^\d\.2\.2$/, 'The mail came back: the mailbox is full'],
  [/^5\.2\./, 'The mail came back: the mailbox takes no mails'],
  [/^5\.3\.4$|^5\.2\.3$/, 'The mail came back: it is too large'],
  [/^5\.4\./, 'The mail came back: the server of the address could not be found'],
  [/^4\./, 'The mail came back: it could not be delivered in time'],
  [/^5\.7\./, 'The mail came back: the server of the address refuses mails from this sender'],
];
