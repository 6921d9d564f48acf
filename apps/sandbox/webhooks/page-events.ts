import { compact, obj, str, type Obj } from '../json.ts';
import type { Account, Customer } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { BuiltEvent } from './built-event.ts';
import { contentEvent } from './page-content.ts';
import { pageBody } from './page-receipts.ts';
import { signalEvent } from './page-signals.ts';

/** Builds an event of Messenger or Instagram. Undefined for a kind that does not exist there. */
export function pageEvent(world: World, account: Account, customer: Customer, event: Obj): BuiltEvent | undefined {
  const kind = str(event['kind']) ?? 'text';
  const changes = changesEvent(world, account, customer, event, kind);
  if (changes) return changes;
  const built =
    contentEvent(world, account, customer, event, kind) ?? signalEvent(world, account, customer, event, kind);
  if (!built) return undefined;
  return {
    body: pageBody(account, built.item, event['standby'] === true ? 'standby' : 'messaging'),
    ids: built.id === undefined ? [] : [built.id],
    ...(built.shown && { shown: built.shown }),
    ...(built.apply && { apply: built.apply }),
  };
}

/** Events that come as changes[] rather than as messages. */
function changesEvent(
  world: World,
  account: Account,
  customer: Customer,
  event: Obj,
  kind: string,
): BuiltEvent | undefined {
  const isPage = account.channel === 'messenger';
  const inEnvelope = (field: string, value: Obj, ids: string[] = []): BuiltEvent => ({
    body: {
      object: isPage ? 'page' : 'instagram',
      entry: [{ id: account.id, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }],
    },
    ids,
  });
  if (isPage && kind === 'leadgen') {
    const id = str(event['id']) ?? '120000000000001';
    const created = Math.floor(Date.now() / 1000);
    const value = {
      leadgen_id: id,
      page_id: account.id,
      form_id: '340000000000001',
      ad_id: '6000000000001',
      adgroup_id: '6000000000002',
      created_time: created,
    };
    return {
      ...inEnvelope('leadgen', value, [id]),
      apply: () => void world.leads.set(id, { pageId: account.id, fields: leadFields(id, customer, event, created) }),
    };
  }
  if (!isPage && kind === 'comment') {
    const id = str(event['id']) ?? `179${Date.now()}`;
    const from = { id: customer.id, username: customer.username ?? customer.id };
    const value = compact({
      id,
      from,
      media: { id: '17900000000000001', media_product_type: 'FEED' },
      parent_id: str(event['replyTo']),
      text: str(event['text']) ?? 'Is this in stock?',
    });
    return inEnvelope('comments', value, [id]);
  }
  if (!isPage && kind === 'dashboard_test') {
    const value = {
      sender: { id: '1' },
      recipient: { id: '2' },
      timestamp: String(Math.floor(Date.now() / 1000)),
      message: { mid: 't1', text: 't' },
    };
    return inEnvelope('messages', obj(event['value']) ?? value, ['t1']);
  }
  return undefined;
}

/** The answers of a lead form, as they are fetched. */
function leadFields(id: string, customer: Customer, event: Obj, created: number): Obj {
  const answers = obj(event['fields']) ?? {
    full_name: customer.name,
    email: 'lead@example.com',
    phone_number: '+905550000099',
  };
  return {
    id,
    created_time: new Date(created * 1000).toISOString().replace(/\.\d+Z$/, '+0000'),
    ad_id: '6000000000001',
    form_id: '340000000000001',
    platform: 'fb',
    is_organic: false,
    field_data: Object.entries(answers).map(([name, value]) => ({
      name,
      values: Array.isArray(value) ? value : [value],
    })),
  };
}
