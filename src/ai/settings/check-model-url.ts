import { isIP } from 'node:net';
import type { Config } from '../../platform/config/index.js';
import { badInput } from '../../platform/errors/index.js';
import { isPublicAddress } from '../../platform/http/index.js';

/**
 * The address of a workspace's own model server: public, or a host that the operator allowed (AI_ALLOWED_HOSTS). What
 * the operator's own configuration reaches is no concern of a workspace. Names are looked up when they are called.
 */
export function checkModelUrl(text: string, config: Config): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw badInput(
      'baseUrl',
      'Give an address that begins with https://, such as https://api.openai.com/v1.',
      'MODEL_ADDRESS',
    );
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw badInput(
      'baseUrl',
      'Leave out passwords, ? and # in the address; the key has a field of its own.',
      'MODEL_ADDRESS_PARTS',
    );
  const address = url.href.replace(/\/+$/, '');
  const { allowedHosts } = config.openai;
  if (allowedHosts.includes(url.host) || allowedHosts.includes(url.hostname)) return address;
  if (url.protocol === 'http:')
    throw badInput(
      'baseUrl',
      'The address has to begin with https://: the key and the messages would travel in the open.',
      'MODEL_ADDRESS_OPEN',
    );
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const local =
    isIP(name) === 0
      ? /(?:^|\.)(?:localhost|local|internal|lan|home|corp|test|invalid)\.?$/i.test(name) || !name.includes('.')
      : !isPublicAddress(name);
  const operators = config.operatorOrigins.includes(url.origin) && url.host !== 'api.openai.com';
  if (local || operators)
    throw badInput(
      'baseUrl',
      'This is not an address of the public internet. The operator can allow it with AI_ALLOWED_HOSTS.',
      'MODEL_ADDRESS_PRIVATE',
    );
  return address;
}
