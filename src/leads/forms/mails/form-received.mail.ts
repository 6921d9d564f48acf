import type { MailKit, MailTemplate, MailText } from '../../../platform/mail/index.js';

interface Values extends Readonly<Record<string, string>> {
  readonly workspace: string;
}

/**
 * What somebody sent in has come. Not a word of it is in the mail: whoever writes a stranger's address into a form could
 * otherwise have us send them what they like.
 */
export const formReceived: MailTemplate<Values> = {
  name: 'form-received',
  hours: 24,
  texts: {
    en: ({ workspace }, kit) =>
      text(workspace, kit, {
        subject: (name) => `${name} has your message`,
        thanks: (name) => `Thank you. Your message to ${name} has come, and is answered to this address.`,
        why: 'You get this because this address was given in a contact form. If it was not you, ignore this mail.',
        privacy: 'What happens to your data',
      }),
    tr: ({ workspace }, kit) =>
      text(workspace, kit, {
        subject: (name) => `${name} mesajınızı aldı`,
        thanks: (name) => `Teşekkürler. ${name} için yazdığınız mesaj ulaştı; yanıt bu adrese gelecek.`,
        why: 'Bu adres bir iletişim formunda verildiği için bu iletiyi alıyorsunuz. Veren siz değilseniz dikkate almayın.',
        privacy: 'Verilerinize ne olur',
      }),
  },
};

interface Words {
  readonly subject: (name: string) => string;
  readonly thanks: (name: string) => string;
  readonly why: string;
  readonly privacy: string;
}

function text(workspace: string, kit: MailKit, words: Words): MailText {
  const name = kit.named(workspace);
  return {
    subject: words.subject(name),
    parts: [words.thanks(name), { label: words.privacy, url: kit.publicLink('/privacy') }, { note: words.why }],
  };
}
