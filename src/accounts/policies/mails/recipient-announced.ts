import type { MailKit, MailLocale, MailTemplate, MailText } from '../../../platform/mail/index.js';

interface Values extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly workspace: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly data: string;
  readonly region: string;
  readonly safeguard: string;
  /** The day from which on it is used: 2026-12-23. */
  readonly from: string;
  readonly privacyEmail: string;
}

interface Words {
  readonly subject: (recipient: string) => string;
  readonly greeting: (name: string) => string;
  readonly lead: (recipient: string, day: string, workspace: string) => string;
  readonly facts: readonly [purpose: string, data: string, region: string, safeguard: string];
  readonly object: (email: string) => string;
  readonly list: string;
  readonly why: string;
}

const words: Readonly<Record<MailLocale, Words>> = {
  en: {
    subject: (recipient) => `A new recipient of data: ${recipient}`,
    greeting: (name) => `Hello ${name},`,
    lead: (recipient, day, workspace) =>
      `from ${day} on, ${recipient} receives data on our behalf. It concerns your workspace ${workspace}.`,
    facts: ['What for', 'Which data', 'Where', 'Safeguard'],
    object: (email) => `You may object. Write to ${email} before that day, and we look for a way together.`,
    list: 'All recipients',
    why: 'You get this because you are an owner of the workspace, and our processing agreement says that you are told.',
  },
  tr: {
    subject: (recipient) => `Yeni veri alıcısı: ${recipient}`,
    greeting: (name) => `Merhaba ${name},`,
    lead: (recipient, day, workspace) =>
      `${day} tarihinden itibaren ${recipient} bizim adımıza veri alacak. Bu, ${workspace} çalışma alanınızı ilgilendirir.`,
    facts: ['Amaç', 'Veriler', 'Yer', 'Güvence'],
    object: (email) => `İtiraz edebilirsiniz. O tarihten önce ${email} adresine yazın; birlikte bir yol arayalım.`,
    list: 'Tüm alıcılar',
    why: 'Çalışma alanının sahibi olduğunuz ve veri işleme sözleşmemiz size haber verilmesini öngördüğü için bu e-postayı alıyorsunuz.',
  },
};

/** Somebody new is going to receive data: who, what for, where, under which safeguard, from when on, and how to object. */
export const recipientAnnounced: MailTemplate<Values> = {
  name: 'recipient-announced',
  hours: 14 * 24,
  texts: {
    en: (values, kit) => textOf(values, kit, 'en'),
    tr: (values, kit) => textOf(values, kit, 'tr'),
  },
};

function textOf(values: Values, kit: MailKit, locale: MailLocale): MailText {
  const said = words[locale];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const { name, workspace, recipient, purpose, data, region, safeguard, from, privacyEmail } = values;
  const facts = [purpose, data, region, safeguard].map((fact, index) => `${said.facts[index] ?? ''}: ${fact}`);
  return {
    subject: said.subject(recipient),
    parts: [
      said.greeting(kit.named(name)),
      said.lead(recipient, day.format(new Date(`${from}T00:00:00Z`)), kit.named(workspace)),
      ...facts,
      said.object(privacyEmail),
      { label: said.list, url: kit.publicLink('/privacy/processors', { lang: locale }) },
      { note: said.why },
    ],
  };
}
