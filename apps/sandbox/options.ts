/** How far receipts go on their own: everything, all but "read" (the person opens the thread), or nothing. */
export type Receipts = 'all' | 'delivered' | 'none';

/** What a caller may set when the sandbox starts. */
export interface SandboxOptions {
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Where signed webhooks are sent. */
  webhookUrl?: string;
  appId?: string;
  appSecret?: string;
  instagramAppSecret?: string;
  /** Signs the events of the pretend merchants of record; 6 to 40 characters. */
  billingSecret?: string;
  /** Pause before echoes, delivery and read receipts. */
  receiptDelayMs?: number;
  receipts?: Receipts;
  /** Pauses between attempts of a delivery that was not answered 200; an empty list never retries. */
  retryGapsMs?: number[];
  /** The only key that the model server takes; without it any key that is not empty. */
  openaiKey?: string;
  /** Fetch attachments that the business sends by URL, as Meta does. Only loopback addresses are ever fetched. */
  fetchAttachments?: boolean;
  /** Entries that each ledger keeps before it forgets the oldest. */
  ledgerLimit?: number;
}

/** What may change while it runs. */
export interface Settings {
  webhookUrl: string;
  receiptDelayMs: number;
  receipts: Receipts;
  retryGapsMs: number[];
  fetchAttachments: boolean;
  /** How long addresses of the CDN live, and those of WhatsApp media. */
  mediaUrlMs: number;
  whatsappMediaUrlMs: number;
  /** Send events only for accounts that the app has subscribed to, as the real platform does. */
  requireSubscription: boolean;
}

/** The app as Meta knows it. */
export interface AppIdentity {
  id: string;
  secret: string;
  instagramSecret: string;
  name: string;
}

export const DEFAULT_APP_ID = '550000000000001';
export const DEFAULT_APP_SECRET = 'sandbox-app-secret';
export const DEFAULT_WEBHOOK_URL = 'http://127.0.0.1:3000/webhooks/meta';

/** The settings that these options ask for. */
export function settingsFrom(options: SandboxOptions): Settings {
  return {
    webhookUrl: options.webhookUrl ?? DEFAULT_WEBHOOK_URL,
    receiptDelayMs: options.receiptDelayMs ?? 0,
    receipts: options.receipts ?? 'all',
    retryGapsMs: options.retryGapsMs ?? [],
    fetchAttachments: options.fetchAttachments ?? false,
    mediaUrlMs: 24 * 3_600_000,
    whatsappMediaUrlMs: 5 * 60_000,
    requireSubscription: false,
  };
}

/** The app identity that these options ask for. */
export function appFrom(options: SandboxOptions): AppIdentity {
  const secret = options.appSecret ?? DEFAULT_APP_SECRET;
  return {
    id: options.appId ?? DEFAULT_APP_ID,
    secret,
    instagramSecret: options.instagramAppSecret ?? secret,
    name: 'Sandbox app',
  };
}
