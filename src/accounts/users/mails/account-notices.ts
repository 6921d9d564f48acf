import type { MailTemplate } from '../../../platform/mail/index.js';

type ToPerson = MailTemplate<{ readonly name: string }>;

/** After a password was changed or reset. */
export const passwordChangedMail: ToPerson = {
  name: 'password-changed',
  hours: 72,
  texts: {
    en: ({ name }, kit) => ({
      subject: 'Your password was changed',
      parts: [
        `Hello ${kit.named(name)},`,
        'the password of your Parley account was changed, and the other browsers that were signed in are signed out.',
        'If it was not you, choose another one now.',
        { label: 'Choose a password', url: kit.publicLink('/forgot-password') },
      ],
    }),
    tr: ({ name }, kit) => ({
      subject: 'Parolanız değiştirildi',
      parts: [
        `Merhaba ${kit.named(name)},`,
        'Parley hesabınızın parolası değiştirildi ve giriş yapılmış diğer tarayıcıların oturumları kapatıldı.',
        'Bunu siz yapmadıysanız hemen yeni bir parola seçin.',
        { label: 'Parola seç', url: kit.publicLink('/forgot-password') },
      ],
    }),
  },
};
