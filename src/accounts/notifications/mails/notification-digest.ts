import type { MailKit, MailTemplate, MailText } from '../../../platform/mail/index.js';

interface Values extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly workspace: string;
  /** One piece of news a line, each with what more can be said of it in lines behind it. */
  readonly news: string;
  /** How many pieces there are beside the first. */
  readonly more: string;
  /** Where it is seen: a path of ours. */
  readonly path: string;
  readonly settingsPath: string;
  readonly unsubscribeUrl: string;
}

/** What happened in a workspace while a member was away. It says what, not who nor in which words: mails lie in foreign mailboxes. */
export const notificationDigest: MailTemplate<Values> = {
  name: 'notification-digest',
  // Who reads of it a day later has seen it in the inbox.
  hours: 24,
  texts: {
    en: (values, kit) =>
      text(values, kit, {
        subject: (first, more) => (more > 0 ? `${first}, and more` : first),
        greeting: `Hello ${kit.named(values.name)},`,
        lead: `in ${kit.named(values.workspace)} while you were away:`,
        open: 'Open the inbox',
        choose: 'You get this because you chose it in the settings, where you can choose otherwise:',
      }),
    tr: (values, kit) =>
      text(values, kit, {
        subject: (first, more) => (more > 0 ? `${first} ve daha fazlası` : first),
        greeting: `Merhaba ${kit.named(values.name)},`,
        lead: `siz yokken ${kit.named(values.workspace)} içinde:`,
        open: 'Gelen kutusunu aç',
        choose: 'Bunu ayarlarda seçtiğiniz için alıyorsunuz; oradan değiştirebilirsiniz:',
      }),
  },
};

interface Words {
  readonly subject: (first: string, more: number) => string;
  readonly greeting: string;
  readonly lead: string;
  readonly open: string;
  readonly choose: string;
}

function text(values: Values, kit: MailKit, words: Words): MailText {
  const news = values.news.split('\n');
  return {
    subject: `${words.subject(news[0] ?? '', Number(values.more))} · ${kit.named(values.workspace)}`,
    parts: [
      words.greeting,
      words.lead,
      ...news.map((one) => `• ${one}`),
      { label: words.open, url: kit.publicLink(values.path) },
      { note: `${words.choose} ${kit.publicLink(values.settingsPath)}` },
    ],
    unsubscribeUrl: values.unsubscribeUrl,
  };
}
