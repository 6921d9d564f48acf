import type { MailTemplate } from '../../../platform/mail/index.js';

/** Asks whoever signed up to show that the address is theirs. */
export const verifyEmailMail: MailTemplate<{
  readonly name: string;
  readonly email: string;
  readonly token: string;
}> = {
  name: 'verify-email',
  hours: 24,
  texts: {
    en: ({ name, email, token }, kit) => ({
      subject: 'Confirm your e-mail address',
      parts: [
        `Hello ${kit.named(name)},`,
        `someone signed up for Parley with ${email}. If it was you, confirm that the address is yours. The link works once, for 24 hours.`,
        { label: 'Confirm the address', url: kit.publicLink('/verify-email', { token }) },
        { note: 'If it was not you, do nothing: without this step the account can write to nobody.' },
      ],
    }),
    tr: ({ name, email, token }, kit) => ({
      subject: 'E-posta adresinizi doğrulayın',
      parts: [
        `Merhaba ${kit.named(name)},`,
        `${email} adresiyle Parley'ye kaydolundu. Bunu siz yaptıysanız adresin size ait olduğunu doğrulayın. Bağlantı bir kez ve 24 saat geçerlidir.`,
        { label: 'Adresi doğrula', url: kit.publicLink('/verify-email', { token }) },
        { note: 'Bunu siz yapmadıysanız bir şey yapmanıza gerek yok: bu adım olmadan hesap kimseye yazamaz.' },
      ],
    }),
  },
};
