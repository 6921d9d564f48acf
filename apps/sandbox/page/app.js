import { $, api, el, listen } from './api.js';
import { drawBilling, wireBilling } from './billing-panel.js';
import { drawMenu } from './events-menu.js';
import { drawConnection, drawLedger, drawPanels, wirePanels, wireTabs } from './panels.js';
import { drawThread } from './thread.js';

const CHANNELS = { whatsapp: 'WhatsApp', messenger: 'Messenger', instagram: 'Instagram', telegram: 'Telegram' };
const view = {
  channel: 'whatsapp',
  accountId: '',
  customerId: '',
  messages: [],
  state: null,
  replyTo: null,
  editing: null,
  unread: new Set(),
};

const say = (text) => ($('sent').textContent = text);
const here = () => ({ channel: view.channel, accountId: view.accountId, customerId: view.customerId });
const initials = (name) => [...(name || '?')][0].toLocaleUpperCase();

/** Plays an event as the chosen customer, and says what became of it. */
async function play(event) {
  say('Sending…');
  try {
    const answer = await api('/play', 'POST', { ...here(), event });
    const status = answer.attempts?.[0]?.status;
    const reason = answer.attempts?.[0]?.error ?? (status ? `it answered ${status}` : '');
    say(
      answer.acknowledged === false
        ? `The business’s server did not take it: ${reason}. The platform tries again.`
        : 'Taken by the business’s server.',
    );
    return true;
  } catch (error) {
    say(error.message);
    return false;
  }
}

const actions = {
  play,
  reply(message) {
    view.editing = null;
    view.replyTo = message.id;
    showReplying(`Replying to: ${message.text ?? message.kind}`);
  },
  edit(message) {
    view.replyTo = null;
    view.editing = message.id;
    $('compose-text').value = message.text ?? '';
    showReplying('Editing your message');
  },
};

function showReplying(text) {
  $('replying').hidden = text === '';
  $('replying-text').textContent = text;
  $('compose-text').focus();
}

async function loadThread() {
  if (!view.customerId || !view.accountId) return;
  const { messages } = await api(`/thread?${new URLSearchParams(here())}`);
  view.messages = messages;
  view.unread.delete(`${view.channel}:${view.customerId}`);
  drawThread(messages, actions);
  $('thread').scrollTop = $('thread').scrollHeight;
  void reportOpen();
}

/** Looking at the thread is reading it, unless receipts are off. */
async function reportOpen() {
  if (document.hidden || view.state?.settings.receipts !== 'delivered') return;
  if (
    !view.messages.some(
      (message) => message.from !== 'customer' && !['read', 'failed'].includes(message.status) && !message.deleted,
    )
  )
    return;
  await api('/open', 'POST', here()).catch((error) => say(error.message));
}

function draw() {
  const { state } = view;
  $('channels').replaceChildren(
    ...Object.entries(CHANNELS).map(([channel, name]) =>
      el(
        'button',
        {
          type: 'button',
          'data-channel': channel,
          'aria-pressed': String(channel === view.channel),
          onclick: () => choose({ channel }),
        },
        name,
      ),
    ),
  );
  const accounts = state.accounts.filter((account) => account.channel === view.channel);
  if (!accounts.some((account) => account.id === view.accountId)) view.accountId = accounts[0]?.id ?? '';
  $('account').replaceChildren(
    ...accounts.map((account) =>
      el(
        'option',
        { value: account.id, selected: account.id === view.accountId },
        `${account.name} (${account.displayPhoneNumber ? `+${account.displayPhoneNumber}` : (account.username ?? account.id)})`,
      ),
    ),
  );
  const customers = state.customers.filter(
    (customer) => customer.channel === view.channel && !customer.name.startsWith('Burst '),
  );
  if (!customers.some((customer) => customer.id === view.customerId)) view.customerId = customers[0]?.id ?? '';
  $('customers').replaceChildren(
    ...customers.map((customer) => {
      const unread = view.unread.has(`${view.channel}:${customer.id}`);
      return el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            'aria-pressed': String(customer.id === view.customerId),
            onclick: () => choose({ customerId: customer.id }),
          },
          el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(customer.name)),
          el(
            'span',
            { class: 'who' },
            el('span', { dir: 'auto' }, customer.name),
            el('small', {}, customer.phone ? `+${customer.phone}` : (customer.username ?? customer.id)),
          ),
          unread && el('span', { class: 'dot', role: 'img', 'aria-label': 'new message' }),
        ),
      );
    }),
  );
  const account = accounts.find((item) => item.id === view.accountId);
  $('shop-name').textContent = account?.name ?? 'No account';
  $('shop-avatar').textContent = initials(account?.name);
  document.body.dataset.channel = view.channel;
  const customer = customers.find((item) => item.id === view.customerId);
  $('window').value = customer?.window ?? 'open';
  $('blocked').checked = customer?.blocked ?? false;
  drawMenu(state.kinds[view.channel], () => view.messages, play);
  drawConnection(state);
  drawPanels(state);
}

async function refresh() {
  view.state = await api('/state');
  draw();
}

async function choose(change) {
  Object.assign(view, change, { replyTo: null, editing: null });
  const focused = document.activeElement?.closest?.('#customers, #channels')?.id;
  $('replying').hidden = true;
  $('typing').textContent = '';
  say('');
  draw();
  if (focused) $(focused).querySelector('[aria-pressed=true]')?.focus();
  await loadThread();
}

$('account').addEventListener('change', () => choose({ accountId: $('account').value }));
$('compose').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = $('compose-text').value.trim();
  if (text === '') return;
  const what = view.editing
    ? { kind: 'edit', targetId: view.editing, text }
    : { kind: 'text', text, ...(view.replyTo && { replyTo: view.replyTo }) };
  $('compose-text').value = '';
  view.replyTo = view.editing = null;
  $('replying').hidden = true;
  if (!(await play(what)) && $('compose-text').value === '') $('compose-text').value = text;
});
$('compose-text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('compose').requestSubmit();
  }
});
$('replying-stop').addEventListener('click', () => {
  view.replyTo = view.editing = null;
  showReplying('');
});
$('add-customer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const customer = await api('/customers', 'POST', { channel: view.channel, name: $('customer-name').value.trim() });
  $('customer-name').value = '';
  await refresh();
  await choose({ customerId: customer.id });
});
const changeCustomer = async (change) => {
  await api(`/customers/${view.channel}/${encodeURIComponent(view.customerId)}`, 'PATCH', change).catch((error) =>
    say(error.message),
  );
  await refresh();
};
$('window').addEventListener('change', () => changeCustomer({ window: $('window').value }));
$('blocked').addEventListener('change', () => changeCustomer({ blocked: $('blocked').checked }));
$('open-menu').addEventListener('click', () => $('menu').showModal());
document.addEventListener('visibilitychange', () => void reportOpen());

wireTabs();
wirePanels(refresh, say);
wireBilling();
await refresh();
await loadThread();
await drawLedger();
await drawBilling();

let typingTimer;
let ledgerTimer;
let stateTimer;
let opened = false;
listen(
  {
    message({ message }) {
      if (message.accountId !== view.accountId || message.customerId !== view.customerId) {
        if (message.from !== 'customer' && message.status !== 'read')
          view.unread.add(`${message.channel}:${message.customerId}`);
        return;
      }
      const at = view.messages.findIndex((other) => other.id === message.id);
      if (at === -1) view.messages.push(message);
      else view.messages[at] = message;
      if (message.from !== 'customer') $('typing').textContent = '';
      drawThread(view.messages, actions);
      void reportOpen();
    },
    typing({ accountId, customerId, on }) {
      if (accountId !== view.accountId || customerId !== view.customerId) return;
      $('typing').textContent = on ? 'is typing…' : '';
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => ($('typing').textContent = ''), 25_000);
    },
    ledger() {
      clearTimeout(ledgerTimer);
      ledgerTimer = setTimeout(() => void drawLedger(), 250);
    },
    state() {
      clearTimeout(stateTimer);
      stateTimer = setTimeout(() => void refresh().then(loadThread).then(drawBilling), 150);
    },
  },
  (up) => {
    $('link').textContent = up ? 'Live' : 'Lost the sandbox, trying again…';
    $('link').classList.toggle('down', !up);
    // What happened while the line was down is fetched once it is up again.
    if (up && opened) void refresh().then(loadThread);
    opened = true;
  },
);
