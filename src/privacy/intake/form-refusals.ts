import { type PageLanguage, escapeHtml } from '../../accounts/index.js';
import { type DomainError, ErrorCode } from '../../platform/errors/index.js';

interface Words {
  readonly back: string;
  readonly mail: (address: string) => string;
  /** By the reason that the refusal names, else by its code. */
  readonly why: Readonly<Record<string, string>>;
  readonly other: string;
}

const words: Readonly<Record<PageLanguage, Words>> = {
  en: {
    back: 'Go back in your browser: what you wrote should still be there.',
    mail: (address) => `You may also write to ${address}: a plain mail is enough.`,
    why: {
      NO_EMAIL: 'The e-mail address is none. It looks like name@example.com.',
      NO_PHONE: 'The phone number is none. Write it with its country code, such as +90 555 123 45 67.',
      NO_DATE: 'One of the days is none. It looks like 2026-05-31.',
      TOO_LONG: 'Something is too long: at most {most} characters, please.',
      [ErrorCode.BAD_USER_INPUT]: 'Say in a few words what you want and by what you can be found.',
      [ErrorCode.RATE_LIMITED]: 'Many requests came from here in a short time. Try again later.',
    },
    other: 'It cannot be taken right now. Try again later.',
  },
  tr: {
    back: 'Tarayıcınızda geri gidin: yazdıklarınız orada duruyor olmalı.',
    mail: (address) => `${address} adresine de yazabilirsiniz: sade bir e-posta yeterlidir.`,
    why: {
      NO_EMAIL: 'Bu bir e-posta adresi değil; ad@example.com gibi görünür.',
      NO_PHONE: 'Bu bir telefon numarası değil. +90 555 123 45 67 gibi, ülke koduyla yazın.',
      NO_DATE: 'Günlerden biri tarih değil; 2026-05-31 gibi görünür.',
      TOO_LONG: 'Bir alan çok uzun: en fazla {most} karakter.',
      [ErrorCode.BAD_USER_INPUT]: 'Ne istediğinizi ve nasıl bulunabileceğinizi birkaç sözle yazın.',
      [ErrorCode.RATE_LIMITED]: 'Kısa sürede buradan çok sayıda talep geldi. Daha sonra yeniden deneyin.',
    },
    other: 'Şu anda alınamıyor. Daha sonra yeniden deneyin.',
  },
};

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  [ErrorCode.BAD_USER_INPUT]: 422,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.UNAVAILABLE]: 503,
};

/** What a page says to whoever filled in the form and was refused; as HTML. */
export function formRefusal(
  { code, reason, values }: DomainError,
  language: PageLanguage,
  privacyEmail: string,
): { readonly status: number; readonly body: string } {
  const { back, mail, why, other } = words[language];
  const said = why[reason ?? code] ?? why[code] ?? other;
  const filled = said.replace('{most}', escapeHtml(values?.['most'] ?? ''));
  const address = escapeHtml(privacyEmail);
  const link = `<a href="mailto:${address}">${address}</a>`;
  return { status: statuses[code] ?? 400, body: `<p>${filled}</p>\n<p>${back} ${mail(link)}</p>` };
}
