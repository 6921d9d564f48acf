import type { Config } from '../../platform/config/index.js';
import type { PageLanguage } from './policy-documents.js';

/** Somebody who receives personal data on behalf of the businesses or of the operator. */
export interface Processor {
  readonly name: string;
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
  ];
  if (environment.SMTP_URL !== undefined) {
    list.push({
      name: host(environment.SMTP_URL),
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
  list.push(...pushServices(config, language));
  const { apiKey, baseUrl } = config.openai;
  if (apiKey !== null && config.sandbox === null) {
    const name =
      baseUrl === null || host(baseUrl) === 'api.openai.com' ? 'OpenAI Ireland Ltd. / OpenAI OpCo, LLC' : host(baseUrl);
    list.push({
      name,
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
