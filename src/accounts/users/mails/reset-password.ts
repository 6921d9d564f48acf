import type { MailTemplate } from '../../../platform/mail/index.js';

/** The link by which a person takes another password. */
export const resetPasswordMail: MailTemplate<{ readonly name: string; readonly token: string }> = {
  name: 'reset-password',
  hours: 1,
  texts: {
    en: ({ name, token }, kit) => ({
      subject: 'Choose a new password',
      parts: [
        `Hello ${kit.named(name)},`,
        'someone asked for a new password for your Parley account. If it was you, choose one now. The link works once, for one hour.',
        { label: 'Choose a password', url: kit.publicLink('/reset-password', { token }) },
        { note: 'If it was not you, do nothing: your password stays as it is.' },
      ],
    }),
    tr: ({ name, token }, kit) => ({
      subject: 'Yeni bir parola seçin',
      parts: [
        `Merhaba ${kit.named(name)},`,
        'Parley hesabınız için yeni bir parola istendi. Bunu siz istediyseniz şimdi bir parola seçin. Bağlantı bir kez ve bir saat geçerlidir.',
        { label: 'Parola seç', url: kit.publicLink('/reset-password', { token }) },
        { note: 'Bunu siz istemediyseniz bir şey yapmanıza gerek yok: parolanız olduğu gibi kalır.' },
      ],
    }),
  },
};
