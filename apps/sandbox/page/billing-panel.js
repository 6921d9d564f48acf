import { $, api, el } from './api.js';

const TITLES = { paddle: 'Paddle', lemonsqueezy: 'Lemon Squeezy', polar: 'Polar' };
const STEPS = {
  renew: 'The period is over',
  fail: 'A payment fails',
  recover: 'It is paid after all',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel with the period',
  keep: 'Keep it after all',
  end: 'End now',
  refund: 'Refund',
};

/** The steps that make sense where a subscription stands. */
function stepsOf({ standing, endsAt }) {
  if (standing === 'ended') return ['refund'];
  return [
    'renew',
    standing === 'past_due' ? 'recover' : 'fail',
    standing === 'paused' ? 'resume' : 'pause',
    endsAt === null ? 'cancel' : 'keep',
    'end',
    'refund',
  ];
}

const tell = (words) => ($('billing-said').textContent = words);

/** Does something at the pretend merchants, and says what became of its events. */
async function act(path, body = {}) {
  tell('Sending…');
  try {
    const { sent, acknowledged } = await api(`/billing${path}`, 'POST', body);
    if (sent === undefined) tell('Done.');
    else if (sent === 0) tell('Nothing was sent.');
    else tell(`${sent} events were sent, ${acknowledged} were taken by the business’s server.`);
  } catch (error) {
    tell(error.message);
  }
  await drawBilling();
}

function card(subscription) {
  const names = subscription.items.map(({ price }) => price).join(', ');
  const until = new Date(subscription.endsAt ?? subscription.periodEnd).toLocaleDateString();
  const word = subscription.endsAt === null ? `renews ${until}` : `ends ${until}`;
  const label = `${TITLES[subscription.merchant]}: ${names}`;
  return el(
    'li',
    { 'data-subscription': subscription.id },
    el('h3', {}, label),
    el(
      'p',
      { class: 'hint' },
      `${subscription.standing.replace('_', ' ')}, ${word} · `,
      el('code', {}, subscription.id),
    ),
    el(
      'div',
      { class: 'row', role: 'group', 'aria-label': label },
      ...stepsOf(subscription).map((step) =>
        el(
          'button',
          { type: 'button', 'data-step': step, onclick: () => act(`/subscriptions/${subscription.id}/${step}`) },
          STEPS[step],
        ),
      ),
    ),
  );
}

/** Subscriptions and events as they stand. */
export async function drawBilling() {
  const { subscriptions, events, holding } = await api('/billing');
  const focused = document.activeElement;
  const where = [focused?.closest?.('[data-subscription]')?.dataset.subscription, focused?.dataset?.step];
  $('billing-list').replaceChildren(
    ...(subscriptions.length === 0 ? [el('li', { class: 'empty' }, 'Nothing was bought yet.')] : []),
    ...subscriptions.reverse().map(card),
  );
  // The button that was pressed has been drawn anew: whoever works by keys stays there.
  const [id, step] = where;
  if (id !== undefined) {
    const again = $('billing-list').querySelector(`[data-subscription="${id}"]`);
    (again?.querySelector(`[data-step="${step}"]`) ?? again?.querySelector('button'))?.focus();
  }
  $('billing-hold').checked = holding === null;
  const unsent = events.filter(({ sent }) => sent === 0).length;
  $('billing-unsent').textContent = unsent === 0 ? 'No event is held back.' : `${unsent} events are held back.`;
}

/** What a person may do with events. */
export function wireBilling() {
  const again = (more) => act('/events/send', more);
  $('billing-hold').addEventListener('change', () => act('/hold', { count: $('billing-hold').checked ? null : 0 }));
  $('billing-release').addEventListener('click', () => again({ unsent: true, order: $('billing-order').value }));
  $('billing-again').addEventListener('click', () =>
    again({ order: $('billing-order').value, sign: $('billing-sign').value, times: 2 }),
  );
}
