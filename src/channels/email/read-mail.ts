import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { cleanText } from '../../platform/database/index.js';
import { type Bounce, bounceIn } from './bounce.js';
import { cleanHtml, htmlOfWords, wordsOf } from './clean-html.js';
import { foldQuotes } from './fold-quotes.js';
import { mailAddress } from './mail-address.js';
import { type MailHeaders, natureOf } from './mail-nature.js';

export interface MailParty {
  readonly address: string;
  readonly name: string | null;
}

/** What came along with a mail; its bytes stay in the mailbox, where `index` finds them again. */
export interface MailPart {
  readonly index: number;
  readonly name: string | null;
  readonly type: string;
  readonly size: number;
}

/** A mail taken apart: bounded, clean and without its attachments' bytes. */
export interface ReadMail {
  readonly messageId: string;
  readonly references: readonly string[];
  readonly subject: string | null;
  readonly from: MailParty | null;
  readonly replyTo: MailParty | null;
  readonly to: readonly MailParty[];
  readonly cc: readonly MailParty[];
  readonly at: number | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly parts: readonly MailPart[];
  readonly automatic: boolean;
  readonly junk: boolean;
  readonly bounce: Bounce | null;
}

const mostParties = 50;
const mostParts = 20;
const mostText = 100_000;
const mostName = 250;
const mostReport = 100_000;
const messageId = /<[^\s<>]{1,250}>/g;
/** A picture of less is a mark that tells the sender that the mail was opened. */
const leastPicture = 200;

/** Takes a mail apart; throws where that cannot be done. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await parse(raw);
  const headers = headersOf(mail);
  const from = fromOf(mail);
  const words = wordsIn(mail);
  const nature = natureOf(headers, from?.address ?? '');
  return {
    messageId: namesIn(mail.messageId)[0] ?? madeUp(raw),
    references: closestFirst(mail),
    subject: oneLine(mail.subject, 500),
    from,
    replyTo: partyOf(mail.replyTo?.[0]),
    to: partiesOf(mail.to),
    cc: partiesOf(mail.cc),
    at: timeOf(mail.date),
    ...words,
    parts: partsOf(mail),
    ...nature,
    bounce: bounceIn(headers, from?.address ?? '', words.text ?? '', reportParts(mail)),
  };
}

/** The bytes of one attachment; null where there is none at that place. */
export async function partOf(
  raw: Buffer,
  index: number,
): Promise<{ body: Buffer; type: string; name: string | null } | null> {
  const part = (await parse(raw)).attachments[index];
  if (part === undefined) return null;
  return { body: bytesOf(part), type: part.mimeType, name: oneLine(part.filename, mostName) };
}

/** The Message-ID of a mail, as `readMail` gives it. */
export async function messageIdOf(raw: Buffer): Promise<string> {
  return namesIn((await parse(raw)).messageId)[0] ?? madeUp(raw);
}

/** Whom a mail is shown as being from. */
export async function senderIn(raw: Buffer): Promise<string | null> {
  return fromOf(await parse(raw))?.address ?? null;
}

function fromOf(mail: Email): MailParty | null {
  return partyOf(mail.from) ?? partyOf(mail.sender);
}

function parse(raw: Buffer): Promise<Email> {
  return PostalMime.parse(raw, { maxNestingDepth: 50, maxHeadersSize: 500_000, forceRfc822Attachments: true });
}

/** A mail without a name of its own gets one by what it is, the same each time it is read. */
function madeUp(raw: Buffer): string {
  return `<${createHash('sha256').update(raw).digest('hex')}@without-message-id.invalid>`;
}

function headersOf(mail: Email): MailHeaders {
  const headers = new Map<string, string[]>();
  for (const { key, value } of mail.headers) headers.set(key, [...(headers.get(key) ?? []), value]);
  return headers;
}

function wordsIn(mail: Email): { text: string | null; html: string | null } {
  const clean = mail.html === undefined ? null : cleanHtml(mail.html);
  const plain = mail.text?.trim() ?? '';
  if (plain !== '') {
    const { fresh, quoted } = foldQuotes(plain.slice(0, mostText));
    return { text: cleanText(fresh, mostText), html: clean ?? (quoted === '' ? null : htmlOfWords(fresh, quoted)) };
  }
  if (clean === null) return { text: null, html: null };
  const { fresh } = foldQuotes(wordsOf(clean, 'without quotes') || wordsOf(clean, 'with quotes'));
  return { text: fresh === '' ? null : cleanText(fresh, mostText), html: clean };
}

function partsOf(mail: Email): MailPart[] {
  return mail.attachments
    .map((part, index) => ({ index, part, size: bytesOf(part).length }))
    .filter(({ part, size }) => !isReportPart(part) && !(part.mimeType.startsWith('image/') && size < leastPicture))
    .slice(0, mostParts)
    .map(({ index, part, size }) => ({ index, name: nameOf(part), type: part.mimeType.slice(0, 100), size }));
}

function nameOf(part: Attachment): string | null {
  const name = oneLine(part.filename, mostName);
  return name ?? (part.mimeType === 'message/rfc822' ? 'message.eml' : null);
}

function isReportPart({ mimeType }: Attachment): boolean {
  return mimeType === 'message/delivery-status' || mimeType === 'text/rfc822-headers';
}

/** What a report says in its parts: of the mail that came back, only the top. */
function reportParts(mail: Email) {
  return mail.attachments
    .filter((part) => isReportPart(part) || part.mimeType === 'message/rfc822')
    .slice(0, 10)
    .map((part) => ({ type: part.mimeType, text: bytesOf(part).toString('latin1', 0, mostReport) }));
}

function bytesOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

/** In-Reply-To names what is answered; References the way there, its end first. */
function closestFirst(mail: Email): string[] {
  const names = [...namesIn(mail.inReplyTo), ...namesIn(mail.references).reverse()];
  return [...new Set(names)].slice(0, 50);
}

function namesIn(header: string | undefined): string[] {
  return (
    header
      ?.slice(0, 20_000)
      .match(messageId)
      ?.map((name) => cleanText(name, 255)) ?? []
  );
}

function partiesOf(addresses: readonly Address[] | undefined): MailParty[] {
  const flat = (addresses ?? []).flatMap((one) => one.group ?? [one]);
  return flat
    .map(partyOf)
    .filter((party) => party !== null)
    .slice(0, mostParties);
}

function partyOf(one: Address | undefined): MailParty | null {
  const address = mailAddress(one?.address ?? one?.group?.[0]?.address ?? '');
  return address === null ? null : { address, name: oneLine(one?.name, 200) };
}

function oneLine(text: string | null | undefined, most: number): string | null {
  const line = cleanText((text ?? '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim(), most);
  return line === '' ? null : line;
}

function timeOf(date: string | undefined): number | null {
  const at = date === undefined ? NaN : Date.parse(date);
  return Number.isFinite(at) && at > 0 ? at : null;
}
