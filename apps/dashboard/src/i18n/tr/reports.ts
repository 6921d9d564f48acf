import type english from '../en/reports.js';

/** What was counted. */
const reports: typeof english = {
  reports: {
    days_one: '{{count}} gün',
    days_other: '{{count}} gün',
    range: 'Günler',
    from: 'Başlangıç',
    to: 'Bitiş',
    day: 'Gün',
    member: 'Üye',
    csv: 'CSV olarak indir',
    perDay: 'Günlere göre',
    perChannel: 'Kanallara göre',
    perMember: 'Üyelere göre',
    own: 'Kendi sayılarınız',
    volume: 'Mesajlar',
    volumeSummary: 'Müşterilerden {{received}} mesaj, {{sent}} yanıt.',
    speed: 'İlk yanıta kadar geçen süre',
    speedSummary: 'İlk yanıtların yarısı {{span}} içinde geldi.',
    noAnswer: 'Bu günlerde kimseye ilk yanıt verilmedi.',
    empty: 'Bu günlerde bir şey olmadı',
    emptyHint: 'Başka günler seçin ya da ilk mesajı bekleyin.',
    started: 'Yeni konuşma',
    reopened: 'Yeniden açılan',
    answered: 'Yanıtlanan',
    resolved: 'Çözülen',
    messagesIn: 'Gelen mesaj',
    messagesOut: 'Giden yanıt',
    waitingNow: 'Şu an bekleyen',
    firstResponseMedianSeconds: 'İlk yanıt (ortanca)',
    firstResponseP90Seconds: 'İlk yanıt (%90)',
    resolutionMedianSeconds: 'Çözüm süresi (ortanca)',
    aiShare: 'Yapay zekânın yanıtladığı',
  },
};

export default reports;
