import { createHmac } from 'node:crypto';
import type { BillingEvent } from './model.ts';

/** How an event is signed: rightly, or in one of the ways in which a forged or old call differs. */
export const BILLING_SIGNINGS = ['right', 'wrong', 'other-secret', 'none', 'late', 'rotated'] as const;
export type BillingSigning = (typeof BILLING_SIGNINGS)[number];

/** How old a late event says it is. */
const LATE_SECONDS = 3_600;

/** The headers of an event sent now. Lemon Squeezy signs no time: a late one is like any other there. */
export function signatureHeaders(event: BillingEvent, secret: string, how: BillingSigning): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1_000) - (how === 'late' ? LATE_SECONDS : 0);
  return WRITERS[event.merchant](event, how === 'other-secret' ? `${secret}x` : secret, how, seconds);
}

type Writer = (event: BillingEvent, secret: string, how: BillingSigning, seconds: number) => Record<string, string>;

const WRITERS: Record<BillingEvent['merchant'], Writer> = {
  paddle: ({ body }, secret, how, seconds) => {
    const sign = (key: string) => bent(hmac(key, `${seconds}:${body}`).toString('hex'), how);
    // While a secret is changed, the old one signs beside the new one.
    const marks = how === 'rotated' ? [sign(`${secret}-before`), sign(secret)] : [sign(secret)];
    return how === 'none' ? {} : { 'paddle-signature': [`ts=${seconds}`, ...marks.map((h1) => `h1=${h1}`)].join(';') };
  },
  lemonsqueezy: ({ body, kind }, secret, how) => ({
    'x-event-name': kind,
    ...(how !== 'none' && { 'x-signature': bent(hmac(secret, body).toString('hex'), how) }),
  }),
  polar: ({ id, body }, secret, how, seconds) => {
    const sign = (key: string) => hmac(key, `${id}.${seconds}.${body}`).toString('base64');
    const marks = how === 'rotated' ? [sign(`${secret}-before`), sign(secret)] : [bentBase64(sign(secret), how)];
    return {
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      ...(how !== 'none' && { 'webhook-signature': marks.map((mark) => `v1,${mark}`).join(' ') }),
    };
  },
};

function hmac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function bent(hex: string, how: BillingSigning): string {
  return how === 'wrong' ? hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0') : hex;
}

function bentBase64(base64: string, how: BillingSigning): string {
  return how === 'wrong' ? (base64.startsWith('A') ? 'B' : 'A') + base64.slice(1) : base64;
}
