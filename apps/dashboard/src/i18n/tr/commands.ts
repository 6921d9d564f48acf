import type english from '../en/commands.js';

/** Bir tuşla ya da komut kutusundan yapılabilenler. */
const commands: typeof english = {
  command: {
    palette: 'Komutlar',
    sheet: 'Klavye kısayolları',
    search: 'Ara',
    inbox: 'Gelen kutusu',
    next: 'Listede sonraki',
    previous: 'Listede önceki',
    back: 'Geri',
    reply: 'Yanıt yaz',
    note: 'Not yaz',
    draft: 'Yanıt öner',
    send: 'Gönder',
    resolve: 'Çözüldü',
    reopen: 'Yeniden aç',
    snooze: 'Ertele',
    priority: 'Öncelik',
    assign: 'Ata',
    assignToMe: 'Bana ata',
    tags: 'Etiketler',
    status: 'Durum',
    pauseBot: 'Botu duraklat veya sürdür',
    signOut: 'Çıkış yap',
    details: 'Müşteri bilgileri',
    choose: 'Bu konuşmayı seç, birkaçını birlikte değiştirmek için',
    newLead: 'Yeni aday ekle',
    undo: 'Az önce yapılanı geri al',
    availability: 'Müsait veya uzakta',
    theme: { system: 'Renkler sisteme göre', light: 'Açık renkler', dark: 'Koyu renkler' },
  },
};

export default commands;
