import { domainToASCII } from 'node:url';

/** The most domains that one chat may name. */
export const maxDomains = 50;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const address = /^\d+\.\d+\.\d+\.\d+$/;

interface Rule {
  /** Null: any host below `host`, at however many labels. */
  readonly below: boolean;
  readonly host: string;
  /** Empty: the usual port of https; on this machine any. */
  readonly port: string;
}

/**
 * A domain as a person gives it, in the one form that is stored: `example.com`, `*.example.com`, `example.com:8443`,
 * `localhost:5173`. Null for what is none, or would allow more than one site by mistake (`*`, `*.com`, a path, http).
 */
export function parseDomain(given: string): string | null {
  const text = given.trim().toLowerCase();
  const [, scheme = '', wildcard = '', rest = ''] = /^(https?:\/\/)?(\*\.)?([^/]*)\/?$/.exec(text) ?? [];
  const [, name = '', port = ''] = /^(\[::1\]|[^:@?#\\%\s[\]]+)(?::(\d{1,5}))?$/.exec(rest) ?? [];
  if (name === '' || Number(port) > 65_535 || (port !== '' && Number(port) === 0)) return null;
  const host = loopback.has(name) ? name : domainToASCII(name);
  const local = loopback.has(host);
  // Whatever is sent in clear can be changed on its way: another could then speak as the site.
  if (scheme === 'http://' && !local) return null;
  if (!local && !isName(host)) return null;
  if (wildcard !== '' && (local || host.split('.').length < 2)) return null;
  const shown = port === '' || (port === '443' && !local) ? host : `${host}:${String(Number(port))}`;
  return `${wildcard}${shown}`;
}

/**
 * Whether a page of this Origin may show the chat. The Origin is taken as browsers write it, to the letter: what is
 * written in another way was not written by one.
 */
export function isAllowedOrigin(domains: readonly string[], origin: string | undefined): boolean {
  if (origin === undefined || origin === 'null') return false;
  const url = URL.parse(origin);
  if (url === null || url.origin !== origin) return false;
  const local = loopback.has(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) return false;
  return domains.some((domain) => fits(ruleOf(domain), url.hostname, url.port, local));
}

/**
 * Schemes under which native apps load the pages of their web views. A page of the web has none of these, whatever it
 * claims; `null` is what a web view says of a file, and a sandboxed frame of itself.
 */
const appSchemes = ['file', 'app', 'capacitor', 'ionic', 'tauri'];

/** Whether an Origin is that of an app's own page. */
export function isAppOrigin(origin: string | undefined): boolean {
  return origin === 'null' || appSchemes.some((scheme) => origin?.startsWith(`${scheme}://`) ?? false);
}

/** What may frame the chat, as the policy of its page says it. */
export function frameAncestors(domains: readonly string[], apps: boolean): string {
  const sources = domains.flatMap((domain) => {
    const { host, port } = ruleOf(domain);
    if (!loopback.has(host)) return [`https://${domain}`];
    const place = `${host}:${port === '' ? '*' : port}`;
    // A policy has no form for an address of six groups.
    return host === '[::1]' ? [] : [`http://${place}`, `https://${place}`];
  });
  if (apps) sources.push(...appSchemes.map((scheme) => `${scheme}:`));
  return sources.length === 0 ? "'none'" : sources.join(' ');
}

function ruleOf(domain: string): Rule {
  const below = domain.startsWith('*.');
  const [, host = '', port = ''] = /^(?:\*\.)?(\[::1\]|[^:]+)(?::(\d+))?$/.exec(domain) ?? [];
  return { below, host, port };
}

function fits(rule: Rule, hostname: string, port: string, local: boolean): boolean {
  // No name begins with a dot, or has two in a row; some parsers of addresses think otherwise.
  const isBelow = hostname.endsWith(`.${rule.host}`) && !hostname.split('.').includes('');
  const host = rule.below ? isBelow : hostname === rule.host;
  return host && (port === rule.port || (local && rule.port === ''));
}

/** Whether it is the name of a host that has a place on the internet: no address, no single word. */
function isName(host: string): boolean {
  const labels = host.split('.');
  return host.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part)) && !address.test(host);
}
