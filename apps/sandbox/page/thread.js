import { $, el } from './api.js';

const STATUS = { accepted: 'accepted', sent: 'sent', delivered: 'delivered', read: 'read', failed: 'failed' };

/** Only addresses that a browser may safely open. */
function safeUrl(url) {
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : undefined;
}

function attachment(item) {
  const url = safeUrl(item.url);
  const name = item.name ?? item.type;
  if (!url) return el('p', { class: 'attachment' }, `[${item.type}]`);
  const type = item.mimeType ?? '';
  if (
    type.startsWith('image/') ||
    (type === '' && ['image', 'sticker', 'story_mention', 'share'].includes(item.type))
  ) {
    return el('img', { src: url, alt: `${item.type}: ${name}`, loading: 'lazy' });
  }
  if (type.startsWith('audio/')) return el('audio', { src: url, controls: true, 'aria-label': name });
  return el('a', { class: 'attachment', href: url, target: '_blank', rel: 'noreferrer noopener' }, `📎 ${name}`);
}

function bubble(message, messages, actions) {
  const mine = message.from === 'customer';
  const quoted = message.replyTo && messages.find((other) => other.id === message.replyTo);
  const time = new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const reactions = Object.values(message.reactions ?? {}).join(' ');
  const marks = [
    time,
    message.edits > 0 && 'edited',
    message.from === 'inbox' && 'typed by hand',
    STATUS[message.status],
    message.failure,
  ].filter(Boolean);
  return el(
    'li',
    { class: `message ${mine ? 'mine' : 'theirs'}${message.deleted ? ' gone' : ''}`, 'data-id': message.id },
    el('span', { class: 'visually-hidden' }, mine ? 'You: ' : 'The business: '),
    el(
      'div',
      { class: 'bubble' },
      quoted && el('blockquote', { dir: 'auto' }, quoted.text ?? `[${quoted.kind}]`),
      (message.attachments ?? []).map(attachment),
      message.deleted
        ? el('p', { class: 'deleted' }, 'This message was taken back.')
        : message.text && el('p', { dir: 'auto' }, message.text),
      reactions !== '' && el('span', { class: 'reactions', 'aria-label': `Reactions: ${reactions}` }, reactions),
    ),
    el('p', { class: 'marks' }, marks.join(' · ')),
    !message.deleted &&
      el(
        'div',
        { class: 'actions', role: 'group', 'aria-label': 'Do something with this message' },
        el('button', { type: 'button', onclick: () => actions.reply(message) }, 'Reply'),
        message.reactions?.customer
          ? el(
              'button',
              { type: 'button', onclick: () => actions.play({ kind: 'reaction', targetId: message.id, remove: true }) },
              'Take reaction back',
            )
          : el(
              'button',
              {
                type: 'button',
                'aria-label': 'React with a heart',
                onclick: () => actions.play({ kind: 'reaction', targetId: message.id, emoji: '❤️' }),
              },
              '❤️',
            ),
        mine &&
          message.channel === 'messenger' &&
          el('button', { type: 'button', onclick: () => actions.edit(message) }, 'Edit'),
        mine &&
          message.channel !== 'whatsapp' &&
          el(
            'button',
            { type: 'button', onclick: () => actions.play({ kind: 'unsend', targetId: message.id }) },
            'Take back',
          ),
      ),
  );
}

/** Draws the thread anew, and keeps it at the end when it was at the end. */
export function drawThread(messages, actions) {
  const thread = $('thread');
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const focused = document.activeElement?.closest?.('li[data-id]')?.dataset.id;
  thread.replaceChildren(
    ...(messages.length > 0
      ? messages.map((message) => bubble(message, messages, actions))
      : [el('li', { class: 'empty' }, 'Nothing said yet. Write as the customer: the message goes to your inbox.')]),
  );
  if (focused) thread.querySelector(`li[data-id="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  if (atEnd) thread.scrollTop = thread.scrollHeight;
  drawChoices(messages, actions);
}

/** The buttons that the newest message of the business offers. */
function drawChoices(messages, actions) {
  const last = messages.at(-1);
  const buttons = last && last.from !== 'customer' ? (last.buttons ?? []) : [];
  const kinds = { quick_reply: 'quick_reply', button: 'button_reply', row: 'list_reply', postback: 'postback' };
  $('quick').replaceChildren(
    ...buttons
      .map((button) =>
        button.kind === 'url'
          ? safeUrl(button.id) &&
            el('a', { href: button.id, target: '_blank', rel: 'noreferrer noopener', dir: 'auto' }, button.title)
          : el(
              'button',
              {
                type: 'button',
                dir: 'auto',
                onclick: () =>
                  actions.play({ kind: kinds[button.kind], text: button.title, payload: button.id, replyTo: last.id }),
              },
              button.title,
            ),
      )
      .filter(Boolean),
  );
}
