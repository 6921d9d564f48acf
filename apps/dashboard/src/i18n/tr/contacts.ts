import type english from '../en/contacts.js';

/** Müşteriler ve arama. */
const contacts: typeof english = {
  contact: {
    title: 'Müşteri',
    unnamed: 'Adsız ziyaretçi',
    unnamedWithId: 'Müşteri {{id}}',
    name: 'Ad',
    emails: 'E-posta',
    phones: 'Telefon',
    language: 'Dil',
    tags: 'Etiketler',
    firstSeen: 'İlk görülme',
    lastSeen: 'Son görülme',
    unknown: 'bilinmiyor',
    blocked: 'Engelli',
    automationObjected: 'Otomatik yanıt istemiyor',
    processingRestricted: 'İşleme kısıtlı',
    edit: 'Bilgileri düzenle',
    block: 'Bu müşteriyi engelle',
    blockNow: 'Engelle',
    unblock: 'Engeli kaldır',
    blockHint: 'Engellenen müşteriden, kaç kez yazdığından başka bir şey saklanmaz.',
    spam: 'İstenmeyen olarak işaretle',
    notSpam: 'İstenmeyen değil',
    noise: 'İstenmiyor mu?',
    commas: 'Birden çoksa aralarına virgül koyun.',
    notes: 'Bu müşteriyle ilgili notlar',
    newNote: 'Yeni not',
    addNote: 'Not ekle',
    otherConversations: 'Diğer konuşmalar',
  },
  contacts: {
    search: 'Ad, e-posta veya telefonla ara',
    empty: 'Henüz kimse yazmadı',
    emptyHint: 'Kanallarınızdan birine yazan herkes burada görünür.',
    noMatch: 'Uyan kimse yok',
    noMatchHint: 'Daha az harf ya da adresin veya numaranın bir parçasını deneyin.',
  },
  search: {
    label: 'Mesajlarda ve kişilerde ara',
    placeholder: 'Sipariş numarası, ad, sözcükler…',
    hint: 'En az iki harf yazın.',
    people: 'Kişiler',
    messages: 'Mesajlar',
    nothing: '“{{query}}” için bir şey bulunamadı',
    nothingHint: 'Daha az ya da başka sözcükler deneyin.',
  },
};

export default contacts;
