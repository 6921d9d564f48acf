import { type PageLanguage } from '../../accounts/index.js';
import { fillIn } from '../../platform/errors/index.js';

/** Why a line of a file became no lead, in the words of each language; `{column}` is what the column is called. */
const words = {
  NOBODY: {
    en: 'It names nobody: no name, no e-mail address and no phone number.',
    tr: 'Kimse belirtilmemiş: ad, e-posta adresi veya telefon numarası yok.',
  },
  NO_EMAIL: {
    en: '“{column}” holds no e-mail address. It looks like name@example.com.',
    tr: '“{column}” bir e-posta adresi içermiyor. ad@example.com gibi olmalı.',
  },
  NO_PHONE: {
    en: '“{column}” holds no phone number. Write it with its country code, such as +90 555 123 45 67.',
    tr: '“{column}” bir telefon numarası içermiyor. Ülke koduyla yazın, örneğin +90 555 123 45 67.',
  },
  TOO_LONG: { en: '“{column}” is too long.', tr: '“{column}” çok uzun.' },
  NO_STATUS: {
    en: '“{column}” holds none of NEW, CONTACTED, QUALIFIED, WON, LOST.',
    tr: '“{column}” şunlardan biri değil: yeni, iletişim kuruldu, nitelikli, kazanıldı, kaybedildi.',
  },
  NO_DATE: {
    en: '“{column}” holds no day, such as 2026-05-31 or 31.05.2026, or one that is still to come.',
    tr: '“{column}” 2026-05-31 veya 31.05.2026 gibi geçmiş bir tarih içermiyor.',
  },
  TOO_MANY_TAGS: {
    en: '“{column}” holds more than 20 labels, or one of more than 50 characters.',
    tr: '“{column}” 20’den fazla etiket ya da 50 karakterden uzun bir etiket içeriyor.',
  },
  FIELD_KIND: {
    en: '“{column}” does not hold what the field of the contacts holds.',
    tr: '“{column}” kişi alanının türüne uymuyor.',
  },
  MORE_VALUES: {
    en: 'It has more values than there are columns. Is a separator in it that is not between quotes?',
    tr: 'Sütun sayısından fazla değer var. Tırnak içinde olmayan bir ayraç mı var?',
  },
  ERASED: {
    en: 'This person or this lead was erased here. A file does not bring them back; whoever comes anew can be written down by hand.',
    tr: 'Bu kişi veya kayıt burada silinmişti. Dosya onu geri getirmez; yeniden gelen biri elle eklenebilir.',
  },
  BLOCKED: { en: 'The contact is blocked.', tr: 'Kişi engellenmiş.' },
  PLAN_FULL: {
    en: 'The plan has no room for another contact. Choose a bigger one, then import these lines again.',
    tr: 'Planda yeni bir kişi için yer yok. Daha büyük bir plan seçin ve bu satırları yeniden içe aktarın.',
  },
} as const;

/** Why a line became no lead. */
export type RejectionReason = keyof typeof words;

/** A reason in words that tell what to do. */
export function rejectionSentence(reason: RejectionReason, column: string | null, language: PageLanguage): string {
  return fillIn(words[reason][language], { column: column ?? '' });
}
