import { escapeHtml } from '../html.ts';
import type { Books } from './books.ts';
import type { Invoice, MerchantName, Subscription } from './model.ts';
import { day, merchantPage, money, notice } from './shell.ts';

/** What a customer may do to a subscription of theirs. */
export const PORTAL_STEPS = ['cancel', 'keep', 'resume', 'pay', 'card'] as const;
export type PortalStep = (typeof PORTAL_STEPS)[number];

const LABELS: Record<PortalStep, string> = {
  cancel: 'Cancel at the end of the period',
  keep: 'Keep it',
  resume: 'Resume',
  pay: 'Pay the open invoice',
  card: 'Use another card',
};

/** A customer's subscriptions and invoices. */
export function portalPage(
  books: Books,
  merchant: MerchantName,
  subscriptions: readonly Subscription[],
  { done, returnUrl }: { done: string; returnUrl: string | null },
): string {
  const back = returnUrl === null ? '' : `<p><a class="button" href="${escapeHtml(returnUrl)}">Back</a></p>`;
  const body = subscriptions.map((subscription) => section(books, subscription)).join('');
  return merchantPage(merchant, 'Your subscriptions', `${done === '' ? '' : notice(done, 'status')}${body}${back}`);
}

/** The link is wrong or too old. */
export function noPortalPage(merchant: MerchantName): string {
  const words = 'This link is not good any more. Go back, and open the page again from there.';
  return merchantPage(merchant, 'Sorry', notice(words, 'alert'));
}

function section(books: Books, subscription: Subscription): string {
  const { id, items, card } = subscription;
  const names = items.map(({ price }) => escapeHtml(books.price(price).name)).join(', ');
  const steps = stepsOf(subscription).map(
    (step) =>
      `<button name="step" value="${step}">${LABELS[step]}<span class="visually-hidden">: ${names}</span></button>`,
  );
  return `<section class="bill"><h2>${names}</h2>
<p>${stands(subscription)}</p><p>${money(books.total(items))} a month, by the card that ends in ${escapeHtml(card)}.</p>
<form method="post"><input type="hidden" name="subscription" value="${escapeHtml(id)}"><p class="row">${steps.join(' ')}</p></form>
${invoices(books.invoicesOf(id), names)}</section>`;
}

function stands({ standing, endsAt, periodEnd, trialEnd }: Subscription): string {
  if (standing === 'ended') return 'It has ended.';
  if (standing === 'paused') return 'It is paused.';
  if (standing === 'past_due') return 'A payment failed. It ends if it stays unpaid.';
  if (endsAt !== null) return `It ends on ${day(endsAt)}.`;
  return trialEnd !== null && standing === 'trialing'
    ? `You try it until ${day(trialEnd)}.`
    : `It is paid until ${day(periodEnd)}, and renews then.`;
}

function stepsOf({ standing, endsAt }: Subscription): PortalStep[] {
  if (standing === 'ended') return [];
  return [
    ...(standing === 'past_due' ? (['pay'] as const) : []),
    ...(standing === 'paused' ? (['resume'] as const) : []),
    endsAt === null ? 'cancel' : 'keep',
    'card',
  ];
}

function invoices(all: readonly Invoice[], names: string): string {
  const rows = all.toReversed().map((invoice) => {
    const cells = [day(invoice.createdAt), `No. ${invoice.number}`, money(invoice), WORDS[invoice.status]];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<table><caption>Invoices<span class="visually-hidden"> of ${names}</span></caption>
<thead><tr>${['Date', 'Number', 'Amount', 'State'].map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

const WORDS = { open: 'Unpaid', paid: 'Paid', refunded: 'Refunded' };
