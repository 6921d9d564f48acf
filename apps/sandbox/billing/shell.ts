import { escapeHtml } from '../html.ts';
import type { Price } from './books.ts';
import type { MerchantName } from './model.ts';

/** The merchants as people call them. */
export const TITLES: Record<MerchantName, string> = { paddle: 'Paddle', lemonsqueezy: 'Lemon Squeezy', polar: 'Polar' };

/** A page of a pretend merchant; the body is HTML. */
export function merchantPage(merchant: MerchantName, title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)} · ${TITLES[merchant]} (sandbox)</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page/style.css"><link rel="stylesheet" href="/page/billing.css"></head>
<body><header class="pretend"><p><strong>This is a pretend ${TITLES[merchant]}.</strong> No money moves, and no card is asked for. Give nothing of your own here.</p></header>
<main class="till"><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

/** An amount as people read it. */
export function money({ amount, currency }: Pick<Price, 'amount' | 'currency'>): string {
  // A currency that nobody has heard of is no reason to show nothing.
  const known = /^[A-Z]{3}$/.test(currency) ? currency : 'USD';
  return escapeHtml(new Intl.NumberFormat('en', { style: 'currency', currency: known }).format(amount / 100));
}

/** A day as people read it. */
export function day(date: Date): string {
  const text = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  return `<time datetime="${date.toISOString()}">${text}</time>`;
}

/** A word about what has just happened, read out by screen readers. */
export function notice(words: string, kind: 'status' | 'alert'): string {
  return `<p class="notice" role="${kind}">${escapeHtml(words)}</p>`;
}
