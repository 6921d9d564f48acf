import { num, str, strs, type Obj } from '../json.ts';
import { metaJson } from '../signatures.ts';
import { addCustomer } from '../world/accounts.ts';
import type { Account, Channel, Customer } from '../world/model.ts';
import type { Platform } from '../graph/call.ts';
import { secretOf } from '../webhooks/page-receipts.ts';
import { whatsappContact, whatsappMetadata } from '../webhooks/whatsapp-receipts.ts';
import { BadRequest } from './errors.ts';

interface Planned {
  account: Account;
  bytes: Buffer;
  ids: string[];
}

/** Sends many signed messages at once, and says which of them were acknowledged. */
export async function burst(platform: Platform, input: Obj): Promise<Obj> {
  const { world, webhooks } = platform;
  const channel = (str(input['channel']) ?? 'messenger') as Channel;
  if (channel === 'telegram') throw new BadRequest('A burst is of messenger, instagram or whatsapp.');
  const count = Math.min(num(input['count']) ?? 100, 200_000);
  const batch = Math.min(Math.max(num(input['batch']) ?? 1, 1), 1000);
  const concurrency = Math.min(Math.max(num(input['concurrency']) ?? 32, 1), 256);
  const perSecond = num(input['perSecond']);
  const marker = str(input['marker']) ?? `burst-${Date.now().toString(36)}`;
  const accounts = pickAccounts(platform, channel, input);
  const people = peopleFor(platform, channel, input);
  const plan = planned(channel, accounts, people, { count, batch, marker });

  const acknowledged: string[] = [];
  const refused: Obj[] = [];
  const times: number[] = [];
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < plan.length; index = next++) {
      const item = plan[index] as Planned;
      const due = perSecond === undefined ? 0 : started + (index / perSecond) * 1000 - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      const answer = await webhooks.post({ body: item.bytes, secret: secretOf(platform, item.account) });
      times.push(answer.ms);
      if (answer.status === 200) acknowledged.push(...item.ids);
      else refused.push({ status: answer.status, error: answer.error ?? null, ids: item.ids });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, plan.length) }, worker));
  const ms = Math.round(performance.now() - started);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const result = {
    marker,
    messages: count,
    deliveries: plan.length,
    ms,
    perSecond: Math.round((count / Math.max(ms, 1)) * 1000),
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  };
  platform.ledger.record('webhooks', {
    event: 'burst',
    url: world.settings.webhookUrl,
    ids: [],
    attempts: [],
    acknowledged: refused.length === 0,
    ...result,
    refusedDeliveries: refused.length,
  });
  return { ...result, acknowledged, refused };
}

function pickAccounts({ world }: Platform, channel: Channel, input: Obj): Account[] {
  const known = [...world.accounts.values()].filter((account) => account.channel === channel);
  const wanted = input['accounts'];
  const chosen = Array.isArray(wanted)
    ? strs(wanted).flatMap((id) => known.find((account) => account.id === id) ?? [])
    : known.slice(0, Math.max(num(wanted) ?? 1, 1));
  if (chosen.length === 0) throw new BadRequest(`None of these accounts is a ${channel} account.`);
  return chosen;
}

/** People with ids that are the same in every burst, so that a second burst continues their conversations. */
function peopleFor({ world }: Platform, channel: Channel, input: Obj): Customer[] {
  const size = Math.min(Math.max(num(input['customers']) ?? 10, 1), 100_000);
  return Array.from({ length: size }, (_, index) => {
    const id =
      channel === 'whatsapp'
        ? `90570${String(index).padStart(7, '0')}`
        : `8${channel === 'messenger' ? 1 : 2}${String(index).padStart(14, '0')}`;
    return world.customers.get(`${channel}:${id}`) ?? addCustomer(world, { channel, id, name: `Burst ${index + 1}` });
  });
}

function planned(
  channel: Channel,
  accounts: Account[],
  people: Customer[],
  size: { count: number; batch: number; marker: string },
): Planned[] {
  const plan: Planned[] = [];
  let made = 0;
  const now = Date.now();
  while (made < size.count) {
    const account = accounts[plan.length % accounts.length] as Account;
    const ids: string[] = [];
    const items: { customer: Customer; id: string; text: string; at: number }[] = [];
    for (; items.length < size.batch && made < size.count; made += 1) {
      const id = `${channel === 'whatsapp' ? 'wamid.' : channel === 'messenger' ? 'm_' : 'aWdf'}${size.marker}-${made}`;
      ids.push(id);
      items.push({
        customer: people[made % people.length] as Customer,
        id,
        text: `${size.marker} ürün ${made}`,
        at: now + made,
      });
    }
    plan.push({ account, bytes: Buffer.from(metaJson(bodyOf(account, items))), ids });
  }
  return plan;
}

function bodyOf(account: Account, items: { customer: Customer; id: string; text: string; at: number }[]): Obj {
  if (account.channel !== 'whatsapp') {
    const messaging = items.map(({ customer, id, text, at }) => ({
      sender: { id: customer.id },
      recipient: { id: account.id },
      timestamp: at,
      message: { mid: id, text },
    }));
    return {
      object: account.channel === 'messenger' ? 'page' : 'instagram',
      entry: [{ id: account.id, time: Date.now(), messaging }],
    };
  }
  const contacts = [...new Set(items.map((item) => item.customer))].map(whatsappContact);
  const messages = items.map(({ customer, id, text, at }) => ({
    from: customer.phone,
    from_user_id: customer.userId,
    id,
    timestamp: String(Math.floor(at / 1000)),
    type: 'text',
    text: { body: text },
  }));
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: account.parentId,
        changes: [{ value: { ...whatsappMetadata(account), contacts, messages }, field: 'messages' }],
      },
    ],
  };
}
