import { z } from 'zod';
import { bucketOf } from './bucket.js';
import { mailboxOf } from './mailbox-address.js';
import { backupKeys, encryptionKeys } from './key-formats.js';
import { merchantProblems, merchantVariables } from './merchant.js';
import { modelPrices } from './model-prices.js';
import { shopifyVariables } from './shopify-app.js';
import { holdsSigningKeys } from './signing-key.js';
import { turnstileProblems } from './turnstile-keys.js';
import { httpUrl, url } from './urls.js';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const port = whole(0, 65535);
/**
 * Every environment variable, with its meaning and default: the reference that `.env.example` is printed from. A
 * variable that is set to nothing counts as not set.
 */
export const environment = {
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production asks for what a public deployment needs'),
  PORT: port.default(3000).describe('the port it listens on'),
  LISTEN_HOST: z
    .string()
    .optional()
    .describe('the address it listens on; localhost in development, every address in production'),
  PUBLIC_URL: httpUrl.optional().describe('how the world reaches it; required in production'),
  ROLE: z.enum(['api', 'worker', 'all']).default('all').describe('which parts this process runs'),
  DATA_DIR: z.string().default('.parley').describe('embedded Postgres and Redis, files, generated keys'),
  DATABASE_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe("the app's Postgres role: no superuser, no BYPASSRLS, owner of nothing; embedded when unset"),
  DATABASE_OWNER_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe('the Postgres role that migrates; required with DATABASE_URL where this process migrates'),
  REDIS_URL: url(['redis:', 'rediss:']).optional().describe('Redis; embedded when unset'),
  MAINTENANCE_HOUR: whole(0, 23)
    .default(2)
    .describe('the hour (UTC) from which on, for three, bytes of what was erased are cleared from disk'),
  MAINTENANCE_LOCK_SECONDS: whole(1, 86_400)
    .default(60)
    .describe(
      'for so long a table may be closed for it at night; who asks for it waits up to 10 s, then is told to try again',
    ),
  ENCRYPTION_KEYS: encryptionKeys
    .optional()
    .describe('`id:base64,...`: the first encrypts, the rest still decrypt; generated when unset'),
  PASSWORD_PEPPER: z.string().min(16).optional().describe('secret mixed into password hashes; generated when unset'),
  RECEIPT_SIGNING_KEY: z
    .string()
    .refine(holdsSigningKeys, {
      message: 'must be Ed25519 keys, comma-separated, in PEM or 32 bytes in base64 (one: openssl rand -base64 32)',
    })
    .optional()
    .describe(
      'signs receipts of erasures and the erasure journal: Ed25519, PEM or 32 bytes in base64, comma-separated; the first signs, all are published; generated when unset',
    ),
  META_APP_ID: z.string().regex(/^\d+$/).optional().describe('the Meta app'),
  META_APP_SECRET: z.string().min(1).optional().describe("the Meta app's secret; signs its webhooks"),
  META_VERIFY_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('the word that Meta repeats when it checks the webhook address'),
  META_GRAPH_URL: httpUrl.optional().describe('Graph API host; https://graph.facebook.com with an app of your own'),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v26.0')
    .describe('Graph API version'),
  META_DIALOG_URL: httpUrl
    .optional()
    .describe('where people give consent; https://www.facebook.com with an app of your own'),
  META_CONFIG_ID: z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe(
      "configuration of WhatsApp's embedded signup; without it only accounts that are there already can be given",
    ),
  INSTAGRAM_APP_ID: z.string().regex(/^\d+$/).optional().describe('Instagram Login app'),
  INSTAGRAM_APP_SECRET: z.string().min(1).optional().describe("the Instagram Login app's secret"),
  INSTAGRAM_GRAPH_URL: httpUrl
    .optional()
    .describe('Instagram Graph host; https://graph.instagram.com with an app of your own'),
  INSTAGRAM_DIALOG_URL: httpUrl
    .optional()
    .describe('where people sign in with Instagram; https://www.instagram.com with an app of your own'),
  INSTAGRAM_API_URL: httpUrl
    .optional()
    .describe("where its codes are exchanged; when unset https://api.instagram.com, or INSTAGRAM_GRAPH_URL's own host"),
  INSTAGRAM_MEDIA: z
    .enum(['copy', 'reference'])
    .default('copy')
    .describe(
      'copy: what customers send on Instagram is fetched and kept; reference: only its address, which soon ends',
    ),
  TELEGRAM_API_URL: httpUrl.optional().describe('Bot API host; https://api.telegram.org outside the sandbox'),
  LINE_API_URL: httpUrl.optional().describe('Messaging API host of LINE; https://api.line.me when unset'),
  ...shopifyVariables,
  ...merchantVariables,
  OPENAI_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('any OpenAI-compatible server; without it replies are quoted from the knowledge base'),
  OPENAI_BASE_URL: httpUrl.optional().describe('where that server is'),
  OPENAI_MODEL: z.string().min(1).default('gpt-5-mini').describe('the model that drafts'),
  AI_PRICES: modelPrices,
  AI_ALLOWED_HOSTS: z
    .string()
    .optional()
    .describe(
      'hosts, comma-separated, that a workspace may name as its own model server though they are not public; this machine in development',
    ),
  VAPID_PRIVATE_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64url').length === 32, { message: 'must be 32 bytes, base64url' })
    .optional()
    .describe('signs pushes to browsers; generated when unset'),
  PUSH_SERVICES: z
    .string()
    .default('fcm.googleapis.com,updates.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com')
    .describe('hosts, comma-separated, of the push services that browsers may name'),
  SMTP_URL: url(['smtp:', 'smtps:'])
    .optional()
    .describe('outgoing mail; without it mails are written under DATA_DIR/mail and logged by subject'),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>@\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u,
      'must be an address, as in `Parley <no-reply@example.com>`',
    )
    .optional()
    .describe("whom mails come from; no-reply at PUBLIC_URL's host when unset"),
  MAIL_ALLOWED_HOSTS: z
    .string()
    .optional()
    .describe(
      'mail servers, comma-separated `host` or `host:port`, that a workspace may name though they are not public or have no TLS; this machine in development',
    ),
  STORAGE_URL: url(['file:', 's3:'])
    .optional()
    .describe(
      'where files are kept: `file:///...` or `s3://bucket/folder?endpoint=https://...&region=...`; under DATA_DIR when unset',
    ),
  JOURNAL_URL: url(['file:', 's3:'])
    .optional()
    .describe(
      'where the erasure journal is written, outside the database: `file:///...` (a folder) or `s3://bucket/folder?endpoint=...`; under DATA_DIR when unset',
    ),
  S3_ACCESS_KEY_ID: z
    .string()
    .min(1)
    .optional()
    .describe('opens the buckets of STORAGE_URL, BACKUP_URL and JOURNAL_URL'),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('the secret of that key'),
  BACKUP_URL: url(['file:', 's3:'])
    .optional()
    .describe(
      'where backups are kept, as STORAGE_URL; under DATA_DIR when unset, which the loss of the disk takes too',
    ),
  BACKUP_KEY: backupKeys
    .optional()
    .describe(
      '`base64,...`, each 32 bytes: the first seals backups, the rest still open; generated when unset. Keep a copy elsewhere',
    ),
  FILES_MB_PER_WORKSPACE: z.coerce
    .number()
    .int()
    .min(0)
    .default(10_000)
    .describe(
      'megabytes of files that each workspace may keep, small pictures included; 0: as many as there is place for',
    ),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0).describe('how many proxies stand in front'),
  SIGNUP: z.enum(['open', 'invite', 'closed']).default('open').describe('who may sign up'),
  SANDBOX: z
    .enum(['on', 'off'])
    .optional()
    .describe('pretend platforms beside the server; on in development, refused in production'),
  SANDBOX_PORT: port.optional().describe("the sandbox's port; the one after PORT when unset"),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('bearer token that may read /metrics from elsewhere than loopback'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('how much is logged'),
  OPERATOR_NAME: z.string().optional().describe('who runs this deployment; required in production'),
  OPERATOR_ADDRESS: z.string().optional().describe("the operator's postal address; required in production"),
  PRIVACY_EMAIL: z.string().optional().describe('where privacy requests go; required in production'),
  PRIVACY_MAILBOX_URL: z
    .string()
    .refine((text) => mailboxOf(text) !== null, {
      message: 'must be `imaps://name:password@host/folder`, with @ and other signs in the name or password as %40',
    })
    .optional()
    .describe(
      'the mailbox from which privacy requests are read: `imaps://name:password@host/folder`; unread mails are taken and marked as read; off when unset',
    ),
  TURNSTILE_SITE_KEY: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional()
    .describe("Cloudflare Turnstile's public key: public forms are checked against spam by it; off when unset"),
  TURNSTILE_SECRET_KEY: z.string().min(1).optional().describe('the secret key that belongs to it'),
  TURNSTILE_VERIFY_URL: httpUrl
    .optional()
    .describe('where its tokens are checked; https://challenges.cloudflare.com/turnstile/v0/siteverify when unset'),
  SUPPORT_EMAIL: z.string().optional().describe('where questions go; required in production'),
  SECURITY_EMAIL: z.string().optional().describe('where holes are reported; required in production'),
  HOSTING: z
    .string()
    .optional()
    .describe('who hosts this deployment, for the list of recipients; the operator when unset'),
  HOSTING_REGION: z.string().optional().describe('where it is hosted, for the list of recipients'),
  RECIPIENT_NOTICE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(365)
    .default(30)
    .describe('days between the announcement of a new recipient of data to the owners of all workspaces, and its use'),
  LOG_RETENTION_DAYS: whole(1, 365)
    .default(30)
    .describe('days that the technical log is kept: address, session digest, browser, errors'),
  INSTANCE_OPERATORS: z.string().default('').describe('addresses, comma-separated, of those who run this deployment'),
} as const;

export const requiredInProduction = [
  'PUBLIC_URL',
  'OPERATOR_NAME',
  'OPERATOR_ADDRESS',
  'PRIVACY_EMAIL',
  'SUPPORT_EMAIL',
  'SECURITY_EMAIL',
] as const;

const schema = z.object(environment);
/** The environment as read: each variable of the reference, in its own type. */
export type Environment = z.output<typeof schema>;

/** The environment cannot be used. `problems` names every one of them, not only the first. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${String(problems.length)} problem${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'EnvironmentError';
  }
}

/** Reads the environment; throws one EnvironmentError that names every problem at once. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${wording(issue)}`);
  const production = given['NODE_ENV'] === 'production';
  if (production) {
    for (const name of requiredInProduction) {
      if (given[name] === undefined)
        problems.push(`${name} is required in production (${environment[name].description ?? ''})`);
    }
    if (given['SANDBOX'] === 'on')
      problems.push('SANDBOX=on is refused in production: the pretend platforms answer anyone');
  }
  problems.push(...turnstileProblems(given));
  const sandboxed =
    given['SANDBOX'] === 'on' ||
    (given['SANDBOX'] === undefined && (given['NODE_ENV'] ?? 'development') === 'development');
  problems.push(...merchantProblems(given, sandboxed));
  if (given['DATABASE_URL'] !== undefined && given['DATABASE_OWNER_URL'] === undefined && given['ROLE'] !== 'worker') {
    problems.push('DATABASE_OWNER_URL is required with DATABASE_URL: it is the role that migrates');
  }
  for (const variable of ['STORAGE_URL', 'BACKUP_URL', 'JOURNAL_URL'] as const) {
    if (!parsed.success || parsed.data[variable]?.startsWith('s3:') !== true) continue;
    for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
      if (parsed.data[name] === undefined) problems.push(`${name} is required with ${variable}: it opens the bucket`);
    if (bucketOf(parsed.data[variable]) === null)
      problems.push(`${variable} names no bucket, or an endpoint that is none: s3://bucket?endpoint=https://...`);
  }
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return parsed.data;
}

function wording(issue: { message: string; code: string }): string {
  return issue.code === 'custom'
    ? issue.message
    : `is not valid: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}
