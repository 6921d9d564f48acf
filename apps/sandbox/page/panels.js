import { $, api, el } from './api.js';

/** Tabs that arrow keys move between, as screen readers expect. */
export function wireTabs() {
  const tabs = [...document.querySelectorAll('#panel-tabs [role=tab]')];
  const select = (tab) => {
    for (const other of tabs) {
      const on = other === tab;
      other.setAttribute('aria-selected', String(on));
      other.tabIndex = on ? 0 : -1;
      $(other.getAttribute('aria-controls')).hidden = !on;
    }
    tab.focus();
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) select(tabs[(index + step + tabs.length) % tabs.length]);
    });
  }
}

function copyRow(name, value) {
  const button = el('button', { type: 'button', 'aria-label': `Copy ${name}` }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy by hand';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  return el('div', { class: 'copy' }, el('dt', {}, name), el('dd', {}, el('code', {}, value), button));
}

/** Ids and tokens to paste. */
export function drawConnection(state) {
  const kinds = {
    messenger: 'Facebook Page',
    instagram: 'Instagram account',
    whatsapp: 'WhatsApp number',
    telegram: 'Telegram bot',
  };
  const groups = state.accounts.map((account) => {
    const ids = { messenger: 'Page id', instagram: 'Account id', whatsapp: 'Phone number id', telegram: 'Bot id' };
    const rows = [copyRow(ids[account.channel], account.id)];
    if (account.channel === 'whatsapp')
      rows.push(
        copyRow('WhatsApp business account id (WABA)', account.parentId),
        copyRow('Phone number', `+${account.displayPhoneNumber}`),
      );
    rows.push(copyRow(account.channel === 'telegram' ? 'Bot token' : 'Access token', account.token ?? ''));
    const how =
      account.login === 'instagram'
        ? ' (signs in directly)'
        : account.parentId && account.channel === 'instagram'
          ? ' (through its Page)'
          : '';
    return [el('h3', { dir: 'auto' }, `${kinds[account.channel]}: ${account.name}${how}`), el('dl', {}, rows)];
  });
  $('connection').replaceChildren(
    ...groups.flat(),
    el('h3', {}, 'The app and its addresses'),
    el('dl', {}, [
      copyRow('App id', state.app.id),
      copyRow('App secret', state.app.secret),
      copyRow('Graph address', state.graphUrl),
      copyRow('Instagram address', state.instagramGraphUrl),
      copyRow('Bot API address', state.telegramUrl),
      copyRow('Model server', state.openaiUrl),
    ]),
  );
}

function summary(entry) {
  if (entry.kind === 'sends') return `${entry.channel} → ${entry.customer}: ${entry.text ?? entry.type}`;
  if (entry.kind === 'webhooks') {
    const answers = (entry.attempts ?? []).map((attempt) => attempt.error ?? attempt.status).join(', ');
    return `${entry.event ?? 'event'} ${entry.acknowledged ? '✓ taken' : '✗ not taken'} (${answers || 'waiting'})`;
  }
  if (entry.kind === 'graph' || entry.kind === 'telegram')
    return `${entry.method} ${entry.path} → ${entry.status}${entry.code ? ` code ${entry.code}` : ''}`;
  if (entry.kind === 'billing') return `${entry.method} ${entry.path} → ${entry.status}`;
  return `${entry.path} → ${entry.status} ${entry.mode ?? ''} ${entry.answer ?? entry.error ?? ''}`;
}

/** The newest entries first. */
export async function drawLedger() {
  const { entries } = await api(`/ledger?kind=${encodeURIComponent($('ledger-kind').value)}&limit=60`);
  const open = new Set([...document.querySelectorAll('#ledger details[open]')].map((item) => item.dataset.seq));
  $('ledger').replaceChildren(
    ...(entries.length === 0 ? [el('li', { class: 'empty' }, 'Nothing yet.')] : []),
    ...entries
      .reverse()
      .map((entry) =>
        el(
          'li',
          {},
          el(
            'details',
            { 'data-seq': entry.seq, open: open.has(String(entry.seq)) },
            el(
              'summary',
              { dir: 'auto' },
              el('time', {}, new Date(entry.at).toLocaleTimeString()),
              ' ',
              summary(entry),
            ),
            el('pre', { dir: 'ltr', tabindex: 0 }, JSON.stringify(entry, null, 2)),
          ),
        ),
      ),
  );
}

const ACTIONS = {
  status: () => ({ status: 500 }),
  rateLimit: () => ({ rateLimit: true, retryAfter: 60 }),
  token: () => ({ error: { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' } }),
  delay: () => ({ delayMs: Number($('fault-delay').value) * 1000 }),
  hangAfterAccept: () => ({ hangAfterAccept: true }),
  statusAfterAccept: () => ({ statusAfterAccept: 500 }),
  resetBeforeAccept: () => ({ resetBeforeAccept: true }),
  resetAfterAccept: () => ({ resetAfterAccept: true }),
  garbage: () => ({ garbage: true }),
};

/** Faults, the model, settings: everything that a person may turn. */
export function wirePanels(refresh, say) {
  const run = (work) => async (event) => {
    event?.preventDefault();
    try {
      await work();
      await refresh();
    } catch (error) {
      say(error.message);
    }
  };
  $('fault-form').addEventListener(
    'submit',
    run(() =>
      api('/faults', 'POST', {
        match: { method: 'POST', path: '/(messages|sendMessage)$' },
        action: ACTIONS[$('fault-kind').value](),
        times: Number($('fault-times').value),
      }),
    ),
  );
  $('faults-clear').addEventListener(
    'click',
    run(() => api('/faults', 'DELETE')),
  );
  $('model-mode').addEventListener(
    'change',
    run(() => api('/openai', 'POST', { mode: $('model-mode').value, text: $('model-text').value })),
  );
  $('model-text').addEventListener(
    'change',
    run(() => api('/openai', 'POST', { text: $('model-text').value })),
  );
  $('settings-form').addEventListener(
    'submit',
    run(() =>
      api('/settings', 'PATCH', {
        receipts: !$('receipts-on').checked ? 'none' : $('auto-read').checked ? 'all' : 'delivered',
        receiptDelayMs: Number($('receipt-delay').value),
        webhookUrl: $('webhook-url').value,
      }),
    ),
  );
  $('reset').addEventListener(
    'click',
    run(async () =>
      confirm('Forget all messages, accounts and people that were added?') ? api('/reset', 'POST') : undefined,
    ),
  );
  $('ledger-clear').addEventListener(
    'click',
    run(async () => (await api('/ledger', 'DELETE'), drawLedger())),
  );
  $('ledger-kind').addEventListener('change', run(drawLedger));
}

/** Shows settings and faults as they stand. */
export function drawPanels(state) {
  $('faults').replaceChildren(
    ...(state.faults.length === 0 ? [el('li', { class: 'empty' }, 'Nothing: all sends work.')] : []),
    ...state.faults.map((fault) =>
      el(
        'li',
        {},
        `${JSON.stringify(fault.action)}: happened ${fault.hits} of ${fault.times ?? 'any number of'} times`,
      ),
    ),
  );
  const mode = $('model-mode');
  if (mode.options.length === 0) mode.append(...state.openai.modes.map((name) => el('option', { value: name }, name)));
  mode.value = state.openai.mode;
  if (document.activeElement !== $('model-text')) $('model-text').value = state.openai.text;
  if ($('settings-form').contains(document.activeElement)) return;
  $('auto-read').checked = state.settings.receipts === 'all';
  $('receipts-on').checked = state.settings.receipts !== 'none';
  $('receipt-delay').value = state.settings.receiptDelayMs;
  $('webhook-url').value = state.settings.webhookUrl;
}
