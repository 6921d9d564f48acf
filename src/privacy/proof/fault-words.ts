import type { ReceiptFault } from './page/check-receipts.mjs';

/** What is wrong with a receipt, a file of them or the keys, in words. */
export const faultWords: Readonly<Record<'en' | 'tr', Readonly<Record<ReceiptFault, string>>>> = {
  en: {
    unreadable:
      'this is no receipt, or it was cut off or written anew by another program; use the file as it was downloaded',
    keys: 'the keys cannot be read; they are what /.well-known/receipt-keys.json gives',
    fields: 'a field is missing, too much, or of another kind',
    changed: 'it was changed after it was issued',
    key: 'it was signed with a key that is not among these keys',
    signature: 'its signature is not one of the key that it names',
    order: 'it does not follow the one before it: one is missing, or their order was changed',
    head: 'the keys come without a signed head, which is needed to see whether all receipts are there',
    start: 'it is not the first receipt: some are missing before it',
    end: 'it is not the last receipt, or there are not as many as were issued: some are missing at the end',
  },
  tr: {
    unreadable:
      'bu bir makbuz değil ya da yarıda kesilmiş veya başka bir programla yeniden yazılmış; indirilen dosyayı olduğu gibi kullanın',
    keys: 'anahtarlar okunamıyor; bunlar /.well-known/receipt-keys.json adresinin verdikleridir',
    fields: 'bir alan eksik, fazla ya da başka türden',
    changed: 'düzenlendikten sonra değiştirilmiş',
    key: 'bu anahtarlar arasında olmayan bir anahtarla imzalanmış',
    signature: 'imzası, belirttiği anahtarın imzası değil',
    order: 'öncekini izlemiyor: biri eksik ya da sıraları değiştirilmiş',
    head: 'anahtarlarla birlikte imzalı son kayıt gelmemiş; bütün makbuzların orada olup olmadığını görmek için gerekir',
    start: 'ilk makbuz değil: öncesinde eksik olanlar var',
    end: 'son makbuz değil ya da düzenlenen kadar yok: sonunda eksik olanlar var',
  },
};
