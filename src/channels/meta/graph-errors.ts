/**
 * What an error of Graph means for a message: `refused` for good, or `later`: it was not taken, and may be sent again.
 * Decided by code and subcode, never by Meta's text, which is not shown either.
 */
export interface GraphErrorRule {
  readonly code: number;
  /** Only with this subcode; a row without one is for every other subcode. */
  readonly subcode?: number;
  readonly outcome: 'refused' | 'later';
  /** What happened and what a person can do about it. */
  readonly words: string;
  /** Until then nothing of this kind is taken. */
  readonly afterSeconds?: number;
  readonly tokenUnusable?: true;
}

const reconnect = 'Connect the account again in the channel settings.';
const busy = 'The platform is limiting how much may be sent. It is tried again by itself.';
const down = 'The platform has a temporary fault. It is tried again by itself.';
const windowClosed =
  'More than 24 hours have passed since the customer last wrote. A person can still answer as a human agent for 7 days, or wait until the customer writes again.';
const template = 'Check the template in the WhatsApp Manager, then send again.';

const refused = (code: number, words: string, subcode?: number): GraphErrorRule => ({
  code,
  outcome: 'refused',
  words,
  ...(subcode !== undefined && { subcode }),
});
const later = (code: number, words: string, afterSeconds?: number, subcode?: number): GraphErrorRule => ({
  code,
  outcome: 'later',
  words,
  ...(afterSeconds !== undefined && { afterSeconds }),
  ...(subcode !== undefined && { subcode }),
});
const token = (words: string, subcode?: number): GraphErrorRule => ({
  ...refused(190, `${words} ${reconnect}`, subcode),
  tokenUnusable: true,
});

/** The errors that the platforms document. */
export const graphErrorRules: readonly GraphErrorRule[] = [
  later(1, down),
  later(2, down),
  later(131000, down),
  later(131016, down),
  later(131057, down, 60),
  later(133004, down, 60),
  later(4, busy, 60),
  later(17, busy, 60),
  later(32, busy, 60),
  later(341, busy, 300),
  later(613, busy, 60),
  later(80001, busy, 300),
  later(80002, busy, 300),
  later(80005, busy, 300),
  later(80006, busy, 300),
  later(80007, busy, 300),
  later(80008, busy, 300),
  later(4, busy, 300, 2018354),
  later(9, busy, 300, 2018352),
  later(130429, busy, 5),
  later(131056, 'Too many messages went to this customer in a short time. It is tried again by itself.', 6),
  refused(10, `The app is not allowed to do this: a permission is missing. ${reconnect}`),
  refused(10, windowClosed, 2018278),
  refused(10, windowClosed, 2534022),
  refused(10, windowClosed, 2018065),
  refused(10, 'The customer does not take messages from this business at the moment.', 2018108),
  refused(100, 'The platform did not accept the message as it is. Change it and send it again.'),
  refused(100, 'The platform does not know this customer any more. They have to write first.', 2018001),
  refused(100, 'The platform could not take the attachment. Send it in another format or without it.', 2018047),
  refused(100, 'The platform could not load the attachment. Send it in another format or without it.', 2018008),
  refused(
    100,
    'The account or the customer does not exist any more, or the access to it was taken away. Check the account, then connect it again.',
    33,
  ),
  refused(
    33,
    'The account or the customer does not exist any more, or the access to it was taken away. Check the account, then connect it again.',
  ),
  { ...token('The access token is no longer valid.'), code: 102 },
  { ...token('No access token reached the platform.'), code: 104 },
  token('The access token is no longer valid.'),
  token('The app was removed from the account.', 458),
  token('Meta asks the account holder to confirm their sign-in on facebook.com first.', 459),
  token('The password of the person who connected the account was changed.', 460),
  token('The access token has expired.', 463),
  token('The person who connected the account has not confirmed their Facebook account.', 464),
  token('The access token was withdrawn.', 467),
  token('The person who connected the account has no role on the Page any more.', 492),
  refused(
    368,
    'Meta has blocked this account for a time because of its policies. See the account quality page on facebook.com.',
  ),
  refused(551, 'The customer cannot be reached: they have blocked the business or left.'),
  refused(200, 'The customer cannot be reached: they have blocked the business or left.', 1545041),
  refused(
    131047,
    'More than 24 hours have passed since the customer last wrote. Only an approved template can be sent until they write again.',
  ),
  refused(
    131026,
    'WhatsApp could not deliver it: the number has no WhatsApp, or an old version of it. Reach the customer another way.',
  ),
  refused(
    131030,
    'This is a test number, and the recipient is not on its list of allowed numbers. Add the number in the app dashboard.',
  ),
  refused(
    131048,
    'WhatsApp has limited this number because too many messages were marked as spam. See the WhatsApp Manager.',
  ),
  refused(
    131049,
    'WhatsApp held the message back so that the customer does not get too many. Wait at least a day before you try again.',
  ),
  refused(131050, 'The customer has opted out of marketing messages from this business.'),
  refused(131031, 'WhatsApp has locked this business account. See the WhatsApp Manager.'),
  refused(130497, "WhatsApp does not let this business write to customers in this customer's country."),
  refused(130403, 'WhatsApp has blocked this business. See the WhatsApp Manager.'),
  refused(
    131042,
    'WhatsApp does not send because of a problem with the payment method. Settle it in the WhatsApp Manager.',
  ),
  refused(131045, 'The phone number is not registered properly. Register it again in the WhatsApp Manager.'),
  refused(131051, 'WhatsApp does not support this kind of message.'),
  refused(131052, 'WhatsApp could not load the attachment that the customer sent. Ask them to send it again.'),
  refused(131053, 'WhatsApp could not take the attachment. Send it in another format.'),
  refused(
    131062,
    'This kind of message needs the phone number of the customer, who is known by a username only. Ask them for it.',
  ),
  refused(131005, `The access token does not allow this. ${reconnect}`),
  refused(131008, 'A part of the message is missing. Change it and send it again.'),
  refused(131009, 'A part of the message is not valid. Change it and send it again.'),
  refused(131021, 'Sender and recipient are the same number.'),
  refused(132000, `The template has another number of values than were given. ${template}`),
  refused(132001, `The template does not exist in this language. ${template}`),
  refused(132005, `The template is too long with its values filled in. ${template}`),
  refused(132007, `The template breaks a policy of WhatsApp. ${template}`),
  refused(132012, `The values do not fit the format of the template. ${template}`),
  refused(132015, `The template is paused because of its quality. ${template}`),
  refused(132016, `The template was switched off because of its quality. ${template}`),
  refused(132068, `The flow of the template is blocked. ${template}`),
  later(132069, 'The flow of the template is sent too often. It is tried again by itself.', 60),
];

const byCode = new Map(
  graphErrorRules.map((rule) => [
    `${String(rule.code)}/${rule.subcode === undefined ? '' : String(rule.subcode)}`,
    rule,
  ]),
);

/** The rule for an error; one that nobody documents is a refusal in general words. */
export function graphErrorRule(code: number | null, subcode: number | null): GraphErrorRule {
  const name = code === null ? '' : String(code);
  const rule = byCode.get(`${name}/${subcode === null ? '' : String(subcode)}`) ?? byCode.get(`${name}/`);
  if (rule !== undefined) return rule;
  if (code !== null && code >= 200 && code <= 299)
    return refused(code, `The app is not allowed to do this: a permission is missing. ${reconnect}`);
  if (code !== null && code >= 133000 && code <= 133016) {
    return refused(code, 'The phone number is not registered for sending. Register it in the WhatsApp Manager.');
  }
  return refused(code ?? 0, `The platform refused it${code === null ? '' : ` (error ${String(code)})`}.`);
}

/** The words for an error, for people. */
export function graphErrorWords(code: number | null, subcode: number | null): string {
  return graphErrorRule(code, subcode).words;
}
