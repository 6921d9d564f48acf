import type english from '../en/contacts.js';

/** Müşteriler ve arama. */
const contacts: typeof english = {
  contact: {
    title: 'Müşteri',
    unnamed: 'Adsız ziyaretçi',
    unnamedWithId: 'Müşteri {{id}}',
    notSpam: 'İstenmeyen değil',
  },
  search: {
    conversations: 'Konuşmalar',
    inInbox: 'Gelen kutusunda göster',
    operators: 'Daraltmak için: is:open, is:unread, is:mine, is:unassigned, tag:vip, in:whatsapp',
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
