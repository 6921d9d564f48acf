import { instagramMid, messengerMid } from '../ids.ts';
import { obj, objs, str, type Obj } from '../json.ts';
import { fetchAttachment } from '../media/fetching.ts';
import { pageReceipts } from '../webhooks/page-receipts.ts';
import type { Account, Customer, ThreadAttachment, ThreadButton, ThreadMessage, Token } from '../world/model.ts';
import { mustHave, type GraphAnswer, type GraphCall } from './call.ts';
import { GraphError, invalid, missing } from './errors.ts';
import { withoutToken } from './whatsapp.ts';

const ATTACHMENTS = ['image', 'video', 'audio', 'file', 'template', 'MEDIA_SHARE', 'like_heart'];
const ACTIONS = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];
/** What a reaction that is sent by its name looks like. */
const REACTIONS: Record<string, string> = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
};
const TYPES = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];

/** POST /{page-id | ig-id | me}/messages for Messenger and Instagram. A Page's own edge serves its Instagram account too. */
export async function sendPageMessage(call: GraphCall, token: Token, named: Account): Promise<GraphAnswer> {
  const recipient = obj(call.params['recipient']) ?? parsed(call.params['recipient']);
  if (!recipient) throw missing('recipient');
  const { account, customer } = findRecipient(call, named, recipient);
  if (account.channel === 'messenger') mustHave(token, 'pages_messaging');
  else mustHave(token, 'instagram_manage_messages', 'instagram_business_manage_messages');

  const message = obj(call.params['message']) ?? parsed(call.params['message']);
  const action = str(call.params['sender_action']);
  if (action !== undefined) {
    if (message) throw invalid('sender_action must be sent without message.');
    return senderAction(call, account, customer, action);
  }
  if (!message) throw missing('message');
  checkPolicy(call, account, customer);
  const content = await checkMessage(call, account, message);
  const replyTo = str((obj(call.params['reply_to']) ?? parsed(call.params['reply_to']))?.['mid']);
  const metadata = str(message['metadata']);
  const id = account.channel === 'messenger' ? messengerMid() : instagramMid();
  const sent: ThreadMessage = {
    id,
    channel: account.channel,
    accountId: account.id,
    customerId: customer.id,
    from: 'business',
    ...content,
    reactions: {},
    at: Date.now(),
    status: 'sent',
    edits: 0,
    ...(replyTo !== undefined && { replyTo }),
    ...(metadata !== undefined && { callbackData: metadata }),
  };
  call.world.addMessage(sent);
  call.ledger.record('sends', {
    channel: account.channel,
    account: account.id,
    customer: customer.id,
    id,
    type: content.kind,
    text: content.text ?? null,
    callbackData: metadata ?? null,
    body: withoutToken(call.params),
  });
  pageReceipts(call, account, customer, sent);
  return { body: { recipient_id: customer.id, message_id: id }, account: account.id };
}

/** Form-encoded calls carry these members as JSON text. */
function parsed(value: unknown): Obj | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return obj(JSON.parse(value));
  } catch {
    throw invalid('A parameter is not valid JSON.');
  }
}

function findRecipient(call: GraphCall, named: Account, recipient: Obj): { account: Account; customer: Customer } {
  const linked = [...call.world.accounts.values()].filter(
    (other) => other.channel === 'instagram' && other.parentId === named.id,
  );
  const ofComment = str(recipient['comment_id']) ?? str(recipient['post_id']);
  if (ofComment !== undefined) {
    const first = [...call.world.customers.values()].find((customer) => customer.channel === named.channel);
    if (first) return { account: named, customer: first };
  }
  const id = str(recipient['id']) ?? str(recipient['user_ref']);
  if (!id) throw missing("recipient['id']");
  for (const account of [named, ...linked]) {
    const customer = call.world.customer(account.channel, id);
    if (customer) return { account, customer };
  }
  throw new GraphError(100, '(#100) No matching user found', { subcode: 2018001 });
}

function checkPolicy(call: GraphCall, account: Account, customer: Customer): void {
  const type = str(call.params['messaging_type']);
  const tag = str(call.params['tag']);
  if (type !== undefined && !TYPES.includes(type))
    throw invalid(`Param messaging_type must be one of {${TYPES.join(', ')}} - got "${type}".`);
  if (type === 'MESSAGE_TAG' && tag === undefined) throw missing('tag');
  if (tag !== undefined && tag !== 'HUMAN_AGENT') throw invalid(`Invalid message tag: ${tag} is no longer supported.`);
  if (customer.blocked) {
    throw new GraphError(551, "(#551) This person isn't available right now.", { subcode: 1545041 });
  }
  if (customer.window !== 'open' && tag === undefined) {
    throw new GraphError(10, '(#10) This message is sent outside of allowed window.', {
      subcode: account.channel === 'messenger' ? 2018278 : 2534022,
      status: 403,
    });
  }
}

type Content = Pick<ThreadMessage, 'kind' | 'text' | 'attachments' | 'buttons'>;

async function checkMessage(call: GraphCall, account: Account, message: Obj): Promise<Content> {
  const text = str(message['text']);
  const single = obj(message['attachment']);
  const attachments = single ? [single] : objs(message['attachments']);
  if ((text === undefined || text === '') && attachments.length === 0)
    throw invalid('Message cannot be empty, must provide valid attachment or text');
  if (text !== undefined && attachments.length > 0) throw invalid('Cannot send text and attachment in one message.');
  if (text !== undefined) checkLength(account, text);
  const metadata = str(message['metadata']);
  if (metadata !== undefined && metadata.length > 1000)
    throw invalid('Length of param message[metadata] must be less than or equal to 1000');
  const replies = objs(message['quick_replies']);
  if (replies.length > 13) throw invalid('Param message[quick_replies] must have at most 13 elements.');
  if (attachments.length > 10) throw invalid('Too many attachments.');

  const shown: ThreadAttachment[] = [];
  const buttons: ThreadButton[] = replies.map((reply) => ({
    id: str(reply['payload']) ?? '',
    // The platform cuts long titles rather than refuse them.
    title: [...(str(reply['title']) ?? '')].slice(0, 20).join(''),
    kind: 'quick_reply',
  }));
  let shownText = text;
  for (const attachment of attachments) {
    const type = str(attachment['type']);
    if (type === undefined || !ATTACHMENTS.includes(type))
      throw invalid(`Unsupported attachment type: ${type ?? 'none'}`);
    const payload = obj(attachment['payload']) ?? {};
    if (type === 'template') {
      shownText =
        str(payload['text']) ??
        objs(payload['elements'])
          .map((element) => str(element['title']) ?? '')
          .join(' · ');
      buttons.push(...templateButtons(payload));
      continue;
    }
    const url = str(payload['url']);
    if (
      url === undefined &&
      str(payload['attachment_id']) === undefined &&
      str(payload['id']) === undefined &&
      type !== 'like_heart'
    ) {
      throw invalid('Attachment needs a url or an attachment_id.');
    }
    if (url !== undefined && !/^https?:\/\//.test(url))
      throw new GraphError(100, '(#100) Failed to fetch the file from the url', { subcode: 2018008 });
    shown.push(url === undefined ? { type } : { type, ...(await fetchAttachment(call, account, url)) });
  }
  const kind = text !== undefined ? 'text' : (str(attachments[0]?.['type']) ?? 'attachment');
  return { kind, ...(shownText !== undefined && { text: shownText }), attachments: shown, buttons };
}

function templateButtons(payload: Obj): ThreadButton[] {
  return [...objs(payload['buttons']), ...objs(payload['elements']).flatMap((element) => objs(element['buttons']))].map(
    (button) => ({
      id: str(button['payload']) ?? str(button['url']) ?? '',
      title: str(button['title']) ?? '',
      kind: button['type'] === 'web_url' ? 'url' : 'postback',
    }),
  );
}

function checkLength(account: Account, text: string): void {
  if (account.channel === 'messenger' && [...text].length > 2000) {
    throw invalid('Length of param message[text] must be less than or equal to 2000');
  }
  if (account.channel === 'instagram' && Buffer.byteLength(text) > 1000) {
    throw invalid('Length of param message[text] must be less than or equal to 1000 bytes');
  }
}

function senderAction(call: GraphCall, account: Account, customer: Customer, action: string): GraphAnswer {
  if (!ACTIONS.includes(action))
    throw invalid(`Param sender_action must be one of {${ACTIONS.join(', ')}} - got "${action}".`);
  const { world } = call;
  if (action === 'typing_on' || action === 'typing_off') {
    world.notify({ type: 'typing', accountId: account.id, customerId: customer.id, on: action === 'typing_on' });
  } else if (action === 'mark_seen') {
    for (const message of world.thread(account.id, customer.id)) {
      if (message.from !== 'customer' || message.status === 'read') continue;
      message.status = 'read';
      world.changed(message);
    }
  } else {
    const payload = obj(call.params['payload']) ?? parsed(call.params['payload']) ?? {};
    const target = world.messages.get(str(payload['message_id']) ?? '');
    if (!target || target.customerId !== customer.id)
      throw invalid('payload[message_id] is not a message of this conversation.');
    if (action === 'react') target.reactions['business'] = reactionOf(account, str(payload['reaction']) ?? 'love');
    else delete target.reactions['business'];
    world.changed(target);
  }
  call.ledger.record('sends', {
    channel: account.channel,
    account: account.id,
    customer: customer.id,
    id: null,
    type: action,
    body: withoutToken(call.params),
  });
  return { body: { recipient_id: customer.id }, account: account.id };
}

function reactionOf(account: Account, name: string): string {
  const shown = REACTIONS[name];
  if (shown === undefined || (account.channel === 'instagram' && name !== 'love'))
    throw invalid(`payload[reaction] must be a reaction of ${account.channel} - got "${name}".`);
  return shown;
}
