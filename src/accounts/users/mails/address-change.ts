import type { MailTemplate } from '../../../platform/mail/index.js';

interface ToNewAddress {
  readonly name: string;
  readonly email: string;
  readonly token: string;
  readonly [name: string]: string;
}
interface AboutNewAddress {
  readonly name: string;
  readonly email: string;
  readonly [name: string]: string;
}

/** To the new address: shows that it is the person's. */
export const changeEmailMail: MailTemplate<ToNewAddress> = {
  name: 'change-email',
  hours: 24,
  texts: {
    en: ({ name, email, token }, kit) => ({
      subject: 'Confirm your new e-mail address',
      parts: [
        `Hello ${kit.named(name)},`,
        `you asked to sign in to Parley with ${email} from now on. Confirm that this address is yours. The link works once, for 24 hours.`,
        { label: 'Use this address', url: kit.publicLink('/confirm-email', { token }) },
        { note: 'If you did not ask for this, do nothing.' },
      ],
    }),
    tr: ({ name, email, token }, kit) => ({
      subject: 'Yeni e-posta adresinizi doğrulayın',
      parts: [
        `Merhaba ${kit.named(name)},`,
        `bundan sonra Parley'ye ${email} adresiyle giriş yapmak istediniz. Bu adresin size ait olduğunu doğrulayın. Bağlantı bir kez ve 24 saat geçerlidir.`,
        { label: 'Bu adresi kullan', url: kit.publicLink('/confirm-email', { token }) },
        { note: 'Bunu siz istemediyseniz bir şey yapmanıza gerek yok.' },
      ],
    }),
  },
};

/** To an address that has an account: somebody wanted it for theirs. */
export const addressInUseMail: MailTemplate<{ readonly email: string }> = {
  name: 'address-in-use',
  hours: 24,
  texts: {
    en: ({ email }) => ({
      subject: 'This address has a Parley account already',
      parts: [
        `Someone wanted to use ${email} for another Parley account. It has an account already, so nothing was changed.`,
        { note: 'If it was you, sign in with this address, or change the address of this account first.' },
      ],
    }),
    tr: ({ email }) => ({
      subject: 'Bu adresin zaten bir Parley hesabı var',
      parts: [
        `Biri ${email} adresini başka bir Parley hesabı için kullanmak istedi. Adresin zaten bir hesabı olduğundan hiçbir şey değiştirilmedi.`,
        { note: 'Bunu siz yaptıysanız bu adresle giriş yapın ya da önce bu hesabın adresini değiştirin.' },
      ],
    }),
  },
};

/** To the old address, as soon as a change is asked for. */
export const emailChangeAskedMail: MailTemplate<AboutNewAddress> = {
  name: 'email-change-asked',
  hours: 24,
  texts: {
    en: ({ name, email }, kit) => ({
      subject: 'Your e-mail address is about to change',
      parts: [
        `Hello ${kit.named(name)},`,
        `someone who is signed in to your Parley account, and gave your password, asked to sign in with ${email} instead of this address. It changes when the link that was sent there is opened.`,
        'If it was not you, change your password now: the link is then of no use, and every other session ends.',
        { label: 'Change the password', url: kit.publicLink('/settings') },
      ],
    }),
    tr: ({ name, email }, kit) => ({
      subject: 'E-posta adresiniz değişmek üzere',
      parts: [
        `Merhaba ${kit.named(name)},`,
        `Parley hesabınıza giriş yapmış ve parolanızı vermiş biri, bu adres yerine ${email} adresiyle giriş yapmak istedi. Oraya gönderilen bağlantı açıldığında adres değişir.`,
        'Bunu siz istemediyseniz parolanızı hemen değiştirin: bağlantı geçersiz olur ve diğer tüm oturumlar kapanır.',
        { label: 'Parolayı değiştir', url: kit.publicLink('/settings') },
      ],
    }),
  },
};

/** To the old address, once it is the old one. */
export const emailChangedMail: MailTemplate<AboutNewAddress> = {
  name: 'email-changed',
  hours: 72,
  texts: {
    en: ({ name, email }, kit) => ({
      subject: 'Your e-mail address was changed',
      parts: [
        `Hello ${kit.named(name)},`,
        `your Parley account is now signed in to with ${email}, and no longer with this address. Every other session was ended.`,
        { note: 'If it was not you, write to those who run this deployment: their address is on its privacy page.' },
      ],
    }),
    tr: ({ name, email }, kit) => ({
      subject: 'E-posta adresiniz değiştirildi',
      parts: [
        `Merhaba ${kit.named(name)},`,
        `Parley hesabınıza artık bu adresle değil, ${email} adresiyle giriş yapılıyor. Diğer tüm oturumlar kapatıldı.`,
        { note: 'Bunu siz yapmadıysanız bu kurulumu işletenlere yazın: adresleri gizlilik sayfasındadır.' },
      ],
    }),
  },
};
