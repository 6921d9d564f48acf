import { isIP } from 'node:net';
import type { Config } from '../../../platform/config/index.js';
import { badInput } from '../../../platform/errors/index.js';
import { isPublicAddress } from '../../../platform/http/index.js';

const longest = 2_000;

/**
 * The address of a page that a workspace names as its knowledge: public, or a host that the operator allowed
 * (AI_ALLOWED_HOSTS). What the operator's own configuration reaches is no concern of a workspace.
 */
export function checkPageUrl(text: string, config: Config): string {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || text.length > longest)
    throw badInput(
      'url',
      'Give an address that begins with https://, such as https://shop.example/returns.',
      'PAGE_ADDRESS',
    );
  if (url.username !== '' || url.password !== '')
    throw badInput(
      'url',
      'Leave names and passwords out of the address: a page has to be one that everybody can open.',
      'PAGE_ADDRESS_PARTS',
    );
  if (!mayBeRead(url, config))
    throw badInput(
      'url',
      'This is not an address of the public internet. The operator can allow it with AI_ALLOWED_HOSTS.',
      'PAGE_ADDRESS_PRIVATE',
    );
  url.hash = '';
  return url.href;
}

/** Whether an address is one that a workspace may have read; names are looked up when they are called. */
export function mayBeRead(url: URL, config: Config): boolean {
  const { allowedHosts } = config.openai;
  if (allowedHosts.includes(url.host) || allowedHosts.includes(url.hostname)) return true;
  if (config.operatorOrigins.includes(url.origin)) return false;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0) return isPublicAddress(name);
  return name.includes('.') && !/(?:^|\.)(?:localhost|local|internal|lan|home|corp|test|invalid)\.?$/i.test(name);
}

/** Whether two addresses are of one site: the same host, with or without its www, at the same port. */
export function isSameSite(one: URL, other: URL): boolean {
  const site = ({ hostname, port }: URL) => `${hostname.replace(/^www\./, '')}:${port}`;
  return site(one) === site(other);
}
