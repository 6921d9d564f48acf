import type { PageLanguage } from '../../accounts/index.js';

/** The language of a page for people of this locale. */
export function pageLanguage(locale: string | null | undefined): PageLanguage {
  return /^tr\b/i.test(locale ?? '') ? 'tr' : 'en';
}

/** What the page of an export says beside what it shows. */
export const words = {
  en: {
    title: (name: string) => `What ${name} keeps about you`,
    made: 'Made on',
    by: 'Who is responsible for it',
    intro:
      'This is a copy of everything that is kept about you here. The tables below show it; the folder data holds all of it as JSON and CSV, for other programs, and the folder files what was sent along. This page needs no network.',
    contents: 'Contents',
    what: 'What',
    rows: 'Entries',
    asFile: 'As files',
    more: (shown: number, all: number) => `The first ${String(shown)} of ${String(all)}. All of them are in the files.`,
    nothing: 'Nothing is kept about you here.',
    attachments: 'Files that were sent along',
    missing: 'Not there any more',
    recipients: 'Who receives personal data here',
    recipient: ['Who', 'What for', 'Which data', 'Where', 'Safeguards'],
    retention: 'How long it is kept',
    conversationsDays: 'Conversations, after the last thing that happened in them',
    leadsDays: 'Leads',
    aiRunsDays: 'What was sent to a model, and what it answered',
    auditDays: 'Entries of the audit log',
    days: (days: number | null) => (days === null ? 'until they are deleted' : `${String(days)} days`),
    rights: 'Your rights',
    rightsText:
      'You may ask for this to be corrected or erased, ask that it is not used for a while, object to its use and to answers by a machine, and take it elsewhere. Write to whoever is responsible for it. If you are not content with the answer, you may complain to the data protection authority where you live.',
  },
  tr: {
    title: (name: string) => `${name} sizin hakkınızda neleri saklıyor`,
    made: 'Hazırlandığı gün',
    by: 'Sorumlusu',
    intro:
      'Bu, burada sizin hakkınızda saklanan her şeyin bir kopyasıdır. Aşağıdaki tablolar bunu gösterir; data klasöründe tamamı diğer programlar için JSON ve CSV olarak, files klasöründe gönderilen dosyalar bulunur. Bu sayfa ağ bağlantısı gerektirmez.',
    contents: 'İçindekiler',
    what: 'Ne',
    rows: 'Kayıt',
    asFile: 'Dosya olarak',
    more: (shown: number, all: number) => `${String(all)} kaydın ilk ${String(shown)} tanesi. Tamamı dosyalardadır.`,
    nothing: 'Burada sizin hakkınızda bir şey saklanmıyor.',
    attachments: 'Gönderilen dosyalar',
    missing: 'Artık yok',
    recipients: 'Burada kişisel verileri kimler alıyor',
    recipient: ['Kim', 'Ne için', 'Hangi veriler', 'Nerede', 'Güvenceler'],
    retention: 'Ne kadar süre saklanıyor',
    conversationsDays: 'Görüşmeler, içlerindeki son olaydan sonra',
    leadsDays: 'Potansiyel müşteri kayıtları',
    aiRunsDays: 'Bir modele gönderilenler ve modelin yanıtı',
    auditDays: 'Denetim kaydı girdileri',
    days: (days: number | null) => (days === null ? 'silinene kadar' : `${String(days)} gün`),
    rights: 'Haklarınız',
    rightsText:
      'Bunların düzeltilmesini veya silinmesini, bir süre kullanılmamasını isteyebilir, kullanılmasına ve bir makinenin yanıt vermesine itiraz edebilir, verilerinizi başka yere taşıyabilirsiniz. Sorumlusuna yazın. Yanıttan memnun değilseniz Kişisel Verileri Koruma Kurumuna veya yaşadığınız yerin veri koruma makamına şikâyette bulunabilirsiniz.',
  },
} as const;

const kinds: Readonly<Record<string, Readonly<Record<PageLanguage, string>>>> = {
  contacts: { en: 'You', tr: 'Siz' },
  addresses: { en: 'Your addresses on the channels', tr: 'Kanallardaki adresleriniz' },
  'contact-notes': { en: 'Notes about you', tr: 'Hakkınızdaki notlar' },
  merges: { en: 'Entries about you that were made one', tr: 'Hakkınızdaki birleştirilen kayıtlar' },
  'details-from-chats': { en: 'What you wrote about yourself', tr: 'Kendiniz hakkında yazdıklarınız' },
  'chat-visits': { en: 'Your visits to the chat', tr: 'Sohbet ziyaretleriniz' },
  conversations: { en: 'Conversations', tr: 'Görüşmeler' },
  messages: { en: 'Messages', tr: 'Mesajlar' },
  'unsent-texts': { en: 'Answers that were begun and not sent', tr: 'Başlanmış ve gönderilmemiş yanıtlar' },
  carriers: { en: 'Platforms that carried the messages', tr: 'Mesajları taşıyan platformlar' },
  models: { en: 'Model services that were given words of yours', tr: 'Sözlerinizin gönderildiği model hizmetleri' },
  'ai-runs': { en: 'What a machine was sent and what it said', tr: 'Makineye gönderilenler ve makinenin söyledikleri' },
  'told-systems': {
    en: 'Systems of the business that were told of it',
    tr: 'İşletmenin bundan haberdar edilen sistemleri',
  },
  'unanswered-questions': { en: 'Questions that nothing answered', tr: 'Yanıtsız kalan sorular' },
  'evaluation-cases': { en: 'Questions that a machine is tried with', tr: 'Makinenin denendiği sorular' },
  leads: {
    en: 'What you sent in by forms, or was written down of your interest',
    tr: 'Formlarla gönderdikleriniz ve ilginizle ilgili kayıtlar',
  },
  'lead-activities': { en: 'What was done with it', tr: 'Bunlarla ilgili yapılanlar' },
  'lead-reminders': { en: 'What is still to be done about it', tr: 'Bunlarla ilgili yapılacaklar' },
  drafts: { en: 'Answers that a machine proposed', tr: 'Makinenin önerdiği yanıtlar' },
  memberships: { en: 'Your account', tr: 'Hesabınız' },
  'sign-ins': { en: 'Your sign-ins', tr: 'Oturum açmalarınız' },
  sessions: { en: 'Your browsers', tr: 'Tarayıcılarınız' },
  'policy-acceptances': { en: 'Policies that you accepted', tr: 'Kabul ettiğiniz politikalar' },
  'audit-entries': { en: 'What was done in your name', tr: 'Sizin adınıza yapılanlar' },
  'written-messages': { en: 'Messages that you wrote', tr: 'Yazdığınız mesajlar' },
  'saved-views': { en: 'Your saved views', tr: 'Kayıtlı görünümleriniz' },
};

const columns: Readonly<Record<string, string>> = {
  acceptedAt: 'Kabul edildi',
  action: 'İşlem',
  addresses: 'Adresler',
  at: 'Zaman',
  attachments: 'Ekler',
  author: 'Yazan',
  automationObjected: 'Makineye itiraz',
  avatarUrl: 'Resim',
  blocked: 'Engelli',
  change: 'Değişiklik',
  changedAt: 'Değiştirildi',
  channelKind: 'Kanal türü',
  channelName: 'Kanal',
  askedAt: 'Soruldu',
  company: 'Şirket',
  confidence: 'Güven',
  consents: 'Onaylar',
  contactCards: 'Kişi kartları',
  createdAt: 'Oluşturuldu',
  cut: 'Çıkarılan',
  customFields: 'Ek alanlar',
  deletedAt: 'Geri alındı',
  direction: 'Yön',
  editedAt: 'Düzenlendi',
  email: 'E-posta',
  emails: 'E-posta adresleri',
  error: 'Hata',
  expiresAt: 'Bitiş',
  fields: 'Yanıtlar',
  expected: 'Beklenen',
  externalId: 'Platformdaki kimlik',
  firstAt: 'İlk',
  firstSeenAt: 'İlk görülme',
  handle: 'Kullanıcı adı',
  instruction: 'Talimat',
  ip: 'Adres (IP)',
  joinedAt: 'Katılma',
  kind: 'Tür',
  language: 'Dil',
  lastActivityAt: 'Son olay',
  lastAt: 'Son',
  lastSeenAt: 'Son görülme',
  locale: 'Dil',
  location: 'Konum',
  masked: 'Gizlenen',
  mergedAt: 'Birleştirildi',
  message: 'Mesaj',
  model: 'Model',
  name: 'Ad',
  origin: 'Site',
  outcome: 'Sonuç',
  phone: 'Telefon',
  phones: 'Telefonlar',
  processingRestricted: 'Kullanımı kısıtlı',
  proven: 'Doğrulanmış',
  provider: 'Sağlayıcı',
  purpose: 'Amaç',
  question: 'Soru',
  rating: 'Değerlendirme',
  reactions: 'Tepkiler',
  request: 'Gönderilen',
  response: 'Yanıt',
  role: 'Rol',
  sentAt: 'Gönderildi',
  source: 'Kaynak',
  sources: 'Kaynaklar',
  spam: 'İstenmeyen',
  status: 'Durum',
  subject: 'Konu',
  tags: 'Etiketler',
  target: 'Hedef',
  text: 'Metin',
  times: 'Kez',
  userAgent: 'Tarayıcı',
  value: 'Değer',
  version: 'Sürüm',
};

/** What a kind of thing is called; a kind that nobody named here is called by its file. */
export function kindTitle(name: string, language: PageLanguage): string {
  return kinds[name]?.[language] ?? spaced(name.replaceAll('-', ' '));
}

/** What a column is called. */
export function columnTitle(name: string, language: PageLanguage): string {
  return (language === 'tr' ? columns[name] : undefined) ?? spaced(name.replaceAll(/(?=[A-Z])/g, ' ').toLowerCase());
}

function spaced(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
