import type { Config } from '../../platform/config/index.js';
import { type Recipient, type RecipientUse, recipientsOf } from '../../platform/recipients/index.js';
import type { PageLanguage } from './policy-documents.js';
import { type Both, hostingWords, placeUnstated, recipientWords } from './recipient-words.js';

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

/** Who receives what, as this deployment is configured: whatever is switched off is not in the list. */
export function processorsOf(config: Config, language: PageLanguage): Processor[] {
  const { environment, operator } = config;
  const say = (both: Both) => both[language];
  const place = environment.HOSTING_REGION;
  return [
    {
      name: environment.HOSTING ?? operator.name,
      hosts: [],
      purpose: say(hostingWords.purpose),
      data: say(hostingWords.data),
      region:
        place ??
        say({
          en: `at the place of the operator: ${operator.address}`,
          tr: `işletenin bulunduğu yerde: ${operator.address}`,
        }),
      safeguard: say(hostingWords.safeguard),
    },
    ...recipientsOf(config).map((recipient) => processorOf(recipient, config, language)),
  ];
}

/** One of them in the words of the page. */
export function processorOf(recipient: Recipient, { environment }: Config, language: PageLanguage): Processor {
  const { purpose, data, region, safeguard } = recipientWords[recipient.use];
  return {
    name: nameOf(recipient),
    hosts: recipient.hosts,
    purpose: purpose[language],
    data: data[language],
    region: region === null ? (environment.HOSTING_REGION ?? placeUnstated[language]) : region[language],
    safeguard: safeguard[language],
  };
}

const companies: Readonly<Partial<Record<RecipientUse, string>>> = {
  meta: 'Meta Platforms Ireland Ltd. / Meta Platforms, Inc.',
  telegram: 'Telegram Messenger Inc.',
  line: 'LY Corporation (LINE)',
  shopify: 'Shopify International Ltd. / Shopify Inc.',
  spam: 'Cloudflare, Inc. (Turnstile)',
};

/** Whose the usual hosts are. */
const owners: Readonly<Record<string, string>> = {
  'api.paddle.com': 'Paddle.com Market Limited / Paddle.com, Inc.',
  'api.lemonsqueezy.com': 'Lemon Squeezy, LLC',
  'api.polar.sh': 'Polar Software, Inc.',
  'api.openai.com': 'OpenAI Ireland Ltd. / OpenAI OpCo, LLC',
  'fcm.googleapis.com': 'Google Ireland Ltd. / Google LLC (Firebase Cloud Messaging)',
  'updates.push.services.mozilla.com': 'Mozilla Corporation (Mozilla Push Service)',
  '*.notify.windows.com': 'Microsoft Corporation (Windows Push Notification Services)',
  '*.push.apple.com': 'Apple Distribution International Ltd. / Apple Inc. (Apple Push Notification service)',
};

/** Whoever is not known by name goes by the host. */
function nameOf({ use, hosts: [host = ''] }: Recipient): string {
  return companies[use] ?? owners[host] ?? host.replace(/^\*\./, '');
}
