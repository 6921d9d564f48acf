import type { PageLanguage } from '../../accounts/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import type { Problem } from './read-submission.js';

interface Words {
  readonly thanks: { readonly title: string; readonly text: string };
  readonly refused: string;
  readonly back: string;
  readonly why: Readonly<Partial<Record<ErrorCode, string>>>;
  readonly other: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<Problem['code'], string>>;
}

/** What pages say to whoever sent a form without a script. */
export const formWords: Readonly<Record<PageLanguage, Words>> = {
  en: {
    thanks: { title: 'Thank you', text: 'Your message has come, and is answered to the address that you gave.' },
    refused: 'Your message was not sent',
    back: 'Go back in your browser: what you wrote should still be there.',
    why: {
      [ErrorCode.FORBIDDEN]:
        'The check against spam did not pass, or this form may not be used on that site. Load the page with the form again and try once more; if that does not help, write to the business in another way.',
      [ErrorCode.RATE_LIMITED]: 'Many messages came from here in a short time. Try again later.',
      [ErrorCode.NOT_FOUND]: 'This form is not there any more. Write to the business in another way.',
    },
    other: 'It cannot be taken right now. Try again later.',
    fields: { name: 'Name', email: 'E-mail address', company: 'Company', message: 'Message' },
    problems: {
      MISSING: 'has to be filled in',
      TOO_LONG: 'is too long',
      NO_EMAIL: 'is not an e-mail address: it looks like name@example.com',
      NO_TEXT: 'is not a text',
      UNKNOWN: 'is not taken here',
    },
  },
  tr: {
    thanks: { title: 'Teşekkürler', text: 'Mesajınız ulaştı; yanıt verdiğiniz adrese gelecek.' },
    refused: 'Mesajınız gönderilmedi',
    back: 'Tarayıcınızda geri gidin: yazdıklarınız orada duruyor olmalı.',
    why: {
      [ErrorCode.FORBIDDEN]:
        'İstenmeyen gönderilere karşı denetim geçilemedi ya da bu form o sitede kullanılamaz. Formun bulunduğu sayfayı yeniden açıp bir kez daha deneyin; olmazsa işletmeye başka bir yoldan yazın.',
      [ErrorCode.RATE_LIMITED]: 'Kısa sürede buradan çok sayıda mesaj geldi. Daha sonra yeniden deneyin.',
      [ErrorCode.NOT_FOUND]: 'Bu form artık yok. İşletmeye başka bir yoldan yazın.',
    },
    other: 'Şu anda alınamıyor. Daha sonra yeniden deneyin.',
    fields: { name: 'Ad', email: 'E-posta adresi', company: 'Şirket', message: 'Mesaj' },
    problems: {
      MISSING: 'doldurulmalı',
      TOO_LONG: 'çok uzun',
      NO_EMAIL: 'bir e-posta adresi değil; ad@example.com gibi görünür',
      NO_TEXT: 'bir metin değil',
      UNKNOWN: 'burada kabul edilmiyor',
    },
  },
};
