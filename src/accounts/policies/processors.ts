import type { Config } from '../../platform/config/index.js';
import type { PageLanguage } from './policy-documents.js';

/** Somebody who receives personal data on behalf of the businesses or of the operator. */
export interface Processor {
  readonly name: string;
  /** The hosts that are called there, `*.` for all below one; none where it is ourselves. */
  readonly hosts: readonly string[];
  readonly purpose: string;
  readonly data: string;
  readonly region: string;
  readonly safeguard: string;
}

type Both = Readonly<Record<PageLanguage, string>>;

const clauses: Both = {
  en: 'EU-US Data Privacy Framework, standard contractual clauses; for Türkiye the standard contract of the KVKK',
  tr: 'AB-ABD Veri Gizliliği Çerçevesi, standart sözleşme hükümleri; Türkiye için KVKK standart sözleşmesi',
};

/** Who receives what, as this deployment is configured: whatever is switched off is not in the list. */
export function processorsOf(config: Config, language: PageLanguage): Processor[] {
  const { environment, operator } = config;
  const say = (both: Both) => both[language];
  const host = (url: string) => new URL(url).hostname;
  const list: Processor[] = [
    {
      name: environment.HOSTING ?? operator.name,
      hosts: [],
      purpose: say({
        en: 'hosting of servers, database and encrypted backups',
        tr: 'sunucu, veritabanı ve şifreli yedeklerin barındırılması',
      }),
      data: say({ en: 'everything that is stored', tr: 'saklanan her şey' }),
      region:
        environment.HOSTING_REGION ??
        say({
          en: `at the place of the operator: ${operator.address}`,
          tr: `işletenin bulunduğu yerde: ${operator.address}`,
        }),
      safeguard: say({
        en: 'processing agreement; encryption at rest of access tokens',
        tr: 'veri işleme sözleşmesi; erişim anahtarlarının şifreli saklanması',
      }),
    },
    {
      name: 'Meta Platforms Ireland Ltd. / Meta Platforms, Inc.',
      hosts: [config.meta.graphUrl, config.meta.instagramGraphUrl, config.metaConsent.instagramApiUrl].map(host),
      purpose: say({
        en: 'Messenger, Instagram and WhatsApp, where a business connected them',
        tr: 'bir işletme bağladıysa Messenger, Instagram ve WhatsApp',
      }),
      data: say({
        en: 'messages and files to and from people who write on these channels',
        tr: 'bu kanallarda yazan kişilerle alınıp verilen mesajlar ve dosyalar',
      }),
      region: say({
        en: 'European Economic Area, United States',
        tr: 'Avrupa Ekonomik Alanı, Amerika Birleşik Devletleri',
      }),
      safeguard: say(clauses),
    },
    ...messengers(config, language),
  ];
  const { bucket } = config;
  if (bucket !== null) {
    list.push({
      name: host(bucket.url),
      hosts: [host(bucket.url)],
      purpose: say({ en: 'keeping of files', tr: 'dosyaların saklanması' }),
      data: say({ en: 'files that were sent and received', tr: 'alınan ve gönderilen dosyalar' }),
      region:
        environment.HOSTING_REGION ??
        say({ en: 'stated by the operator on request', tr: 'işleten tarafından istek üzerine bildirilir' }),
      safeguard: say({ en: 'processing agreement; encrypted transport', tr: 'veri işleme sözleşmesi; şifreli iletim' }),
    });
  }
  if (environment.SMTP_URL !== undefined) {
    list.push({
      name: host(environment.SMTP_URL),
      hosts: [host(environment.SMTP_URL)],
      purpose: say({ en: 'outgoing mail', tr: 'giden e-posta' }),
      data: say({
        en: 'e-mail addresses and the notices sent to them',
        tr: 'e-posta adresleri ve onlara gönderilen bildirimler',
      }),
      region:
        environment.HOSTING_REGION ??
        say({ en: 'stated by the operator on request', tr: 'işleten tarafından istek üzerine bildirilir' }),
      safeguard: say({ en: 'processing agreement; encrypted transport', tr: 'veri işleme sözleşmesi; şifreli iletim' }),
    });
  }
  list.push(...pushServices(config, language), ...spamCheck(config, language));
  const { apiKey, baseUrl } = config.openai;
  if (apiKey !== null && config.sandbox === null) {
    const name =
      baseUrl === null || host(baseUrl) === 'api.openai.com' ? 'OpenAI Ireland Ltd. / OpenAI OpCo, LLC' : host(baseUrl);
    list.push({
      name,
      hosts: [baseUrl === null ? 'api.openai.com' : host(baseUrl)],
      purpose: say({
        en: 'drafting of replies, only where a business switched it on',
        tr: 'yanıt taslağı; yalnızca bir işletme açtıysa',
      }),
      data: say({
        en: 'the question, passages of the knowledge base, and name, e-mail and phone where needed',
        tr: 'soru, bilgi tabanından bölümler ve gerekirse ad, e-posta, telefon',
      }),
      region: say({
        en: 'United States, European Economic Area',
        tr: 'Amerika Birleşik Devletleri, Avrupa Ekonomik Alanı',
      }),
      safeguard: say(clauses),
    });
  }
  return list;
}

/** Messengers whose own terms a business and its customers have accepted before they use them. */
function messengers(config: Config, language: PageLanguage): Processor[] {
  const say = (both: Both) => both[language];
  const host = (url: string) => new URL(url).hostname;
  const data = say({
    en: 'messages and files to and from people who write on this channel',
    tr: 'bu kanalda yazan kişilerle alınıp verilen mesajlar ve dosyalar',
  });
  const own = say({
    en: 'chosen by the person who writes there; the business has its own agreement with the service; standard contractual clauses and, for Türkiye, the standard contract of the KVKK where they are needed',
    tr: 'orada yazan kişinin seçtiği hizmet; işletmenin hizmetle kendi sözleşmesi; gerektiğinde standart sözleşme hükümleri ve Türkiye için KVKK standart sözleşmesi',
  });
  return [
    {
      name: 'Telegram Messenger Inc.',
      hosts: [host(config.telegram.apiUrl)],
      purpose: say({ en: 'Telegram, where a business connected it', tr: 'bir işletme bağladıysa Telegram' }),
      data,
      region: say({
        en: 'as Telegram states in its privacy policy; outside Türkiye',
        tr: 'Telegram’ın gizlilik politikasında belirttiği yerler; Türkiye dışında',
      }),
      safeguard: own,
    },
    {
      name: 'LY Corporation (LINE)',
      hosts: [...new Set([host(config.line.apiUrl), host(config.line.dataUrl)])],
      purpose: say({ en: 'LINE, where a business connected it', tr: 'bir işletme bağladıysa LINE' }),
      data,
      region: say({ en: 'Japan', tr: 'Japonya' }),
      safeguard: own,
    },
  ];
}

/** Who tells people from programs at the public form, where the operator set that up. */
function spamCheck({ turnstile }: Config, language: PageLanguage): Processor[] {
  if (turnstile === null) return [];
  const say = (both: Both) => both[language];
  return [
    {
      name: 'Cloudflare, Inc. (Turnstile)',
      hosts: [new URL(turnstile.verifyUrl).hostname],
      purpose: say({
        en: 'check of the public request form against spam',
        tr: 'herkese açık talep formunun istenmeyen gönderilere karşı denetimi',
      }),
      data: say({
        en: 'network address and browser signals of whoever opens the form, from their own browser; nothing of what they write',
        tr: 'formu açanın ağ adresi ve tarayıcı bilgileri, kendi tarayıcısından; yazdıklarından hiçbir şey',
      }),
      region: say({ en: 'United States, worldwide network', tr: 'Amerika Birleşik Devletleri, dünya çapında ağ' }),
      safeguard: say(clauses),
    },
  ];
}

/** Whose push services the usual addresses are. */
const pushMakers: Readonly<Record<string, string>> = {
  'fcm.googleapis.com': 'Google Ireland Ltd. / Google LLC (Firebase Cloud Messaging)',
  'updates.push.services.mozilla.com': 'Mozilla Corporation (Mozilla Push Service)',
  '*.notify.windows.com': 'Microsoft Corporation (Windows Push Notification Services)',
  '*.push.apple.com': 'Apple Distribution International Ltd. / Apple Inc. (Apple Push Notification service)',
};

/** The push services that browsers may name: which of them is called follows from the browser that a person chose. */
function pushServices({ pushServices: services }: Config, language: PageLanguage): Processor[] {
  const say = (both: Both) => both[language];
  return services.map((service) => ({
    hosts: [service.includes('://') ? new URL(service).hostname : service],
    name: pushMakers[service] ?? (service.includes('://') ? new URL(service).hostname : service.replace(/^\*\./, '')),
    purpose: say({
      en: 'push notices to members, only to browsers in which a member switched them on',
      tr: 'üyelere anlık bildirim; yalnızca bir üyenin açtığı tarayıcılara',
    }),
    data: say({
      en: 'the push address of that browser, and a notice that only the browser can decrypt; nothing of what customers write',
      tr: 'o tarayıcının bildirim adresi ve yalnızca tarayıcının çözebildiği bir bildirim; müşterilerin yazdıklarından hiçbir şey',
    }),
    region: say({
      en: 'United States, European Economic Area',
      tr: 'Amerika Birleşik Devletleri, Avrupa Ekonomik Alanı',
    }),
    safeguard: say({
      en: 'end-to-end encryption (RFC 8291); the service is part of the browser that the member chose',
      tr: 'uçtan uca şifreleme (RFC 8291); hizmet, üyenin seçtiği tarayıcının parçasıdır',
    }),
  }));
}
