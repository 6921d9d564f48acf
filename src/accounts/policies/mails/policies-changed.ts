import type { MailKit, MailLocale, MailPart, MailTemplate, MailText } from '../../../platform/mail/index.js';

/** One text that changed. */
export interface PolicyChange {
  readonly title: string;
  /** The day from which on it holds: 2026-11-22. */
  readonly version: string;
  readonly summary: string;
  /** Where this version is read: a path of ours. */
  readonly path: string;
}

interface Values extends Readonly<Record<string, string>> {
  readonly name: string;
  /** `changesToText` of what changed. */
  readonly changes: string;
}

/** Values of a mail are texts: the changes as one. */
export function changesToText(changes: readonly PolicyChange[]): string {
  return JSON.stringify(changes);
}

interface Words {
  readonly subject: string;
  readonly greeting: (name: string) => string;
  readonly lead: string;
  readonly change: (title: string, day: string, summary: string) => string;
  readonly read: (title: string) => string;
  readonly ask: string;
  readonly why: string;
}

const words: Readonly<Record<MailLocale, Words>> = {
  en: {
    subject: 'We have changed our policies',
    greeting: (name) => `Hello ${name},`,
    lead: 'of the policies that you accepted when you signed up here, there is a new version:',
    change: (title, day, summary) => `${title}, in force since ${day}: ${summary}`,
    read: (title) => `Read it: ${title}`,
    ask: 'When you open Parley next, you are asked to accept it.',
    why: 'You get this because you have an account here and accepted an earlier version.',
  },
  tr: {
    subject: 'Politikalarımızı değiştirdik',
    greeting: (name) => `Merhaba ${name},`,
    lead: 'burada hesap açarken kabul ettiğiniz politikaların yeni bir sürümü var:',
    change: (title, day, summary) => `${title}, ${day} tarihinden beri yürürlükte: ${summary}`,
    read: (title) => `Okuyun: ${title}`,
    ask: 'Parley’i bir sonraki açışınızda kabul etmeniz istenecek.',
    why: 'Burada bir hesabınız olduğu ve önceki bir sürümü kabul ettiğiniz için bu e-postayı alıyorsunuz.',
  },
};

/** A policy has a new version: which, since when, what it says, where it is read, and that acceptance is asked for. */
export const policiesChanged: MailTemplate<Values> = {
  name: 'policies-changed',
  hours: 14 * 24,
  texts: {
    en: (values, kit) => textOf(values, kit, 'en'),
    tr: (values, kit) => textOf(values, kit, 'tr'),
  },
};

function textOf({ name, changes }: Values, kit: MailKit, locale: MailLocale): MailText {
  const said = words[locale];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    subject: said.subject,
    parts: [
      said.greeting(kit.named(name)),
      said.lead,
      ...(JSON.parse(changes) as PolicyChange[]).flatMap<MailPart>(({ title, version, summary, path }) => [
        said.change(title, day.format(new Date(`${version}T00:00:00Z`)), summary),
        { label: said.read(title), url: kit.publicLink(path, { lang: locale }) },
      ]),
      said.ask,
      { note: said.why },
    ],
  };
}
