import type { PageLanguage } from '../../accounts/index.js';
import type { ReadMail } from '../../channels/index.js';
import { cleanText } from '../../platform/database/index.js';
import type { PrivacyRequestKind } from '../intake/enums.js';
import { type Law, laws } from '../intake/request.row.js';
import { kindIn } from './words-of-kinds.js';

/** What a mail asks for, as far as its words tell. */
export interface MailedRequest {
  /** Null: it cannot be told. */
  readonly kind: PrivacyRequestKind | null;
  /** Subject and words; what it quotes and what came along are left out. */
  readonly note: string;
  readonly language: PageLanguage;
  readonly law: Law | null;
  readonly onBehalfOf: boolean;
}

const longestNote = 8_000;
const turkish =
  /[ğışİĞŞ]|(?<!\p{L})(?:verilerim\p{L}*|bilgilerim\p{L}*|hesab\p{L}*|silin\p{L}*|sil|talep\p{L}*|merhaba|kopya\p{L}*)(?!\p{L})/iu;
const forAnother =
  /\bon behalf of\b|\b(?:my|our) (?:client|son|daughter|child|mother|father|wife|husband)\b|(?<!\p{L})(?:vekil|müvekkil|oğlum|kızım|çocuğum|annem|babam)|(?<!\p{L})adına(?!\p{L})/iu;

/** Reads what a mail asks for. Nothing in it is run, shown as anything but words, or fetched. */
export function readMailedRequest({ subject, text }: Pick<ReadMail, 'subject' | 'text'>): MailedRequest {
  const note = cleanText([subject, text].filter((part) => part !== null).join('\n\n'), longestNote).trim();
  // An answer repeats the subject of what it answers: those words are not of whoever writes.
  const own = /^\s*(?:re|ynt|fwd?|ilt)\s*:/iu.test(subject ?? '') ? (text ?? '') : note;
  const language = turkish.test(own) ? 'tr' : 'en';
  const named = laws.find((law) => new RegExp(`\\b${law}\\b`, 'iu').test(own));
  return {
    kind: kindIn(own),
    note,
    language,
    law: named ?? (language === 'tr' ? 'KVKK' : null),
    onBehalfOf: forAnother.test(own),
  };
}
