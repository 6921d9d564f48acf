import { compact, num, obj, str, type Obj } from '../json.ts';
import { sampleMedia } from '../media/store.ts';
import type { SampleKind } from '../media/samples.ts';
import type { BuiltEvent } from '../webhooks/built-event.ts';
import type { Account, Customer } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** The kinds of event that can be played on Telegram. */
export const TELEGRAM_KINDS = (
  'text start photo document voice audio video video_note animation sticker location venue contact poll dice ' +
  'edit reaction callback blocked unblocked group_message added_to_group channel_added service unsupported hologram'
).split(' ');

const MEDIA: Record<string, { sample: SampleKind; more: Obj }> = {
  document: { sample: 'pdf', more: {} },
  voice: { sample: 'ogg', more: { duration: 1 } },
  audio: { sample: 'ogg', more: { duration: 1, title: 'A song' } },
  video: { sample: 'mp4', more: { width: 320, height: 240, duration: 1 } },
  video_note: { sample: 'mp4', more: { length: 240, duration: 1 } },
  sticker: {
    sample: 'webp',
    more: { type: 'regular', width: 512, height: 512, is_animated: false, is_video: false, emoji: '👍' },
  },
};

interface Parties {
  world: World;
  bot: Account;
  customer: Customer;
}

/** The person as an update names them. */
function telegramUser(customer: Customer): Obj {
  return compact({
    id: Number(customer.id),
    is_bot: false,
    first_name: customer.name,
    username: customer.username,
    language_code: customer.language,
  });
}

/** The bot as an update names it. */
export function telegramBot(bot: Account): Obj {
  return { id: Number(bot.id), is_bot: true, first_name: bot.name, username: bot.username };
}

/** The private chat of a person with a bot. */
export function privateChat(customer: Customer): Obj {
  return compact({ id: Number(customer.id), type: 'private', first_name: customer.name, username: customer.username });
}

/** The id by which the sandbox keeps a message of a chat. */
export function threadId(chatId: string | number, messageId: number): string {
  return `${chatId}:${messageId}`;
}

/** Telegram's own id of a message that the sandbox keeps. */
export function messageNumber(id: string | undefined): number | undefined {
  return num(id?.split(':').at(-1));
}

/** The update for an event of a customer; undefined for a kind that nobody knows. */
export function telegramUpdate(world: World, bot: Account, customer: Customer, event: Obj): BuiltEvent | undefined {
  const kind = str(event['kind']) ?? 'text';
  const parties = { world, bot, customer };
  const update = (what: Obj, rest: Omit<BuiltEvent, 'body'>): BuiltEvent => ({
    body: { update_id: num(event['updateId']) ?? 810_000 + world.nextNumber(), ...what },
    ...rest,
  });
  const now = num(event['timestamp']) ?? Math.floor(Date.now() / 1000);
  const target = world.messages.get(str(event['targetId']) ?? '');
  const from = telegramUser(customer);
  const chat = privateChat(customer);
  switch (kind) {
    case 'edit': {
      const id = target?.id ?? threadId(customer.id, num(event['messageId']) ?? 1);
      const text = str(event['text']) ?? 'edited';
      const body = { message_id: messageNumber(id), from, chat, date: now, edit_date: now, text };
      return update({ edited_message: body }, { ids: [`${id}:edit`], apply: () => world.edit(id, text) });
    }
    case 'reaction': {
      const id = target?.id ?? threadId(customer.id, num(event['messageId']) ?? 1);
      const emoji = event['remove'] === true ? undefined : (str(event['emoji']) ?? '👍');
      const given = emoji === undefined ? [] : [{ type: 'emoji', emoji }];
      const body = {
        chat,
        message_id: messageNumber(id),
        user: from,
        date: now,
        old_reaction: [],
        new_reaction: given,
      };
      return update(
        { message_reaction: body },
        { ids: [`${id}:reaction`], apply: () => world.react(id, 'customer', emoji) },
      );
    }
    case 'callback':
      return callback(parties, event, now, update);
    case 'blocked':
    case 'unblocked': {
      const status = (word: string) => ({
        user: telegramBot(bot),
        status: word,
        ...(word === 'kicked' && { until_date: 0 }),
      });
      const gone = kind === 'blocked';
      const body = {
        chat,
        from,
        date: now,
        old_chat_member: status(gone ? 'member' : 'kicked'),
        new_chat_member: status(gone ? 'kicked' : 'member'),
      };
      return update(
        { my_chat_member: body },
        { ids: [`${customer.id}:${kind}`], apply: () => void (customer.blocked = gone) },
      );
    }
    case 'group_message':
    case 'added_to_group':
    case 'channel_added':
      return inGroup(parties, kind, event, now, update);
    case 'hologram':
      return update({ hologram: { from, chat } }, { ids: ['hologram'] });
    default:
      return written(parties, kind, event, now, update);
  }
}

type Update = (what: Obj, rest: Omit<BuiltEvent, 'body'>) => BuiltEvent;

function written(
  { world, bot, customer }: Parties,
  kind: string,
  event: Obj,
  now: number,
  update: Update,
): BuiltEvent | undefined {
  const content = contentOf(world, bot, kind, event);
  if (!content) return undefined;
  const number = messageNumber(str(event['id'])) ?? world.nextNumber();
  const id = threadId(customer.id, number);
  const replyTo = str(event['replyTo']);
  const replied = messageNumber(replyTo);
  const message = compact({
    message_id: number,
    from: telegramUser(customer),
    chat: privateChat(customer),
    date: now,
    ...content.body,
    reply_to_message:
      replied === undefined ? undefined : { message_id: replied, chat: privateChat(customer), date: now },
  });
  if (kind === 'service') return update({ message }, { ids: [id] });
  const shown = { id, ...content.shown, ...(replyTo !== undefined && { replyTo }) };
  return update({ message }, { ids: [id], shown });
}

function contentOf(
  world: World,
  bot: Account,
  kind: string,
  event: Obj,
): { body: Obj; shown: Omit<NonNullable<BuiltEvent['shown']>, 'id'> } | undefined {
  const text = str(event['text']);
  const caption = str(event['caption']) ?? text;
  const described = caption !== undefined ? { caption } : {};
  const file = (sample: SampleKind) => {
    const media = sampleMedia(world, sample, bot.id);
    const body = {
      file_id: media.id,
      file_unique_id: `u${media.id}`,
      file_size: num(event['fileSize']) ?? media.bytes.length,
    };
    return { media, body, named: { ...body, file_name: media.filename, mime_type: media.mimeType.split(';')[0] } };
  };
  switch (kind) {
    case 'text':
      return { body: { text: text ?? 'Merhaba' }, shown: { text: text ?? 'Merhaba' } };
    case 'start': {
      const said = `/start ${str(event['payload']) ?? 'flyer_7'}`;
      return { body: { text: said, entities: [{ type: 'bot_command', offset: 0, length: 6 }] }, shown: { text: said } };
    }
    case 'photo': {
      const { media, body } = file('jpeg');
      const small = { ...body, file_id: `${media.id}s`, width: 32, height: 32, file_size: 100 };
      const shown = { media, mediaType: 'image', ...(caption !== undefined && { text: caption }) };
      return { body: { photo: [small, { ...body, width: 64, height: 64 }], ...described }, shown };
    }
    case 'animation': {
      const { media, named } = file('mp4');
      return {
        body: { animation: { ...named, width: 64, height: 64, duration: 1 }, document: named, ...described },
        shown: { media, mediaType: 'video' },
      };
    }
    case 'location':
      return { body: { location: { latitude: 41.0082, longitude: 28.9784 } }, shown: { text: '📍 41.0082, 28.9784' } };
    case 'venue': {
      const location = { latitude: 41.0082, longitude: 28.9784 };
      return {
        body: { location, venue: { location, title: 'Demo Shop', address: 'Galata 1' } },
        shown: { text: '📍 Demo Shop' },
      };
    }
    case 'contact':
      return {
        body: { contact: { phone_number: '+905550000077', first_name: 'Zeynep', last_name: 'Ak', user_id: 5_550_077 } },
        shown: { text: '👤 Zeynep Ak' },
      };
    case 'poll':
      return {
        body: {
          poll: {
            id: '77',
            question: text ?? 'Tea or coffee?',
            options: [{ text: 'Tea', voter_count: 0 }],
            type: 'regular',
          },
        },
        shown: { text: '📊 poll' },
      };
    case 'dice':
      return { body: { dice: { emoji: '🎲', value: 4 } }, shown: { text: '🎲 4' } };
    case 'service':
      return { body: { pinned_message: { message_id: 1, date: 1, chat: {} } }, shown: {} };
    case 'unsupported':
      return { body: { story: { id: 1, chat: {} } }, shown: { text: '[story]' } };
    default: {
      const known = MEDIA[kind];
      if (!known) return undefined;
      const { media, named } = file(known.sample);
      const shown = { media, mediaType: kind, ...(caption !== undefined && { text: caption }) };
      return { body: { [kind]: { ...named, ...known.more }, ...described }, shown };
    }
  }
}

function callback({ world, bot, customer }: Parties, event: Obj, now: number, update: Update): BuiltEvent {
  const target =
    world.messages.get(str(event['targetId']) ?? '') ??
    world.thread(bot.id, customer.id).findLast((message) => message.from === 'business');
  const data = str(event['payload']) ?? target?.buttons[0]?.id ?? 'yes';
  const title = str(event['text']) ?? target?.buttons.find((button) => button.id === data)?.title ?? 'Yes';
  const id = str(event['id']) ?? String(43_820_000 + world.nextNumber());
  const message = compact({
    message_id: messageNumber(target?.id) ?? 1,
    from: telegramBot(bot),
    chat: privateChat(customer),
    date: now,
    text: target?.text,
    reply_markup: { inline_keyboard: [[{ text: title, callback_data: data }]] },
  });
  const query = { id, from: telegramUser(customer), message, chat_instance: '-77', data };
  return update({ callback_query: query }, { ids: [`callback:${id}`], shown: { id: `callback:${id}`, text: title } });
}

function inGroup({ world, bot, customer }: Parties, kind: string, event: Obj, now: number, update: Update): BuiltEvent {
  const channel = kind === 'channel_added';
  const id = num(event['groupId']) ?? -1_001_000_000_001;
  const chat = { id, type: channel ? 'channel' : 'supergroup', title: str(obj(event['chat'])?.['title']) ?? 'Friends' };
  const from = telegramUser(customer);
  if (kind === 'group_message') {
    const number = world.nextNumber();
    return update(
      { message: { message_id: number, from, chat, date: now, text: str(event['text']) ?? 'hello group' } },
      { ids: [threadId(id, number)] },
    );
  }
  const member = (status: string) => ({ user: telegramBot(bot), status });
  const body = {
    chat,
    from,
    date: now,
    old_chat_member: member('left'),
    new_chat_member: member(channel ? 'administrator' : 'member'),
  };
  return update({ my_chat_member: body }, { ids: [`${id}:${kind}`] });
}
