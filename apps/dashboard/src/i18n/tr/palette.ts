import type english from '../en/palette.js';

/** Komut kutusu ve bütün kısayolların listesi. */
const palette: typeof english = {
  commandGroup: { move: 'Gezinme', answer: 'Yanıtlama', sort: 'Düzenleme', go: 'Git', look: 'Görünüm ve hesap' },
  language: { en: 'Dil: English', tr: 'Dil: Türkçe', ar: 'Dil: العربية' },
  palette: {
    title: 'Komutlar',
    placeholder: 'Ne yapmak istersiniz, ya da kimi arıyorsunuz?',
    recent: 'Son kullanılanlar',
    commands: 'Komutlar',
    replies: 'Kayıtlı yanıtlar',
    people: 'Kişiler',
    conversations: 'Konuşmalar',
    more: 'Daha fazlası',
    searchFor: 'Her yerde “{{query}}” ara',
    found_one: '{{count}} seçenek',
    found_other: '{{count}} seçenek',
    searching: 'Aranıyor…',
    failed: 'Kişiler ve mesajlar şu an aranamadı.',
    hint: 'seç',
    hintRun: 'yap',
    hintClose: 'kapat',
  },
  shortcuts: {
    title: 'Klavye kısayolları',
    canned: 'Yanıtın başında: kayıtlı yanıt',
    on: 'Tek harfli kısayollar açık',
    change: 'Kısayolları değiştir',
    changeHint: 'Bir tuş seçin, sonra yenisine basın; Delete kısayolu kaldırır. Bu tarayıcıda saklanır.',
    changeOf: '{{action}}: kısayolu değiştir, şu an {{key}}',
    none: 'yok',
    press: 'Bir tuşa basın…',
    done: 'Tamam',
    reset: 'Baştaki gibi yap',
    wasReset: 'Bütün kısayollar baştaki gibi.',
    alt: 'Alt ve AltGr birçok klavyede harf yazar; bu yüzden kısayolda yer alamazlar.',
    named: 'Bu tuş yazmak ve gezinmek için gerekli.',
    browser: 'Bu tuş tarayıcının kendisine gerekli. Tek bir karakter ya da Ctrl ile K, B, I, M veya E seçin.',
    taken: 'Bu zaten “{{action}}” için kullanılıyor. Önce ona başka bir tuş verin.',
  },
};

export default palette;
