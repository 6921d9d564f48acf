import type english from '../en/run-reasons.js';
import type { Words } from '../words.js';

/** Yapay zekânın neden bir şey önermediği; sunucunun adlandırdığı nedenlere göre. */
const runReasons: Words<typeof english> = {
  runReason: {
    NOTHING_FITS: 'Bu çalışma alanının bilgi tabanında soruyu yanıtlayan bir şey yok.',
    NOTHING_CITED: 'Model, yanıtının dayandığı bir bölüm göstermedi.',
    NOTHING_SUPPORTED: 'Gösterdiği bölümler, yanıtının hiçbir cümlesini desteklemiyor.',
    UNSURE: 'Model, botun istediği kadar emin değildi.',
    STOPPED: 'Biri durdurdu ya da onsuz devam etti.',
    MODEL_REFUSED: 'Model yanıt vermeyi reddetti.',
    MODEL_CUT_OFF: 'Modelin yanıtı uzunluk sınırında kesildi.',
    MODEL_NO_TEXT: 'Model sunucusu metin içermeyen bir yanıt verdi.',
    MODEL_UNREADABLE: 'Modelin yanıtı okunamadı.',
    SERVER_ADDRESS: 'Model sunucusunun adresine izin verilmiyor: genel internetten bir adres değil.',
    SERVER_TOO_LONG: 'Model sunucusu, bir yanıtın olabileceğinden daha fazlasını gönderdi.',
    SERVER_TOO_LATE: 'Model sunucusu zamanında yanıt vermedi.',
    SERVER_UNREACHED: 'Model sunucusuna ulaşılamadı ya da yanıtı yarıda kesildi.',
    SERVER_NO_CREDIT: 'Model sunucusundaki hesapta kredi kalmadı.',
    SERVER_KEY: 'Model sunucusu anahtarı kabul etmiyor. Yapay zekâ ayarlarında yeni bir anahtar girin.',
    SERVER_NO_MODEL: 'Model sunucusu ayarlanan modeli tanımıyor ya da adresi yanlış.',
    SERVER_BUSY: 'Model sunucusu şu anda yeni istek almıyor.',
    SERVER_STATUS: 'Model sunucusu, kendisinde bir sorun olduğunu bildirdi.',
    SERVER_UNREADABLE: 'Model sunucusunun yanıtı okunamadı.',
    LANGUAGE_UNKNOWN: 'Hangi dile çevrileceği bilinmiyor.',
    OTHER_LANGUAGE: 'Gelen metin istenen dilde değil.',
    SAYS_OTHER: 'Öneride olmayan bir şey söylüyor.',
    SAYS_MORE: 'Öneriden fazlasını söylüyor.',
    LEAVES_OUT: 'Önerinin bir kısmını atlıyor.',
    NO_OTHER_WORDS: 'Model başka bir ifade vermedi.',
    NONE_LEFT: 'Gelenden kullanılabilecek bir şey kalmadı.',
    CHANGES_LINK: 'Bir bağlantıyı ya da adresi değiştiriyor.',
    CHANGES_NUMBER: 'Bir sayıyı değiştiriyor.',
    CHANGES_DATE: 'Bir tarihi ya da ülkeyi değiştiriyor.',
    CHANGES_NAME: 'Bir adı değiştiriyor.',
    DENIES: 'Önerinin söylediğini yadsıyor ya da tam tersi.',
    LOSES_CONDITION: 'Bir koşulu atlıyor.',
    PROMISES: 'Öneride olmayan bir söz veriyor.',
  },
};

export default runReasons;
