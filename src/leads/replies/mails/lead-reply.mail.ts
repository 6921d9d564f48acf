import type { MailKit, MailTemplate, MailText } from '../../../platform/mail/index.js';

interface Values extends Readonly<Record<string, string>> {
  readonly workspace: string;
  /** What the business answers. */
  readonly reply: string;
}

/** What a business without a mailbox of its own answers somebody who wrote to it. */
export const leadReply: MailTemplate<Values> = {
  name: 'lead-reply',
  hours: 72,
  texts: {
    en: (values, kit) =>
      text(values, kit, {
        subject: (name) => `Re: Your message to ${name}`,
        closed: (name) => `Answers to this address are not read. To write again, write to ${name} as you did before.`,
        why: 'You get this because this address was given in a form. If it was not you, ignore this mail.',
      }),
    tr: (values, kit) =>
      text(values, kit, {
        subject: (name) => `Yanıt: ${name} için yazdığınız mesaj`,
        closed: (name) =>
          `Bu adrese gelen yanıtlar okunmaz. Yeniden yazmak için ${name} ile ilk yazdığınız yerden görüşün.`,
        why: 'Bu adres bir formda verildiği için bu iletiyi alıyorsunuz. Veren siz değilseniz dikkate almayın.',
      }),
  },
};

interface Words {
  readonly subject: (name: string) => string;
  readonly closed: (name: string) => string;
  readonly why: string;
}

function text({ workspace, reply }: Values, kit: MailKit, words: Words): MailText {
  const name = kit.named(workspace);
  const lines = reply.split('\n').filter((line) => line.trim() !== '');
  return {
    subject: words.subject(name),
    parts: [...lines, { note: words.closed(name) }, { note: words.why }],
  };
}
