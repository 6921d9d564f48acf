import type { Platform } from '../graph/call.ts';
import { obj, str, type Obj } from '../json.ts';
import { mediaUrl } from '../media/urls.ts';
import { playTelegram } from '../telegram/play.ts';
import { TELEGRAM_KINDS } from '../telegram/updates.ts';
import type { BuiltEvent } from '../webhooks/built-event.ts';
import { INSTAGRAM_KINDS, MESSENGER_KINDS, WHATSAPP_KINDS } from '../webhooks/kinds.ts';
import { pageEvent } from '../webhooks/page-events.ts';
import { reportRead, secretOf } from '../webhooks/page-receipts.ts';
import type { Signing } from '../webhooks/sender.ts';
import { whatsappEvent } from '../webhooks/whatsapp-events.ts';
import { reportStatus } from '../webhooks/whatsapp-receipts.ts';
import type { Account, Channel, Customer, ThreadMessage } from '../world/model.ts';
import { BadRequest, NotFound } from './errors.ts';

/** Every kind of event that POST /play knows, by channel. */
export const KINDS: Record<Channel, readonly string[]> = {
  messenger: MESSENGER_KINDS,
  instagram: INSTAGRAM_KINDS,
  whatsapp: WHATSAPP_KINDS,
  telegram: TELEGRAM_KINDS,
};

/** The account and person that a request names. */
export function partiesOf(platform: Platform, input: Obj): { account: Account; customer: Customer } {
  const channel = str(input['channel']) as Channel;
  if (!(channel in KINDS)) throw new BadRequest('"channel" must be messenger, instagram, whatsapp or telegram.');
  const accountId =
    str(input['accountId']) ??
    [...platform.world.accounts.values()].find((known) => known.channel === channel)?.id ??
    '';
  const account = platform.world.account(channel, accountId);
  if (!account) throw new NotFound(`There is no ${channel} account ${accountId}. GET /_sandbox/state lists them.`);
  const customerId = str(input['customerId']) ?? '';
  const customer = platform.world.customer(channel, customerId);
  if (!customer)
    throw new NotFound(`There is no ${channel} customer "${customerId}". Add one with POST /_sandbox/customers.`);
  return { account, customer };
}

/** Plays one event of a customer: shows it in the thread and sends its webhook. */
export async function play(platform: Platform, input: Obj): Promise<Obj> {
  const { account, customer } = partiesOf(platform, input);
  const event = obj(input['event']) ?? {};
  const kind = str(event['kind']) ?? 'text';
  if (account.channel === 'telegram') return playTelegram(platform, account, customer, input);
  if (account.channel === 'whatsapp' && (kind === 'status' || kind === 'read'))
    return playStatus(platform, account, customer, event);
  const target = platform.world.messages.get(str(event['targetId']) ?? '');
  if (kind === 'read' && target && target.from !== 'customer') {
    await reportRead(platform, account, customer, target);
    return { ids: [`${target.id}:read`] };
  }
  const built =
    account.channel === 'whatsapp'
      ? whatsappEvent(platform.world, account, customer, event)
      : pageEvent(platform.world, account, customer, event);
  if (!built)
    throw new BadRequest(
      `"${kind}" is not an event of ${account.channel}. It knows: ${KINDS[account.channel].join(', ')}.`,
    );
  if (input['dryRun'] === true) return { ids: built.ids, body: built.body };
  built.apply?.();
  show(platform, account, customer, kind, built);
  const sign = (input['sign'] ?? true) as Signing;
  const entry = await platform.webhooks.send(built.body, {
    secret: secretOf(platform, account),
    sign,
    ids: built.ids,
    facts: { event: kind, channel: account.channel, account: account.id, customer: customer.id },
  });
  return {
    ids: built.ids,
    body: built.body,
    acknowledged: entry['acknowledged'],
    attempts: entry['attempts'],
    seq: entry.seq,
  };
}

function show(platform: Platform, account: Account, customer: Customer, kind: string, built: BuiltEvent): void {
  const { shown } = built;
  if (!shown) return;
  // A repeated id is the platform's repeat, not a second message.
  if (platform.world.messages.has(shown.id)) return;
  const byBusiness = kind === 'inbox_echo' || kind === 'smb_message_echo';
  const message: ThreadMessage = {
    id: shown.id,
    channel: account.channel,
    accountId: account.id,
    customerId: customer.id,
    from: byBusiness ? 'inbox' : 'customer',
    kind,
    attachments: shown.media
      ? [
          {
            type: shown.mediaType ?? kind,
            url: mediaUrl(platform.world, shown.media.id),
            mimeType: shown.media.mimeType,
            ...(shown.media.filename !== undefined && { name: shown.media.filename }),
          },
        ]
      : [],
    buttons: [],
    reactions: {},
    at: Date.now(),
    status: 'sent',
    edits: 0,
    ...(shown.text !== undefined && { text: shown.text }),
    ...(shown.replyTo !== undefined && { replyTo: shown.replyTo }),
  };
  // Writing opens the window again; a test that wants it shut closes it after the message.
  if (!byBusiness && customer.window !== 'open') {
    customer.window = 'open';
    platform.world.notify({ type: 'state' });
  }
  platform.world.addMessage(message);
}

/** A status of something the business sent, in any order and with any error. */
async function playStatus(platform: Platform, account: Account, customer: Customer, event: Obj): Promise<Obj> {
  const id = str(event['targetId']) ?? '';
  const status = event['kind'] === 'read' ? 'read' : (str(event['status']) ?? 'delivered');
  const known = platform.world.messages.get(id);
  const message: ThreadMessage = known ?? {
    id,
    channel: 'whatsapp',
    accountId: account.id,
    customerId: customer.id,
    from: 'business',
    kind: 'text',
    attachments: [],
    buttons: [],
    reactions: {},
    at: Date.now(),
    status: 'sent',
    edits: 0,
    ...(str(event['callbackData']) !== undefined && { callbackData: str(event['callbackData']) as string }),
  };
  const error = obj(event['error']);
  const extra =
    status === 'failed'
      ? {
          error: {
            code: Number(error?.['code'] ?? 131026),
            title: str(error?.['title']) ?? 'Message undeliverable',
            details: str(error?.['details']) ?? 'Message Undeliverable.',
          },
        }
      : {};
  await reportStatus(platform, account, customer, message, status as 'sent', extra);
  return { ids: [`${id}:${status}`] };
}
