import { escapeHtml } from '../html.ts';
import type { Books } from './books.ts';
import type { Checkout, Item } from './model.ts';
import { merchantPage, money, notice } from './shell.ts';

/** What is bought, and the two ways out. It works without a script. */
export function checkoutPage(books: Books, checkout: Checkout, refused: boolean): string {
  const { merchant, items, backUrl } = checkout;
  const chooses = merchant === 'polar' && items.length > 1;
  const trialDays = books.price(items[0]?.price ?? '').trialDays;
  const total = chooses ? '' : `<p class="total">Each month: <strong>${money(books.total(items))}</strong></p>`;
  const trial = trialDays > 0 ? `<p>The first ${trialDays} days cost nothing.</p>` : '';
  const back = backUrl === null ? '' : ` <a class="button" href="${escapeHtml(backUrl)}">Back</a>`;
  return merchantPage(
    merchant,
    'Checkout',
    `${refused ? notice('The card was refused. Nothing was bought.', 'alert') : ''}
<form method="post">
<fieldset><legend>${chooses ? 'Choose one' : 'You buy'}</legend><ul>${items.map((item, index) => line(books, item, chooses, index)).join('')}</ul></fieldset>
${total}${trial}
<fieldset><legend>Pay with</legend><ul>
<li><label><input type="radio" name="card" value="good" checked> A pretend card that works</label></li>
<li><label><input type="radio" name="card" value="bad"> A pretend card that is refused</label></li></ul></fieldset>
<p class="row"><button class="main">Pay</button>${back}</p>
</form>`,
  );
}

/** It is paid; the buyer goes on by hand where nobody said where to. */
export function paidPage({ merchant, returnUrl }: Checkout): string {
  const on = returnUrl === null ? 'You can close this page.' : '';
  const link = returnUrl === null ? '' : `<p><a class="button" href="${escapeHtml(returnUrl)}">Go on</a></p>`;
  return merchantPage(merchant, 'Paid', `${notice(`This is paid. ${on}`.trim(), 'status')}${link}`);
}

function line(books: Books, { price, quantity }: Item, chooses: boolean, index: number): string {
  const { name, amount, currency } = books.price(price);
  const words = `${escapeHtml(name)}${quantity > 1 ? ` × ${quantity}` : ''}`;
  const cost = `<span class="cost">${money({ amount: amount * quantity, currency })}</span>`;
  if (!chooses) return `<li class="line"><span>${words}</span> ${cost}</li>`;
  const mark = `<input type="radio" name="product" value="${escapeHtml(price)}"${index === 0 ? ' checked' : ''}>`;
  return `<li class="line"><label>${mark} ${words}</label> ${cost}</li>`;
}
