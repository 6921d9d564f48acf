import { compact, num, str, type Obj } from '../json.ts';
import type { Account, Customer } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { newMid, type Item } from './page-content.ts';
import { parties } from './page-receipts.ts';

/** What happens around messages: reactions, receipts, buttons, control of the thread. Undefined for what is not one of these. */
export function signalEvent(
  world: World,
  account: Account,
  customer: Customer,
  event: Obj,
  kind: string,
): Item | undefined {
  const from = parties(account, customer, 'customer', num(event['timestamp']) ?? Date.now());
  const targetId = str(event['targetId']) ?? '';
  const target = world.messages.get(targetId);
  const metadata = str(event['metadata']) ?? '';
  const own = world.app.id;
  switch (kind) {
    case 'reaction': {
      const remove = event['remove'] === true;
      const what = { reaction: str(event['reaction']) ?? 'love', emoji: str(event['emoji']) ?? '❤️' };
      return {
        item: {
          ...from,
          reaction: {
            mid: targetId,
            action: remove ? 'unreact' : 'react',
            ...(!(remove && account.channel === 'instagram') && what),
          },
        },
        apply: () => world.react(targetId, 'customer', remove ? undefined : what.emoji),
      };
    }
    case 'edit': {
      const text = str(event['text']);
      const edits = num(event['numEdit']) ?? (target ? target.edits + 1 : 1);
      const count = event['asText'] === true ? String(edits) : edits;
      const item = { ...from, message_edit: compact({ mid: targetId, text, num_edit: count }) };
      return { item, apply: () => world.edit(targetId, text, edits) };
    }
    case 'unsend':
      return { item: { ...from, message: { mid: targetId, is_deleted: true } }, apply: () => world.takeBack(targetId) };
    case 'delivery':
      return {
        item: {
          ...from,
          delivery: compact({
            mids: event['withoutMids'] === true ? undefined : [targetId],
            watermark: num(event['watermark']) ?? Date.now(),
          }),
        },
      };
    case 'read':
      return {
        item: {
          ...from,
          read:
            account.channel === 'messenger' ? { watermark: num(event['watermark']) ?? Date.now() } : { mid: targetId },
        },
      };
    case 'postback': {
      const mid = str(event['id']) ?? newMid(account);
      const title = str(event['text']) ?? 'Get started';
      const referral =
        event['adReferral'] === true ? { ref: 'r1', source: 'SHORTLINK', type: 'OPEN_THREAD' } : undefined;
      const payload = event['standby'] === true ? undefined : (str(event['payload']) ?? 'START');
      return {
        item: { ...from, postback: compact({ mid, title, payload, referral }) },
        id: mid,
        shown: { id: mid, text: title },
      };
    }
    case 'referral': {
      const shared = { ref: str(event['ref']) ?? 'r1', type: 'OPEN_THREAD' };
      const ads =
        event['adReferral'] === true
          ? { source: 'ADS', ad_id: '6000000000001', referer_uri: 'https://example.com' }
          : { source: 'SHORTLINK' };
      return { item: { ...from, referral: { ...shared, ...ads } } };
    }
    case 'pass_thread_control':
      return {
        item: { ...from, pass_thread_control: { previous_owner_app_id: '111', new_owner_app_id: own, metadata } },
      };
    case 'take_thread_control':
      return {
        item: { ...from, take_thread_control: { previous_owner_app_id: own, new_owner_app_id: '111', metadata } },
      };
    case 'request_thread_control':
      return { item: { ...from, request_thread_control: { requested_owner_app_id: '222', metadata } } };
    case 'app_roles':
      return {
        item: { recipient: { id: account.id }, timestamp: Date.now(), app_roles: { [own]: ['primary_receiver'] } },
      };
    case 'policy':
      return {
        item: {
          recipient: { id: account.id },
          timestamp: Date.now(),
          policy_enforcement: {
            action: str(event['action']) ?? 'block',
            reason: 'The page sent too many unwanted messages.',
          },
        },
      };
    case 'optin':
      return { item: { ...from, optin: { ref: str(event['ref']) ?? 'site', type: 'notification_messages' } } };
    case 'account_linking':
      return { item: { ...from, account_linking: { status: 'linked', authorization_code: 'sandbox' } } };
    case 'response_feedback':
      return {
        item: { ...from, response_feedback: { feedback: str(event['value']) ?? 'Good response', mid: targetId } },
      };
    default:
      return undefined;
  }
}
