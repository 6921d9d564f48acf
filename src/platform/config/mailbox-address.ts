/** A mailbox that the operator named, and the folder of it that is read. */
export interface MailboxAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}

/** What an address of a mailbox names; null where it names none. */
export function mailboxOf(address: string): MailboxAddress | null {
  const url = URL.parse(address);
  if (url === null || !/^imaps?:$/.test(url.protocol)) return null;
  const secure = url.protocol === 'imaps:';
  try {
    const [user, password, folder] = [url.username, url.password, url.pathname.slice(1)].map(decodeURIComponent);
    if (!user || !password || folder === undefined || url.hostname === '') return null;
    // A line break in one of them could add a command of its own.
    if (/\p{Cc}/u.test(`${user}${password}${folder}`)) return null;
    return {
      host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
      port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
      secure,
      user,
      password,
      folder: folder === '' ? 'INBOX' : folder,
    };
  } catch {
    return null;
  }
}
