import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max';
import { namedCompany, namedPerson } from './named-in-words.js';
import { ContactDetailKind, type FoundDetail } from './proposal.row.js';

/** So much of a message is read; whoever says how to reach them says so early. */
const maxText = 2_000;
const maxEach = 3;
const mail = /(?<![\w.+%@-])[\w.+%-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,6}\p{L}{2,24}(?![\w@-])/gu;
/** Links, account numbers and cards hold digits that are no numbers to call. */
const noNumbers = [
  /\bhttps?:\/\/\S+/giu,
  /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b/gu,
  /(?<![\d+])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)/gu,
];

/** Whether it is worth reading a text at all: most messages say nothing of this kind, and all of them pass here. */
export function maySayDetails(text: string | null): boolean {
  if (text === null) return false;
  const part = text.slice(0, maxText);
  return (
    part.includes('@') ||
    /\p{Nd}(?:[^\p{Nd}\n]{0,2}\p{Nd}){6}/u.test(part) ||
    namedPerson(part) !== null ||
    namedCompany(part) !== null
  );
}

/** What a text says of who wrote it. `country` is how numbers without a country code are read; null: they are not. */
export function findDetails(text: string, country: string | null): FoundDetail[] {
  const own = ownWords(text.slice(0, maxText).toWellFormed());
  const person = namedPerson(own);
  const company = namedCompany(own);
  return [
    ...firstOf(ContactDetailKind.EMAIL, mails(own)),
    ...firstOf(ContactDetailKind.PHONE, phones(own, country)),
    ...(person === null ? [] : [{ kind: ContactDetailKind.NAME, value: person }]),
    ...(company === null ? [] : [{ kind: ContactDetailKind.COMPANY, value: company }]),
  ];
}

/** What is quoted is somebody else's, most likely the business's own. */
function ownWords(text: string): string {
  const lines = text.split(/\r?\n/u);
  const quoted = lines.findIndex((line) =>
    /^\s*>|^\s*-{2,} ?(?:original|forwarded|özgün|orijinal|yönlendirilmiş)|^(?:on .{4,200} wrote|.{4,200} (?:şunu )?yazdı):\s*$/iu.test(
      line,
    ),
  );
  return (quoted === -1 ? lines : lines.slice(0, quoted)).join('\n');
}

function firstOf(kind: ContactDetailKind, values: readonly string[]): FoundDetail[] {
  return [...new Set(values)].slice(0, maxEach).map((value) => ({ kind, value }));
}

function mails(text: string): string[] {
  return [...text.matchAll(mail)].map(([found]) => found.toLowerCase()).filter((one) => !/^\.|\.\.|\.@/u.test(one));
}

function phones(text: string, country: string | null): string[] {
  const bare = noNumbers.reduce((left, pattern) => left.replace(pattern, ' '), text.replace(mail, ' '));
  const options = country === null ? {} : { defaultCountry: country as CountryCode };
  return findPhoneNumbersInText(bare, options)
    .filter(({ number }) => number.isValid())
    .map(({ number }) => number.number);
}
