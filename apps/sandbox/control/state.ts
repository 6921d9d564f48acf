import type { Obj } from '../json.ts';
import { KINDS, partiesOf } from './play.ts';
import type { Controls } from './routes.ts';
import { reportRead } from '../webhooks/page-receipts.ts';
import { reportStatus } from '../webhooks/whatsapp-receipts.ts';

/** Everything that a person needs to connect, and a test to look around. */
export function stateOf(controls: Controls): Obj {
  const { world, ledger, faults, models, webhooks } = controls;
  const tokens = [...world.tokens.values()];
  return {
    pretend: true,
    url: world.url,
    graphUrl: `${world.url}/graph`,
    instagramGraphUrl: `${world.url}/instagram`,
    telegramUrl: `${world.url}/telegram`,
    openaiUrl: `${world.url}/openai/v1`,
    app: { ...world.app },
    settings: { ...world.settings },
    accounts: [...world.accounts.values()].map((account) => ({
      ...account,
      token: tokens.find((token) => token.type !== 'USER' && token.targets.includes(account.id))?.value ?? null,
      subscribed:
        account.channel === 'telegram'
          ? world.botWebhooks.has(account.id)
          : world.subscriptions.has(world.subscriptionOwner(account)),
    })),
    wabas: [...world.wabas.values()],
    tokens: tokens.map((token) => ({ ...token })),
    customers: [...world.customers.values()],
    subscriptions: Object.fromEntries(world.subscriptions),
    botWebhooks: Object.fromEntries(world.botWebhooks),
    templates: world.templates,
    faults: faults.list(),
    openai: models.describe(),
    kinds: KINDS,
    idle: webhooks.idle,
    ledgerLast: ledger.last,
  };
}

/** The messages between an account and a person. */
export function threadOf(controls: Controls, input: Obj): Obj {
  const { account, customer } = partiesOf(controls, input);
  return {
    account: { ...account },
    customer: { ...customer },
    messages: controls.world.thread(account.id, customer.id),
  };
}

/** The person looks at the thread: what the business sent counts as read from now on. */
export async function opened(controls: Controls, input: Obj): Promise<Obj> {
  const { account, customer } = partiesOf(controls, input);
  const unread = controls.world
    .thread(account.id, customer.id)
    .filter(
      (message) =>
        message.from !== 'customer' &&
        message.status !== 'read' &&
        message.status !== 'failed' &&
        message.deleted !== true,
    );
  // Telegram tells nobody what was read.
  if (account.channel === 'telegram') for (const message of unread) message.status = 'read';
  else if (account.channel === 'whatsapp') {
    for (const message of unread)
      if (message.from === 'business') await reportStatus(controls, account, customer, message, 'read');
  } else {
    const newest = unread.at(-1);
    if (newest) await reportRead(controls, account, customer, newest);
  }
  return { read: unread.map((message) => message.id) };
}
