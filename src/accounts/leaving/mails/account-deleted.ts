import type { MailTemplate } from '../../../platform/mail/index.js';

/** To whoever deleted their account: that it is done. */
export const accountDeleted: MailTemplate<Record<string, never>> = {
  name: 'account-deleted',
  hours: 72,
  texts: {
    en: () => ({
      subject: 'Your account was deleted',
      parts: [
        'Your account and your profile are gone, and you are signed out everywhere. What you wrote in workspaces of others stays there without your name.',
        { note: 'This is the last mail that we send to this address.' },
      ],
    }),
    tr: () => ({
      subject: 'Hesabınız silindi',
      parts: [
        'Hesabınız ve profiliniz silindi, her yerde oturumunuz kapatıldı. Başkalarının çalışma alanlarında yazdıklarınız orada adınız olmadan kalır.',
        { note: 'Bu adrese gönderdiğimiz son e-posta budur.' },
      ],
    }),
  },
};
