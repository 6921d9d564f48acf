import { str } from '../json.ts';

/** An address that a browser may be sent to; null for anything else. */
export function webUrl(value: unknown): string | null {
  const url = URL.parse(str(value) ?? '');
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : null;
}
