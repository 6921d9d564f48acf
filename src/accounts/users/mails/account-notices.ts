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

/** After a second factor was switched on. */
export const twoFactorOnMail: ToPerson = {
  name: 'two-factor-on',
  hours: 72,
  texts: {
    en: ({ name }, kit) => ({
      subject: 'Signing in now asks for a second factor',
      parts: [
        `Hello ${kit.named(name)},`,
        'from now on, signing in to your Parley account takes a code of your authenticator app besides the password. Keep the recovery codes where you find them without your phone.',
        'If it was not you, change your password now.',
        { label: 'Choose a password', url: kit.publicLink('/forgot-password') },
      ],
    }),
    tr: ({ name }, kit) => ({
      subject: 'Girişte artık ikinci bir adım isteniyor',
      parts: [
        `Merhaba ${kit.named(name)},`,
        'Parley hesabınıza giriş yaparken artık parolanın yanında doğrulama uygulamanızdaki kod da isteniyor. Kurtarma kodlarını, telefonunuz olmadan da bulabileceğiniz bir yerde saklayın.',
        'Bunu siz yapmadıysanız parolanızı hemen değiştirin.',
        { label: 'Parola seç', url: kit.publicLink('/forgot-password') },
      ],
    }),
  },
};

/** After a second factor was switched off. */
export const twoFactorOffMail: ToPerson = {
  name: 'two-factor-off',
  hours: 72,
  texts: {
    en: ({ name }, kit) => ({
      subject: 'Signing in no longer asks for a second factor',
      parts: [
        `Hello ${kit.named(name)},`,
        'the second factor of your Parley account was switched off. The password alone signs in now.',
        'If it was not you, choose another password now.',
        { label: 'Choose a password', url: kit.publicLink('/forgot-password') },
      ],
    }),
    tr: ({ name }, kit) => ({
      subject: 'Girişte artık ikinci bir adım istenmiyor',
      parts: [
        `Merhaba ${kit.named(name)},`,
        'Parley hesabınızın ikinci adımı kapatıldı. Artık yalnızca parola ile giriş yapılıyor.',
        'Bunu siz yapmadıysanız hemen yeni bir parola seçin.',
        { label: 'Parola seç', url: kit.publicLink('/forgot-password') },
      ],
    }),
  },
};

/** After a recovery code stood in for the second factor. */
export const recoveryCodeUsedMail: MailTemplate<{ readonly name: string; readonly left: string }> = {
  name: 'recovery-code-used',
  hours: 72,
  texts: {
    en: ({ name, left }, kit) => ({
      subject: 'A recovery code was used',
      parts: [
        `Hello ${kit.named(name)},`,
        `someone signed in to your Parley account with one of your recovery codes. Codes left: ${left}.`,
        'If it was not you, choose another password now.',
        { label: 'Choose a password', url: kit.publicLink('/forgot-password') },
      ],
    }),
    tr: ({ name, left }, kit) => ({
      subject: 'Bir kurtarma kodu kullanıldı',
      parts: [
        `Merhaba ${kit.named(name)},`,
        `Parley hesabınıza kurtarma kodlarınızdan biriyle giriş yapıldı. Kalan kod sayısı: ${left}.`,
        'Bunu siz yapmadıysanız hemen yeni bir parola seçin.',
        { label: 'Parola seç', url: kit.publicLink('/forgot-password') },
      ],
    }),
  },
};
