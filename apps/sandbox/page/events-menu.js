import { $, el } from './api.js';

/** Words for the kinds; the rest speak for themselves. */
const LABELS = {
  voice: 'Voice message',
  file: 'File (PDF)',
  document: 'Document (PDF)',
  image: 'Photo',
  story_mention: 'Mentions you in a story',
  story_reply: 'Answers your story',
  fallback: 'Shared link',
  ad_referral: 'Comes from an ad',
  product: 'Asks about a product',
  inbox_echo: 'Someone at the business types by hand',
  postback: 'Presses a menu button',
  referral: 'Follows a link',
  nfm_reply: 'Sends a form',
  button: 'Presses a template button',
  button_reply: 'Presses a button',
  list_reply: 'Picks from a list',
  order: 'Sends an order',
  system: 'Changes phone number',
  unsupported: 'Something unsupported',
  smb_message_echo: 'Someone at the business types on the phone',
  smb_revoke: 'The business takes it back (phone)',
  smb_edit: 'The business edits it (phone)',
  user_id_update: 'Gets a new user id',
  user_preferences: 'Stops marketing messages',
  leadgen: 'Fills a lead form',
  comment: 'Comments on a post',
  dashboard_test: 'Test event of the dashboard',
  read: 'Has read',
  delivery: 'Delivery receipt',
  status: 'Message failed',
  unsend: 'Takes a message back',
  edit: 'Edits a message',
  reaction: 'Reacts',
  value_error: 'The platform reports an error',
  start: 'Follows a link to the bot',
  callback: 'Presses a button',
  blocked: 'Blocks the bot',
  unblocked: 'Lets the bot in again',
  added_to_group: 'Adds the bot to a group',
  group_message: 'Writes in a group with the bot',
  video_note: 'Round video',
  animation: 'GIF',
  contact: 'Contact',
  venue: 'Place with a name',
  service: 'Pins a message',
  policy: 'Policy warning',
  optin: 'Opts in',
  text: 'Text',
};
const GROUPS = [
  [
    'Messages',
    [
      'text',
      'quick_reply',
      'image',
      'video',
      'audio',
      'voice',
      'file',
      'document',
      'sticker',
      'animation',
      'video_note',
      'location',
      'venue',
      'contacts',
      'contact',
      'poll',
      'dice',
      'fallback',
      'template',
      'reel',
      'post',
      'share',
      'story_mention',
      'story_reply',
      'ephemeral',
      'appointment_booking',
      'order',
      'product',
      'unsupported',
    ],
  ],
  [
    'Buttons and links',
    ['callback', 'start', 'button_reply', 'list_reply', 'nfm_reply', 'button', 'postback', 'referral', 'ad_referral'],
  ],
  [
    'About a message',
    ['reaction', 'edit', 'unsend', 'read', 'delivery', 'status', 'response_feedback', 'smb_revoke', 'smb_edit'],
  ],
];
const label = (kind) => LABELS[kind] ?? kind.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());

/** The message that an event about a message means: the newest of the business, or of the customer for their own. */
export function targetFor(kind, messages) {
  const own = ['edit', 'unsend'].includes(kind);
  return messages.findLast(
    (message) => (own ? message.from === 'customer' : message.from !== 'customer') && !message.deleted,
  )?.id;
}

/** Fills the menu with what the channel knows. */
export function drawMenu(kinds, messages, play) {
  const grouped = new Set(GROUPS.flatMap(([, names]) => names));
  const sections = [
    ...GROUPS.map(([title, names]) => [title, names.filter((name) => kinds.includes(name))]),
    ['From the platform', kinds.filter((kind) => !grouped.has(kind))],
  ];
  $('menu-target').textContent =
    'Events about a message mean the newest one; for reactions, replies and edits of an older one use the buttons beside it.';
  $('menu-list').replaceChildren(
    ...sections
      .filter(([, names]) => names.length > 0)
      .map(([title, names]) =>
        el(
          'section',
          {},
          el('h3', {}, title),
          el(
            'div',
            { class: 'menu-grid' },
            names.map((kind) =>
              el('button', { type: 'button', onclick: () => choose(kind, messages, play) }, label(kind)),
            ),
          ),
        ),
      ),
  );
}

function choose(kind, messages, play) {
  const text = $('menu-text').value.trim();
  $('menu').close();
  $('menu-text').value = '';
  void play({
    kind,
    targetId: targetFor(kind, messages()),
    ...(text !== '' && { text, caption: text }),
    ...(kind === 'status' && { status: 'failed' }),
  });
}
