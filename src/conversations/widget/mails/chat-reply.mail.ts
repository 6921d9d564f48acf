import type { MailKit, MailTemplate, MailText } from '../../../platform/mail/index.js';

interface Values extends Readonly<Record<string, string>> {
  readonly workspace: string;
  /** What the business wrote, one answer after the other. */
  readonly replies: string;
  /** The site that the chat is on; empty where it is not known. */
  readonly site: string;
}

/** What a business answered in a chat that its visitor has left. */
export const chatReply: MailTemplate<Values> = {
  name: 'chat-reply',
  hours: 24,
  texts: {
    en: (values, kit) =>
      text(values, kit, {
        subject: 'has answered you',
        lead: 'answered you in the chat that you left:',
        site: (site) => `To write back, open the chat again on ${site}.`,
        why: 'You get this because this address was given in that chat. If it was not you, ignore this mail.',
      }),
    tr: (values, kit) =>
      text(values, kit, {
        subject: 'size yanıt verdi',
        lead: 'ayrıldığınız sohbette size yanıt verdi:',
        site: (site) => `Yanıtlamak için sohbeti ${site} üzerinde yeniden açın.`,
        why: 'Bu adres o sohbette verildiği için bu iletiyi alıyorsunuz. Veren siz değilseniz dikkate almayın.',
      }),
  },
};

interface Words {
  readonly subject: string;
  readonly lead: string;
  readonly site: (site: string) => string;
  readonly why: string;
}

function text({ workspace, replies, site }: Values, kit: MailKit, words: Words): MailText {
  const name = kit.named(workspace);
  return {
    subject: `${name} ${words.subject}`,
    parts: [
      `${name} ${words.lead}`,
      ...replies.split('\n'),
      ...(site === '' ? [] : [words.site(kit.named(site))]),
      { note: words.why },
    ],
  };
}
