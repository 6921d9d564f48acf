import type { RecipientUse } from '../../platform/recipients/index.js';
import type { PageLanguage } from './policy-documents.js';

/** One text in both languages of the public pages. */
export type Both = Readonly<Record<PageLanguage, string>>;

/** What the page of recipients says of one, beside its name. */
export interface RecipientWords {
  readonly purpose: Both;
  readonly data: Both;
  /** Null: at the place of the hosting, where the operator stated one. */
  readonly region: Both | null;
  readonly safeguard: Both;
}

const europeAndUnitedStates: Both = {
  en: 'European Economic Area, United States',
  tr: 'Avrupa Ekonomik Alanı, Amerika Birleşik Devletleri',
};
const clauses: Both = {
  en: 'EU-US Data Privacy Framework, standard contractual clauses; for Türkiye the standard contract of the KVKK',
  tr: 'AB-ABD Veri Gizliliği Çerçevesi, standart sözleşme hükümleri; Türkiye için KVKK standart sözleşmesi',
};
/** Of messengers whose own terms a business and its customers have accepted before they use them. */
const ownTerms: Both = {
  en: 'chosen by the person who writes there; the business has its own agreement with the service; standard contractual clauses and, for Türkiye, the standard contract of the KVKK where they are needed',
  tr: 'orada yazan kişinin seçtiği hizmet; işletmenin hizmetle kendi sözleşmesi; gerektiğinde standart sözleşme hükümleri ve Türkiye için KVKK standart sözleşmesi',
};
const agreement: Both = {
  en: 'processing agreement; encrypted transport',
  tr: 'veri işleme sözleşmesi; şifreli iletim',
};
const sealedAgreement: Both = {
  en: 'processing agreement; encrypted before it leaves',
  tr: 'veri işleme sözleşmesi; çıkmadan önce şifrelenir',
};
const channelData: Both = {
  en: 'messages and files to and from people who write on this channel',
  tr: 'bu kanalda yazan kişilerle alınıp verilen mesajlar ve dosyalar',
};

/** What is said of everyone whom a deployment may call: a new use without words does not compile. */
export const recipientWords: Readonly<Record<RecipientUse, RecipientWords>> = {
  meta: {
    purpose: {
      en: 'Messenger, Instagram and WhatsApp, where a business connected them',
      tr: 'bir işletme bağladıysa Messenger, Instagram ve WhatsApp',
    },
    data: {
      en: 'messages and files to and from people who write on these channels',
      tr: 'bu kanallarda yazan kişilerle alınıp verilen mesajlar ve dosyalar',
    },
    region: europeAndUnitedStates,
    safeguard: clauses,
  },
  telegram: {
    purpose: { en: 'Telegram, where a business connected it', tr: 'bir işletme bağladıysa Telegram' },
    data: channelData,
    region: {
      en: 'as Telegram states in its privacy policy; outside Türkiye',
      tr: 'Telegram’ın gizlilik politikasında belirttiği yerler; Türkiye dışında',
    },
    safeguard: ownTerms,
  },
  line: {
    purpose: { en: 'LINE, where a business connected it', tr: 'bir işletme bağladıysa LINE' },
    data: channelData,
    region: { en: 'Japan', tr: 'Japonya' },
    safeguard: ownTerms,
  },
  shopify: {
    purpose: {
      en: 'orders of a customer, shown to the members of a business that connected its Shopify store',
      tr: 'Shopify mağazasını bağlayan bir işletmenin üyelerine gösterilen müşteri siparişleri',
    },
    data: {
      en: 'the proven mail address or phone number of the customer whose orders are looked at',
      tr: 'siparişlerine bakılan müşterinin doğrulanmış e-posta adresi veya telefon numarası',
    },
    region: {
      en: 'Canada, European Economic Area, United States',
      tr: 'Kanada, Avrupa Ekonomik Alanı, Amerika Birleşik Devletleri',
    },
    safeguard: ownTerms,
  },
  billing: {
    purpose: {
      en: 'the plans of this service, which this company sells in its own name (merchant of record), to whoever buys one',
      tr: 'bu hizmetin planları; bu şirket onları kendi adına satar (kayıtlı satıcı), yalnızca satın alanlara',
    },
    data: {
      en: 'the id of the workspace and of its plan; name, address and card only as the buyer enters them on that company’s own pages, where we do not see them',
      tr: 'çalışma alanının ve planının kimliği; ad, adres ve kart yalnızca alıcının o şirketin kendi sayfalarına girdiği kadar, biz onları görmeyiz',
    },
    region: {
      en: 'United Kingdom, European Economic Area, United States',
      tr: 'Birleşik Krallık, Avrupa Ekonomik Alanı, Amerika Birleşik Devletleri',
    },
    safeguard: {
      en: 'a controller of its own for what it sells; EU adequacy decision or standard contractual clauses; for Türkiye the standard contract of the KVKK',
      tr: 'sattıkları için kendisi veri sorumlusudur; AB yeterlilik kararı veya standart sözleşme hükümleri; Türkiye için KVKK standart sözleşmesi',
    },
  },
  files: {
    purpose: { en: 'keeping of files', tr: 'dosyaların saklanması' },
    data: { en: 'files that were sent and received', tr: 'alınan ve gönderilen dosyalar' },
    region: null,
    safeguard: agreement,
  },
  backups: {
    purpose: { en: 'keeping of backups', tr: 'yedeklerin saklanması' },
    data: { en: 'everything that is stored, encrypted', tr: 'saklanan her şey, şifreli' },
    region: null,
    safeguard: sealedAgreement,
  },
  journal: {
    purpose: {
      en: 'keeping of the erasure journal, by which a restored backup is brought up to date',
      tr: 'geri yüklenen bir yedeği güncelleyen silme günlüğünün saklanması',
    },
    data: {
      en: 'ids and keyed digests; nothing by which a person can be recognised',
      tr: 'kimlik numaraları ve anahtarlı özetler; kişiyi tanıtan hiçbir şey',
    },
    region: null,
    safeguard: agreement,
  },
  mail: {
    purpose: { en: 'outgoing mail', tr: 'giden e-posta' },
    data: {
      en: 'e-mail addresses and the notices sent to them',
      tr: 'e-posta adresleri ve onlara gönderilen bildirimler',
    },
    region: null,
    safeguard: agreement,
  },
  requests: {
    purpose: { en: 'the mailbox for privacy requests', tr: 'gizlilik başvurularının posta kutusu' },
    data: { en: 'privacy requests that come by mail', tr: 'e-posta ile gelen gizlilik başvuruları' },
    region: null,
    safeguard: agreement,
  },
  push: {
    purpose: {
      en: 'push notices to members, only to browsers in which a member switched them on',
      tr: 'üyelere anlık bildirim; yalnızca bir üyenin açtığı tarayıcılara',
    },
    data: {
      en: 'the push address of that browser, and a notice that only the browser can decrypt; nothing of what customers write',
      tr: 'o tarayıcının bildirim adresi ve yalnızca tarayıcının çözebildiği bir bildirim; müşterilerin yazdıklarından hiçbir şey',
    },
    region: {
      en: 'United States, European Economic Area',
      tr: 'Amerika Birleşik Devletleri, Avrupa Ekonomik Alanı',
    },
    safeguard: {
      en: 'end-to-end encryption (RFC 8291); the service is part of the browser that the member chose',
      tr: 'uçtan uca şifreleme (RFC 8291); hizmet, üyenin seçtiği tarayıcının parçasıdır',
    },
  },
  spam: {
    purpose: {
      en: 'check of the public request form against spam',
      tr: 'herkese açık talep formunun istenmeyen gönderilere karşı denetimi',
    },
    data: {
      en: 'network address and browser signals of whoever opens the form, from their own browser; nothing of what they write',
      tr: 'formu açanın ağ adresi ve tarayıcı bilgileri, kendi tarayıcısından; yazdıklarından hiçbir şey',
    },
    region: { en: 'United States, worldwide network', tr: 'Amerika Birleşik Devletleri, dünya çapında ağ' },
    safeguard: clauses,
  },
  model: {
    purpose: {
      en: 'drafting of replies, only where a business switched it on',
      tr: 'yanıt taslağı; yalnızca bir işletme açtıysa',
    },
    data: {
      en: 'the question, passages of the knowledge base, and name, e-mail and phone where needed',
      tr: 'soru, bilgi tabanından bölümler ve gerekirse ad, e-posta, telefon',
    },
    region: {
      en: 'United States, European Economic Area',
      tr: 'Amerika Birleşik Devletleri, Avrupa Ekonomik Alanı',
    },
    safeguard: clauses,
  },
};

/** Of the operator or their host. */
export const hostingWords = {
  purpose: {
    en: 'hosting of servers, database and encrypted backups; the name servers that are asked where hosts are',
    tr: 'sunucu, veritabanı ve şifreli yedeklerin barındırılması; sunucu adreslerini bildiren ad sunucuları',
  },
  data: { en: 'everything that is stored', tr: 'saklanan her şey' },
  safeguard: {
    en: 'processing agreement; encryption at rest of access tokens',
    tr: 'veri işleme sözleşmesi; erişim anahtarlarının şifreli saklanması',
  },
} as const;

/** Where the operator has stated no place. */
export const placeUnstated: Both = {
  en: 'stated by the operator on request',
  tr: 'işleten tarafından istek üzerine bildirilir',
};

/** Whom a business itself names: no recipients of the deployment's. */
export const chosenByBusinesses: Both = {
  en: 'A business may name more for itself, under its own agreements: the mail servers of its mailboxes, and a model server of its own, or OpenAI by a key of its own. They are called for that business alone. Whoever they are is shown in its settings.',
  tr: 'Bir işletme kendisi için, kendi sözleşmeleriyle başkalarını da belirleyebilir: posta kutularının sunucuları ve kendi yapay zekâ sunucusu ya da kendi anahtarıyla OpenAI. Bunlar yalnızca o işletme için çağrılır ve ayarlarında gösterilir.',
};
