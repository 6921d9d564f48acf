import { BadRequest } from '../control/errors.ts';
import type { Platform } from '../graph/call.ts';
import { obj, str, type Obj } from '../json.ts';
import { mediaUrl } from '../media/urls.ts';
import type { BuiltEvent } from '../webhooks/built-event.ts';
import type { Signing } from '../webhooks/sender.ts';
import type { Account, Customer } from '../world/model.ts';
import { TELEGRAM_KINDS, telegramUpdate } from './updates.ts';

const HEADER = 'x-telegram-bot-api-secret-token';

/** Plays one event of a customer: shows it in the thread and sends its update to the address that the bot has set. */
export async function playTelegram(platform: Platform, bot: Account, customer: Customer, input: Obj): Promise<Obj> {
  const { world, webhooks } = platform;
  const event = obj(input['event']) ?? {};
  const kind = str(event['kind']) ?? 'text';
  const built = telegramUpdate(world, bot, customer, event);
  if (!built) throw new BadRequest(`"${kind}" is not an event of telegram. It knows: ${TELEGRAM_KINDS.join(', ')}.`);
  if (input['dryRun'] === true) return { ids: built.ids, body: built.body };
  built.apply?.();
  show(platform, bot, customer, kind, built);
  const webhook = world.botWebhooks.get(bot.id);
  const name = Object.keys(built.body).find((key) => key !== 'update_id') ?? '';
  // As at Telegram: what was not asked for is not sent, and without an address it waits there.
  if (!webhook || (!webhook.allowedUpdates.includes(name) && name !== 'hologram'))
    return { ids: built.ids, body: built.body, acknowledged: false, attempts: [] };
  const entry = await webhooks.deliver({
    body: JSON.stringify(built.body),
    url: webhook.url,
    sign: false,
    headers: { 'user-agent': '', ...secretHeaders(webhook.secret, (input['sign'] ?? true) as Signing) },
    ids: built.ids,
    facts: { event: kind, channel: 'telegram', account: bot.id, customer: customer.id, body: built.body },
  });
  return {
    ids: built.ids,
    body: built.body,
    acknowledged: entry['acknowledged'],
    attempts: entry['attempts'],
    seq: entry.seq,
  };
}

/** The secret as it is, or as somebody who does not know it would send it. */
function secretHeaders(secret: string, sign: Signing): Record<string, string> {
  switch (sign) {
    case false:
      return {};
    case 'wrong':
      return { [HEADER]: secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A') };
    case 'other-secret':
      return { [HEADER]: [...secret].reverse().join('') };
    case 'uppercase':
      return { [HEADER]: secret.toUpperCase() };
    case 'twice':
      return { [HEADER]: `${secret}, ${secret}` };
    case 'empty':
      return { [HEADER]: '' };
    case 'truncated':
      return { [HEADER]: secret.slice(0, 20) };
    default:
      return { [HEADER]: secret };
  }
}

function show(platform: Platform, bot: Account, customer: Customer, kind: string, built: BuiltEvent): void {
  const { shown } = built;
  // A repeated id is the platform's repeat, not a second message.
  if (!shown || platform.world.messages.has(shown.id)) return;
  platform.world.addMessage({
    id: shown.id,
    channel: 'telegram',
    accountId: bot.id,
    customerId: customer.id,
    from: 'customer',
    kind,
    attachments: shown.media
      ? [
          {
            type: shown.mediaType ?? kind,
            url: mediaUrl(platform.world, shown.media.id),
            mimeType: shown.media.mimeType,
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
  });
}
