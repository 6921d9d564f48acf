import { createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../signatures.ts';
import type { World } from '../world/world.ts';

const key = randomBytes(32);
const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);

/** An address on the pretend CDN that stops working after a while, as Meta's do. */
export function mediaUrl(world: World, id: string, livesMs = world.settings.mediaUrlMs): string {
  const expires = Math.floor((Date.now() + livesMs) / 1000);
  return `${world.url}/cdn/media/${id}?oe=${expires}&oh=${sign(`open:${id}:${expires}`)}`;
}

/** An address of WhatsApp media: it also wants the Bearer token. */
export function guardedMediaUrl(world: World, id: string, livesMs = world.settings.whatsappMediaUrlMs): string {
  const expires = Math.floor((Date.now() + livesMs) / 1000);
  return `${world.url}/cdn/whatsapp/${id}?ext=${expires}&hash=${sign(`guarded:${id}:${expires}`)}`;
}

/** Whether a CDN address is one that was handed out, and still lives. */
export function checkUrl(
  kind: 'open' | 'guarded',
  id: string,
  expires: string,
  hash: string,
): 'ok' | 'expired' | 'wrong' {
  if (!sameText(hash, sign(`${kind}:${id}:${expires}`))) return 'wrong';
  return Number(expires) * 1000 > Date.now() ? 'ok' : 'expired';
}
