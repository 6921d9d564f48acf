import type { Platform, Upload } from '../graph/call.ts';
import { obj, objs, num, str, strs, type Obj } from '../json.ts';
import { mediaUrl } from '../media/urls.ts';
import type { Account, Customer, Media, ThreadAttachment, ThreadMessage } from '../world/model.ts';
import { TelegramError, badRequest } from './errors.ts';
import { messageNumber, privateChat, telegramBot, threadId } from './updates.ts';

/** One call of the Bot API by a bot that is known. */
interface BotCall extends Platform {
  bot: Account;
  params: Obj;
  files: Map<string, Upload>;
}

const DEFAULT_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'];
const LARGEST_DOWNLOAD = 20 * 1024 * 1024;
/** What is sent by which method, and the most that its caption may have. */
const MEDIA: Record<string, string> = {
  sendPhoto: 'photo',
  sendDocument: 'document',
  sendVoice: 'voice',
  sendAudio: 'audio',
  sendVideo: 'video',
  sendSticker: 'sticker',
  sendAnimation: 'animation',
};

const METHODS: Record<string, (call: BotCall) => unknown> = {
  getMe: ({ bot }) => ({ ...telegramBot(bot), can_join_groups: true, can_read_all_group_messages: false }),
  setWebhook,
  deleteWebhook: ({ world, bot }) => (world.botWebhooks.delete(bot.id), world.notify({ type: 'state' }), true),
  getWebhookInfo,
  sendMessage,
  getFile,
  getChat: (call) => privateChat(chatOf(call)),
  answerCallbackQuery: (call) => {
    const id = str(call.params['callback_query_id']) ?? '';
    if (!call.world.messages.has(`callback:${id}`))
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    return true;
  },
  sendChatAction: (call) => {
    const customer = chatOf(call);
    call.world.notify({ type: 'typing', accountId: call.bot.id, customerId: customer.id, on: true });
    return true;
  },
  setMessageReaction: (call) => {
    const id = threadId(chatOf(call).id, num(call.params['message_id']) ?? 0);
    if (!call.world.messages.has(id)) throw badRequest('message to react not found');
    call.world.react(id, 'business', str(objs(valueOf(call.params['reaction']))[0]?.['emoji']));
    return true;
  },
  leaveChat: () => true,
};

/** Does what a method says; throws TelegramError. */
export function perform(method: string, call: BotCall): unknown {
  // Names of methods are taken in any case, as Telegram does.
  const name = [...Object.keys(METHODS), ...Object.keys(MEDIA)].find(
    (known) => known.toLowerCase() === method.toLowerCase(),
  );
  if (name === undefined) throw new TelegramError(404, 'Not Found');
  return MEDIA[name] === undefined ? METHODS[name]?.(call) : sendMedia(call, MEDIA[name]);
}

function setWebhook({ world, bot, params }: BotCall): boolean {
  const address = str(params['url']) ?? '';
  const secret = str(params['secret_token']) ?? '';
  const url = URL.parse(address);
  if (address === '') {
    world.botWebhooks.delete(bot.id);
    return true;
  }
  if (!url || (url.protocol !== 'https:' && !isHere(url)))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!isHere(url) && !['', '443', '80', '88', '8443'].includes(url.port))
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  const allowed = strs(valueOf(params['allowed_updates']));
  world.botWebhooks.set(bot.id, {
    url: address,
    secret,
    allowedUpdates: allowed.length > 0 ? allowed : DEFAULT_UPDATES,
  });
  world.notify({ type: 'state' });
  return true;
}

/** Telegram calls public https addresses only; the sandbox calls this machine. */
function isHere(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

function getWebhookInfo({ world, bot }: BotCall): Obj {
  const webhook = world.botWebhooks.get(bot.id);
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: 0,
    ...(webhook && { max_connections: 40, allowed_updates: webhook.allowedUpdates }),
  };
}

function sendMessage(call: BotCall): Obj {
  const text = str(call.params['text']) ?? '';
  if (text.trim() === '') throw badRequest('message text is empty');
  if (text.length > 4096) throw badRequest('message is too long');
  // A group has no thread here; what is said in it stands in the ledger.
  if (Number(call.params['chat_id']) < 0) return saidInGroup(call, text);
  return post(call, 'text', { text }, []);
}

function sendMedia(call: BotCall, kind: string): Obj {
  const caption = str(call.params['caption']);
  if (caption !== undefined && caption.length > 1024) throw badRequest('message caption is too long');
  const upload = call.files.get(kind);
  const named = str(call.params[kind]);
  if (!upload && named === undefined) throw badRequest(`there is no ${kind} in the request`);
  const media = upload
    ? call.world.addMedia({
        ownerId: call.bot.id,
        mimeType: upload.mimeType,
        bytes: upload.bytes,
        filename: upload.filename,
      })
    : call.world.media.get(named ?? '');
  if (!media && !/^https?:/.test(named ?? '')) throw badRequest('wrong file identifier/HTTP URL specified');
  const url = media ? mediaUrl(call.world, media.id) : (named ?? '');
  const attachment: ThreadAttachment = {
    type: kind,
    url,
    ...(media && { mimeType: media.mimeType, name: media.filename ?? kind }),
  };
  const file = media ? fileOf(media) : { file_id: 'remote', file_unique_id: 'remote' };
  return post(call, kind, { [kind]: kind === 'photo' ? [file] : file, ...(caption !== undefined && { caption }) }, [
    attachment,
  ]);
}

function post(call: BotCall, kind: string, content: Obj, attachments: ThreadAttachment[]): Obj {
  const { world, bot, params } = call;
  const customer = chatOf(call);
  const reply = num((obj(valueOf(params['reply_parameters'])) ?? {})['message_id']);
  const replyTo = reply === undefined ? undefined : threadId(customer.id, reply);
  const lenient = (obj(valueOf(params['reply_parameters'])) ?? {})['allow_sending_without_reply'] === true;
  if (replyTo !== undefined && !world.messages.has(replyTo) && !lenient)
    throw badRequest('message to be replied not found');
  const number = world.nextNumber();
  const text = str(content['text']) ?? str(content['caption']);
  const message: ThreadMessage = {
    id: threadId(customer.id, number),
    channel: 'telegram',
    accountId: bot.id,
    customerId: customer.id,
    from: 'business',
    kind,
    attachments,
    buttons: buttonsOf(params),
    reactions: {},
    at: Date.now(),
    status: 'sent',
    edits: 0,
    ...(text !== undefined && { text }),
    ...(replyTo !== undefined && { replyTo }),
  };
  world.addMessage(message);
  call.ledger.record('sends', {
    channel: 'telegram',
    account: bot.id,
    customer: customer.id,
    id: message.id,
    type: kind,
    text: text ?? null,
    body: params,
  });
  return {
    message_id: number,
    from: telegramBot(bot),
    chat: privateChat(customer),
    date: Math.floor(message.at / 1000),
    ...content,
    ...(replyTo !== undefined &&
      world.messages.has(replyTo) && { reply_to_message: { message_id: messageNumber(replyTo) } }),
  };
}

function saidInGroup(call: BotCall, text: string): Obj {
  const id = Number(call.params['chat_id']);
  call.ledger.record('sends', {
    channel: 'telegram',
    account: call.bot.id,
    customer: String(id),
    type: 'group',
    text,
    body: call.params,
  });
  const chat = { id, type: 'supergroup', title: 'Friends' };
  return {
    message_id: call.world.nextNumber(),
    from: telegramBot(call.bot),
    chat,
    date: Math.floor(Date.now() / 1000),
    text,
  };
}

function buttonsOf(params: Obj): ThreadMessage['buttons'] {
  const rows = obj(valueOf(params['reply_markup']))?.['inline_keyboard'];
  return objs(Array.isArray(rows) ? (rows as unknown[]).flat() : []).map((button) => ({
    id: str(button['callback_data']) ?? '',
    title: str(button['text']) ?? '',
    kind: 'button',
  }));
}

/** The person whose chat a call names, if the bot may write to them. */
function chatOf({ world, bot, params }: BotCall): Customer {
  const customer = world.customer('telegram', str(params['chat_id']) ?? '');
  if (!customer) throw badRequest('chat not found');
  if (customer.blocked) throw new TelegramError(403, 'Forbidden: bot was blocked by the user');
  if (world.thread(bot.id, customer.id).length === 0)
    throw new TelegramError(403, "Forbidden: bot can't initiate conversation with a user");
  return customer;
}

function getFile({ world, bot, params }: BotCall): Obj {
  const media = world.media.get(str(params['file_id']) ?? '');
  if (!media || media.ownerId !== bot.id) throw badRequest('invalid file_id');
  if (media.bytes.length > LARGEST_DOWNLOAD) throw badRequest('file is too big');
  return { ...fileOf(media), file_path: `files/${media.id}` };
}

function fileOf(media: Media): Obj {
  return { file_id: media.id, file_unique_id: `u${media.id}`, file_size: media.bytes.length };
}

/** A member of a form is JSON text. */
function valueOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest("can't parse a parameter as JSON");
  }
}
