import { isIP } from 'node:net';
import type { Config } from '../../platform/config/index.js';
import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { isPublicAddress } from '../../platform/http/index.js';
import { type WebhookEvent, webhookEvents } from './webhook-events.js';

const longest = 2_000;

/**
 * The address of a system of the business: public and encrypted, or a host that the operator allowed (AI_ALLOWED_HOSTS). A name
 * is looked up when it is called, and refused there where it leads inside.
 */
export function checkEndpointUrl(text: string, config: Config): string {
  const url = text.length > longest ? null : URL.parse(cleanInput(text));
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw badInput('url', 'Give an address that begins with https://, of at most 2,000 characters.', 'WEBHOOK_ADDRESS');
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw badInput('url', 'Leave out passwords and # in the address; each call is signed.', 'WEBHOOK_ADDRESS_PARTS');
  const { allowedHosts } = config.openai;
  if (allowedHosts.includes(url.host) || allowedHosts.includes(url.hostname)) return url.href;
  if (url.protocol === 'http:')
    throw badInput(
      'url',
      'The address has to begin with https://: what it is told would travel in the open.',
      'WEBHOOK_OPEN',
    );
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const inside =
    isIP(name) === 0
      ? /(?:^|\.)(?:localhost|local|internal|lan|home|corp|test|invalid)\.?$/i.test(name) || !name.includes('.')
      : !isPublicAddress(name);
  // What the operator's own configuration reaches is no concern of a workspace.
  if (inside || config.operatorOrigins.includes(url.origin))
    throw badInput(
      'url',
      'This is not an address of the public internet. The operator can allow it with AI_ALLOWED_HOSTS.',
      'WEBHOOK_PRIVATE',
    );
  return url.href;
}

/** What an endpoint is to be told of: at least one thing, and things that there are. */
export function checkEvents(events: readonly string[]): readonly WebhookEvent[] {
  const chosen = webhookEvents.filter((event) => events.includes(event));
  if (chosen.length === 0 || events.some((event) => !webhookEvents.includes(event as WebhookEvent)))
    throw badInput('events', `Choose at least one of ${webhookEvents.join(', ')}, and nothing else.`, 'WEBHOOK_EVENTS');
  return chosen;
}
