import type { Config } from '../config/index.js';

/** What somebody who receives data is used for; each has its words on the published page. */
export type RecipientUse =
  | 'meta'
  | 'telegram'
  | 'line'
  | 'shopify'
  | 'billing'
  | 'files'
  | 'backups'
  | 'journal'
  | 'mail'
  | 'requests'
  | 'push'
  | 'spam'
  | 'model';

/** Somebody beside the operator whom this deployment calls by itself. */
export interface Recipient {
  readonly use: RecipientUse;
  /** The hosts that are called there, `*.` for all below one. */
  readonly hosts: readonly string[];
}

/**
 * Everyone whom the configuration lets the server call: whatever is switched off is not in the list. The published page is
 * made from it, and the one outgoing client calls nobody else, so that neither can say more than the other.
 */
export function recipientsOf(config: Config): readonly Recipient[] {
  const { meta, metaConsent, telegram, line, shopify, openai, environment } = config;
  const { SMTP_URL: mail } = environment;
  const list: Recipient[] = [
    {
      use: 'meta',
      hosts: [...[meta.graphUrl, meta.instagramGraphUrl, metaConsent.instagramApiUrl].map(hostOf), ...meta.mediaHosts],
    },
    { use: 'telegram', hosts: [hostOf(telegram.apiUrl)] },
    { use: 'line', hosts: [hostOf(line.apiUrl), hostOf(line.dataUrl)] },
  ];
  if (shopify !== null) {
    const host = shopify.adminUrl === null ? '*.myshopify.com' : hostOf(shopify.adminUrl);
    // The pretend one is no one's.
    if (!isThisMachine(host)) list.push({ use: 'shopify', hosts: [host] });
  }
  // Nor is a pretended merchant.
  const merchant = config.merchant === null ? null : hostOf(config.merchant.apiUrl);
  if (merchant !== null && !isThisMachine(merchant)) list.push({ use: 'billing', hosts: [merchant] });
  const add = (use: RecipientUse, host: string | undefined) => {
    if (host !== undefined) list.push({ use, hosts: [host] });
  };
  add('files', config.bucket === null ? undefined : hostOf(config.bucket.url));
  add('backups', config.backupBucket === null ? undefined : hostOf(config.backupBucket.url));
  add('journal', config.journalBucket === null ? undefined : hostOf(config.journalBucket.url));
  add('mail', mail === undefined ? undefined : hostOf(mail));
  add('requests', config.privacyMailbox?.host);
  for (const service of config.pushServices) add('push', service.includes('://') ? hostOf(service) : service);
  add('spam', config.turnstile === null ? undefined : hostOf(config.turnstile.verifyUrl));
  if (openai.apiKey !== null && !openai.pretended)
    add('model', openai.baseUrl === null ? 'api.openai.com' : hostOf(openai.baseUrl));
  return list.map(({ use, hosts }) => ({ use, hosts: [...new Set(hosts)] }));
}

/** Those who are one company, whatever its hosts are called. */
const companies: ReadonlySet<RecipientUse> = new Set(['meta', 'telegram', 'line', 'shopify']);

/** Whether somebody is on the list for others to see: known as a company, or elsewhere than on this machine. */
export function isSomebody({ use, hosts }: Recipient): boolean {
  return companies.has(use) || !hosts.every(isThisMachine);
}

/** By what a recipient is known, of which there is one. */
export function nameOf({ use, hosts: [host = ''] }: Recipient): string {
  return companies.has(use) ? use : `${use}:${host}`;
}

/** Whoever is known by that name, without the hosts of a company. */
export function recipientNamed(name: string): Recipient {
  const [use = '', ...host] = name.split(':');
  return { use: use as RecipientUse, hosts: host.length === 0 ? [] : [host.join(':')] };
}

/** Whether a host is one of a list in which `*.` stands for all below one. */
export function isAmong(host: string, hosts: readonly string[]): boolean {
  return hosts.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one));
}

/** Whether a host is the machine itself, which receives nothing that it does not have. */
export function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
