/** The headers of a mail, by their names in small letters; several of one name in their order. */
export type MailHeaders = ReadonlyMap<string, readonly string[]>;

/** What a mail says of itself before anyone reads it. */
export interface MailNature {
  /** A machine wrote it: a notice of absence, a list, a report. No machine answers it. */
  readonly automatic: boolean;
  /** What received it took it for junk. */
  readonly junk: boolean;
}

const nobody = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notifications?)(?:[+._@-]|$)/i;

/** Tells what kind of mail it is by its headers. */
export function natureOf(headers: MailHeaders, sender: string): MailNature {
  return { automatic: isAutomatic(headers, sender), junk: isJunk(headers) };
}

function isAutomatic(headers: MailHeaders, sender: string): boolean {
  const submitted = first(headers, 'auto-submitted');
  if (submitted !== null && !/^no\b/i.test(submitted)) return true;
  if (/^(?:bulk|list|junk|auto[_-]?reply)\b/i.test(first(headers, 'precedence') ?? '')) return true;
  if (
    ['list-id', 'list-unsubscribe', 'x-autoreply', 'x-autorespond', 'x-autoresponse'].some((name) => headers.has(name))
  )
    return true;
  if (/\b(?:all|oof|autoreply)\b/i.test(first(headers, 'x-auto-response-suppress') ?? '')) return true;
  if ((first(headers, 'return-path') ?? '').replace(/\s/g, '') === '<>') return true;
  if (/^multipart\/report\b/i.test(first(headers, 'content-type') ?? '')) return true;
  return nobody.test(sender);
}

function isJunk(headers: MailHeaders): boolean {
  const says = (name: string, words: RegExp) => (headers.get(name) ?? []).some((value) => words.test(value.trim()));
  return (
    says('x-spam-flag', /^yes\b/i) ||
    says('x-spam-status', /^yes\b/i) ||
    says('x-spam', /^(?:yes|spam)\b/i) ||
    says('x-spamd-result', /^default: true\b/i) ||
    says('x-forefront-antispam-report', /(?:^|;)\s*SFV:SPM\b/i) ||
    says('x-ms-exchange-organization-scl', /^[5-9]$/) ||
    isForged(headers)
  );
}

/**
 * Whether the mail server found that it is not from whom it says, and that the owner of that address wants such mails put
 * aside. The uppermost of these headers is the server's own: whoever writes a mail can add others below. A failure that the
 * owner asks nobody to act on, or that the server overruled, as for mails that a list passed on, says nothing of junk.
 */
function isForged(headers: MailHeaders): boolean {
  const own = first(headers, 'authentication-results') ?? '';
  const [, said] = /\bdmarc=fail\b([^;]*)/i.exec(own) ?? [];
  if (said === undefined) return false;
  const [, done] = /\b(?:dis|action)=(\w+)/i.exec(said) ?? [];
  const [, asked] = /\b(?:p|policy)=(\w+)/i.exec(said) ?? [];
  return /^(?:quarantine|o?reject)$/i.test(done ?? asked ?? '');
}

function first(headers: MailHeaders, name: string): string | null {
  return headers.get(name)?.[0]?.trim() ?? null;
}
