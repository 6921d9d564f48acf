/** The languages that mails are written in. */
export type MailLocale = 'en' | 'tr';

/** One part of a mail. Texts are plain: whatever they hold is shown as it is, in both forms of the mail. */
export type MailPart =
  | string
  /** A button in HTML, the link on a line of its own in text. The url comes from `MailKit.publicLink`. */
  | { readonly label: string; readonly url: string }
  /** Something to copy by hand. */
  | { readonly code: string }
  /** Said in small print. */
  | { readonly note: string };

/** A mail in words: made into text and HTML alike. */
export interface MailText {
  readonly subject: string;
  readonly parts: readonly MailPart[];
  /** Where one click stops mails of this kind; sent as List-Unsubscribe too. From `MailKit.publicLink`. */
  readonly unsubscribeUrl?: string;
}

/** What a template has at hand. */
export interface MailKit {
  /** A link into this deployment, from PUBLIC_URL alone: never from what a request claims. */
  publicLink(path: string, query?: Readonly<Record<string, string>>): string;
  /** A name that a person chose, as it may stand in a mail: of one line, not too long, and never a link by itself. */
  named(name: string): string;
}

/** A kind of mail. `Values` are what it is filled with; they are kept encrypted until it is sent. */
export interface MailTemplate<Values extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  /** `verify-email`: names the kind in rows, logs and file names. */
  readonly name: string;
  /** For how many hours it is worth sending; then it is set aside. */
  readonly hours: number;
  readonly texts: Readonly<Record<MailLocale, (values: Values, kit: MailKit) => MailText>>;
}

/** The language of mails for a locale as workspaces and browsers name it: `tr-TR` is Turkish, what is not known English. */
export function mailLocale(locale: string | null | undefined): MailLocale {
  return /^tr\b/i.test(locale ?? '') ? 'tr' : 'en';
}
