import { domainToASCII } from 'node:url';
import { isIP } from 'node:net';
import { refusal } from '../connect/refusal.js';

/** A mail server with the way to sign in there. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection is changed to TLS before anything is said. */
  readonly secure: boolean;
  readonly user: string;
  /** Empty: mails are handed over without signing in, as a server inside the walls may want it. */
  readonly password: string;
}

/** What a channel keeps as its token: both servers, as they were given. */
export interface MailAccess {
  readonly imap: MailServer;
  readonly smtp: MailServer;
}

interface Scheme {
  readonly secure: boolean;
  readonly port: number;
}

export type MailProtocol = 'imap' | 'smtp';

const schemes: Readonly<Record<MailProtocol, Readonly<Record<string, Scheme>>>> = {
  imap: { 'imaps:': { secure: true, port: 993 }, 'imap:': { secure: false, port: 143 } },
  smtp: { 'smtps:': { secure: true, port: 465 }, 'smtp:': { secure: false, port: 587 } },
};

/** Ports at which mail servers are. Others are refused, so that nobody looks through this server for what else listens where. */
const mailPorts: Readonly<Record<MailProtocol, readonly number[]>> = {
  imap: [143, 993],
  smtp: [25, 465, 587, 2525],
};

const fields = { imap: 'imapUrl', smtp: 'smtpUrl' } as const;
const examples = { imap: 'imaps://name:password@imap.example.com', smtp: 'smtps://name:password@smtp.example.com' };
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const mostPassword = 1_000;

/** The field of the input that names a server. */
export function fieldOf(protocol: MailProtocol): 'imapUrl' | 'smtpUrl' {
  return fields[protocol];
}

/** Reads such an address; refuses what is none, in words that do not repeat the password. */
export function mailServer(
  protocol: MailProtocol,
  text: string,
  address: string,
  allowed: readonly string[],
): MailServer {
  const field = fields[protocol];
  const url = URL.parse(text.trim());
  const scheme = url === null ? undefined : schemes[protocol][url.protocol];
  if (url === null || scheme === undefined)
    throw refusal('MAIL_SERVER_MALFORMED', { field, values: { example: examples[protocol] } });
  const host = hostOf(url);
  if (host === null) throw refusal('MAIL_HOST_MALFORMED', { field });
  const port = url.port === '' ? scheme.port : Number(url.port);
  const server = {
    host,
    port,
    secure: scheme.secure,
    user: part(field, url.username) || address,
    password: part(field, url.password),
  };
  const named = isAllowed(server, allowed);
  if (!named && !mailPorts[protocol].includes(port))
    throw refusal('MAIL_PORT', { field, values: { ports: mailPorts[protocol].join(', ') } });
  if (server.password === '' && !(named && protocol === 'smtp'))
    throw refusal('MAIL_PASSWORD_MISSING', { field, values: { example: examples[protocol] } });
  return server;
}

/** Whether the operator said that this server may be reached though it is not public, or has no TLS. */
export function isAllowed({ host, port }: Pick<MailServer, 'host' | 'port'>, allowed: readonly string[]): boolean {
  return allowed.includes(host) || allowed.includes(`${host}:${String(port)}`);
}

/** Where the servers are, for people and for the record of token uses. */
export function nameOf({ host, port }: Pick<MailServer, 'host' | 'port'>): string {
  return `${host}:${String(port)}`;
}

/** The servers of a channel that was stored. */
export function mailAccess(token: string): MailAccess {
  return JSON.parse(token) as MailAccess;
}

function hostOf(url: URL): string | null {
  const given = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(given) !== 0) return given;
  let plain: string;
  try {
    plain = decodeURIComponent(given);
  } catch {
    return null;
  }
  const ascii = domainToASCII(plain).toLowerCase();
  return hostName.test(ascii) ? ascii : null;
}

/** A name or password out of an address: a line break in it could add a command of its own. */
function part(field: string, encoded: string): string {
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    throw refusal('MAIL_PERCENT', { field });
  }
  if (/\p{Cc}/u.test(text) || text.length > mostPassword) throw refusal('MAIL_CHARACTERS', { field });
  return text;
}
