import type { OutgoingMessage } from '../channel-adapter.js';
import { mailAddress } from './mail-address.js';

/** A mail as it leaves: its bytes, and whom the server is told it is for. */
export interface ComposedMail {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

const reference = /^<[^\s<>\p{Cc}]{1,250}>$/u;
const mostReferences = 20;
const mostSubject = 500;

/** The Message-IDs that may stand in a header: what others put into theirs is not passed on as it came. */
export function cleanReferences(names: readonly string[]): string[] {
  const clean = [...new Set(names.filter((name) => reference.test(name)))];
  // The first names the thread, the last ones the way to what is answered.
  return clean.length <= mostReferences ? clean : [...clean.slice(0, 1), ...clean.slice(1 - mostReferences)];
}

/** A subject on one line. */
export function cleanSubject(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, mostSubject);
}

/** Makes the mail. Nothing in it can add a header: addresses are checked, the rest is one line, encoded by the library. */
export async function composeMail(
  from: string,
  messageId: string,
  { recipient, text, mail, automatic, attachments }: OutgoingMessage,
  now = new Date(),
  copy: 'to be sent' | 'for the sender' = 'to be sent',
): Promise<ComposedMail> {
  const to = mailAddress(recipient[0].externalId);
  if (to === null) throw new Error('The recipient is not a mail address.');
  const cc = (mail?.cc ?? []).map(mailAddress).filter((one) => one !== null);
  const bcc = (mail?.bcc ?? []).map(mailAddress).filter((one) => one !== null);
  const references = cleanReferences(mail?.references ?? []);
  const files: { filename: string; contentType: string; content: Buffer }[] = [];
  for (const file of attachments)
    files.push({ filename: cleanSubject(file.name), contentType: file.contentType, content: await file.read() });
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    // As objects each is one address, whatever signs are in it.
    from: { name: '', address: from },
    to: [{ name: '', address: to }],
    cc: cc.map((address) => ({ name: '', address })),
    bcc: bcc.map((address) => ({ name: '', address })),
    subject: cleanSubject(mail?.subject ?? ''),
    text,
    attachments: files,
    date: now,
    messageId,
    ...(references.length > 0 && { references, inReplyTo: references.at(-1) ?? '' }),
    headers: automatic === true ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const tree = composer.compile();
  // Who was sent a hidden copy stands in the sender's own one alone.
  Object.assign(tree, { keepBcc: copy === 'for the sender' });
  const bytes = await tree.build();
  return { messageId, to: [...new Set([to, ...cc, ...bcc])], bytes };
}
