/** What the page of an exported workspace says. */
export const movingWords = {
  en: {
    title: (name: string) => `The workspace ${name}`,
    made: 'As it was on',
    from: 'From',
    careful:
      'This file holds everything that people wrote to this business. Nothing in it is encrypted: keep it where only those who need it can read it, and delete it when it has served.',
    intro:
      'The folder data holds every table as lines of JSON, one row a line; tables holds those that people read most as CSV, for any table program; files holds what was sent and uploaded, each named by its id.',
    contents: 'What is in it',
    heads: ['What', 'Rows', 'As files'],
    files: (count: number, missing: number) =>
      `${String(count)} stored files.${missing === 0 ? '' : ` ${String(missing)} more are named by rows, and their bytes were gone or damaged.`}`,
    staysTitle: 'What is not in it',
    stays:
      'Passwords, second factors, sessions, API tokens, the access to channels and the keys of models, copies that people asked for, digests under keys of the deployment, and work that waits there. Table by table, with the reasons:',
    nextTitle: 'To take it in elsewhere',
    next: 'Whoever runs the other Parley says: npm run parley -- workspace import FILE. Channels arrive disconnected and are connected again; people are invited again; AI is switched off until its key is given.',
  },
  tr: {
    title: (name: string) => `${name} çalışma alanı`,
    made: 'Şu andaki haliyle',
    from: 'Geldiği yer',
    careful:
      'Bu dosyada insanların bu işletmeye yazdığı her şey bulunur. İçindeki hiçbir şey şifreli değildir: yalnızca ihtiyacı olanların okuyabileceği bir yerde saklayın, işi bitince silin.',
    intro:
      'data klasöründe her tablo, her satırı bir kayıt olan JSON satırları olarak bulunur; tables klasöründe en çok okunanlar her tablo programının açtığı CSV olarak, files klasöründe gönderilen ve yüklenen dosyalar kimlikleriyle adlandırılmış olarak bulunur.',
    contents: 'İçinde ne var',
    heads: ['Ne', 'Kayıt', 'Dosya olarak'],
    files: (count: number, missing: number) =>
      `${String(count)} saklanan dosya.${missing === 0 ? '' : ` Kayıtlarda adı geçen ${String(missing)} dosyanın içeriği yoktu veya bozuktu.`}`,
    staysTitle: 'İçinde ne yok',
    stays:
      'Parolalar, ikinci doğrulama adımları, oturumlar, API anahtarları, kanallara erişim ve model anahtarları, kişilerin istediği kopyalar, kurulumun anahtarlarıyla yapılmış özetler ve orada bekleyen işler. Tablo tablo, nedenleriyle:',
    nextTitle: 'Başka bir yere almak için',
    next: 'Diğer Parley’yi işleten kişi şunu çalıştırır: npm run parley -- workspace import DOSYA. Kanallar bağlantısı kesik gelir ve yeniden bağlanır; kişiler yeniden davet edilir; yapay zekâ, anahtarı verilene kadar kapalıdır.',
  },
} as const;

const titles: Readonly<Record<string, Readonly<Record<'en' | 'tr', string>>>> = {
  ai_runs: { en: 'What was sent to models, and what they said', tr: 'Modellere gönderilenler ve söyledikleri' },
  ai_settings: { en: 'Settings of AI', tr: 'Yapay zekâ ayarları' },
  attachments: { en: 'Attachments', tr: 'Ekler' },
  audit_entries: { en: 'Audit log', tr: 'Denetim kaydı' },
  bot_channels: { en: 'Bots by channel', tr: 'Kanallardaki botlar' },
  bot_knowledge: { en: 'Knowledge of bots', tr: 'Botların bilgileri' },
  bots: { en: 'Bots', tr: 'Botlar' },
  canned_responses: { en: 'Saved replies', tr: 'Hazır yanıtlar' },
  channels: { en: 'Channels', tr: 'Kanallar' },
  composer_draft_files: { en: 'Files of unsent replies', tr: 'Gönderilmemiş yanıtların dosyaları' },
  composer_drafts: { en: 'Unsent replies', tr: 'Gönderilmemiş yanıtlar' },
  contact_identities: { en: 'Addresses of contacts', tr: 'Kişilerin adresleri' },
  contact_merges: { en: 'Merged contacts', tr: 'Birleştirilen kişiler' },
  contact_fields: { en: 'Fields of contacts', tr: 'Kişi alanları' },
  contact_notes: { en: 'Notes about contacts', tr: 'Kişilerle ilgili notlar' },
  chat_detail_rules: { en: 'Rules for details from chats', tr: 'Sohbetten gelen bilgi kuralları' },
  contact_proposals: { en: 'Details from chats', tr: 'Sohbetten gelen bilgiler' },
  contact_segments: { en: 'Segments', tr: 'Segmentler' },
  contacts: { en: 'Contacts', tr: 'Kişiler' },
  conversation_rounds: { en: 'Times of answers', tr: 'Yanıt süreleri' },
  conversations: { en: 'Conversations', tr: 'Görüşmeler' },
  draft_sources: { en: 'Sources of proposed answers', tr: 'Önerilen yanıtların kaynakları' },
  drafts: { en: 'Proposed answers', tr: 'Önerilen yanıtlar' },
  evaluation_cases: { en: 'Cases that bots are tried with', tr: 'Botların denendiği örnekler' },
  evaluation_sets: { en: 'Sets of such cases', tr: 'Örnek kümeleri' },
  files: { en: 'Stored files', tr: 'Saklanan dosyalar' },
  knowledge_pages: { en: 'Web pages of knowledge', tr: 'Bilgi kaynağı web sayfaları' },
  knowledge_sources: { en: 'Knowledge', tr: 'Bilgi kaynakları' },
  lead_activities: { en: 'What was done with leads', tr: 'Potansiyel müşterilerle ilgili yapılanlar' },
  lead_analysis_rules: {
    en: 'Whether conversations are used for reports of leads',
    tr: 'Konuşmaların potansiyel müşteri raporlarında kullanılması',
  },
  lead_assignees: { en: 'Who gets new leads', tr: 'Yeni potansiyel müşterileri alanlar' },
  lead_assignments: { en: 'How new leads are given to members', tr: 'Yeni potansiyel müşterilerin dağıtımı' },
  lead_forms: { en: 'Chosen forms of adverts', tr: 'Seçilen reklam formları' },
  lead_reminders: { en: 'Reminders of leads', tr: 'Potansiyel müşteri hatırlatmaları' },
  leads: { en: 'Leads', tr: 'Potansiyel müşteriler' },
  legal_holds: { en: 'Legal holds', tr: 'Hukuki saklama kararları' },
  members: { en: 'Members', tr: 'Üyeler' },
  mentions: { en: 'Mentions', tr: 'Anılmalar' },
  messages: { en: 'Messages', tr: 'Mesajlar' },
  notification_preferences: { en: 'Wishes for notices', tr: 'Bildirim tercihleri' },
  passages: { en: 'Passages of knowledge', tr: 'Bilgi parçaları' },
  policy_acknowledgements: { en: 'Policies that were acknowledged', tr: 'Onaylanan politikalar' },
  privacy_requests: { en: 'Privacy requests', tr: 'Gizlilik talepleri' },
  question_askings: { en: 'Times that such questions were asked', tr: 'Bu soruların sorulduğu anlar' },
  reactions: { en: 'Reactions', tr: 'Tepkiler' },
  read_pointers: { en: 'How far members have read', tr: 'Üyelerin okuduğu yer' },
  saved_views: { en: 'Saved views', tr: 'Kayıtlı görünümler' },
  send_attempts: { en: 'Attempts to send', tr: 'Gönderme denemeleri' },
  sign_ins: { en: 'Sign-ins', tr: 'Oturum açmalar' },
  token_uses: { en: 'Uses of channel access', tr: 'Kanal erişiminin kullanımları' },
  unanswered_questions: { en: 'Questions that nothing answered', tr: 'Yanıtsız kalan sorular' },
  visitors: { en: 'Visitors of the chat', tr: 'Sohbet ziyaretçileri' },
  workspaces: { en: 'The workspace', tr: 'Çalışma alanı' },
};

/** What a table is called; one that nobody named here is called by its name. */
export function titleOf(table: string, language: 'en' | 'tr'): string {
  return titles[table]?.[language] ?? table.replaceAll('_', ' ');
}
