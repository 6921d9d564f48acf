import { type KeyObject, createECDH } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bucketOf } from './bucket.js';
import { type MailboxAddress, mailboxOf } from './mailbox-address.js';
import { type Environment, readEnvironment } from './environment.js';
import { type GeneratedSecrets, keepGeneratedSecrets } from './generated-secrets.js';
import { type ChosenMerchant, merchantSettings } from './merchant.js';
import { metaMediaHosts } from './meta-media-hosts.js';
import { type ModelPrices, pricesIn } from './model-prices.js';
import { type SandboxAddress, sandboxAddress } from './sandbox-address.js';
import { type ShopifyApp, shopifyApp, shopifySecretsOf } from './shopify-app.js';
import { signingKeysOf } from './signing-key.js';
import { isTurnstileForTrying } from './turnstile-keys.js';

/**
 * The configuration of this process. Made once, at the start, from the environment, the kept secrets and the addresses
 * of what was started beside the server.
 */
export class Config {
  readonly publicUrl: string;
  readonly production: boolean;
  readonly dataDir: string;
  readonly sandbox: SandboxAddress | null;
  readonly encryptionKeys: string;
  readonly passwordPepper: string;
  readonly storageUrl: string;
  readonly journalUrl: string;

  constructor(
    readonly environment: Environment,
    private readonly secrets: GeneratedSecrets,
    readonly databaseUrl: string,
    readonly redisUrl: string | null,
  ) {
    this.production = environment.NODE_ENV === 'production';
    this.dataDir = path.resolve(environment.DATA_DIR);
    this.publicUrl = environment.PUBLIC_URL ?? `http://localhost:${String(environment.PORT)}`;
    this.sandbox = sandboxAddress(environment);
    this.encryptionKeys = environment.ENCRYPTION_KEYS ?? secrets.encryptionKeys;
    this.passwordPepper = environment.PASSWORD_PEPPER ?? secrets.passwordPepper;
    this.storageUrl = environment.STORAGE_URL ?? pathToFileURL(path.join(this.dataDir, 'files')).href;
    this.journalUrl = environment.JOURNAL_URL ?? pathToFileURL(path.join(this.dataDir, 'journal')).href;
  }

  /** The same configuration with its data in another folder. */
  at(dataDir: string): Config {
    return new Config({ ...this.environment, DATA_DIR: dataDir }, this.secrets, this.databaseUrl, this.redisUrl);
  }

  /** The same for a process that answers nobody and works on nothing of its own. */
  idle(): Config {
    return new Config({ ...this.environment, ROLE: 'api' }, this.secrets, this.databaseUrl, null);
  }

  /** The bucket that files are kept in; null where they are kept in a folder. */
  get bucket() {
    return this.bucketAt(this.environment.STORAGE_URL);
  }

  /** The bucket that backups are kept in; null where they are kept in `backupFolder`. */
  get backupBucket() {
    return this.bucketAt(this.environment.BACKUP_URL);
  }

  /** The folder of backups, where no bucket has them. */
  get backupFolder(): string {
    const { BACKUP_URL: url } = this.environment;
    return url?.startsWith('file:') === true ? fileURLToPath(url) : path.join(this.dataDir, 'backups');
  }

  /** The bucket that the erasure journal is written to; null where it is a file. */
  get journalBucket() {
    return this.bucketAt(this.environment.JOURNAL_URL);
  }

  private bucketAt(url: string | undefined) {
    const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = this.environment;
    const place = url?.startsWith('s3:') === true ? bucketOf(url) : null;
    if (place === null || accessKeyId === undefined || secretAccessKey === undefined) return null;
    return { ...place, accessKeyId, secretAccessKey };
  }

  /** Where mails are written while no SMTP_URL is set. */
  get mailFolder(): string {
    return path.join(this.dataDir, 'mail');
  }

  /** Who runs this deployment, for pages and mails; where it is not said, words that say so. */
  get operator() {
    const { OPERATOR_NAME, OPERATOR_ADDRESS, PRIVACY_EMAIL, SUPPORT_EMAIL, SECURITY_EMAIL } = this.environment;
    return {
      name: OPERATOR_NAME ?? 'an operator who has not set OPERATOR_NAME',
      address: OPERATOR_ADDRESS ?? 'OPERATOR_ADDRESS is not set',
      privacyEmail: PRIVACY_EMAIL ?? 'privacy-email-is-not-set@example.invalid',
      supportEmail: SUPPORT_EMAIL ?? 'support-email-is-not-set@example.invalid',
      securityEmail: SECURITY_EMAIL ?? 'security-email-is-not-set@example.invalid',
    } as const;
  }

  /** The addresses of those who run this deployment, in small letters; none where it is the first person who came in. */
  get operatorAddresses(): readonly string[] {
    const listed = this.environment.INSTANCE_OPERATORS.split(',').map((address) => address.trim().toLowerCase());
    return listed.filter((address) => address !== '');
  }

  /** Whether this process serves HTTP, or works on queues, or both. */
  get servesApi(): boolean {
    return this.environment.ROLE !== 'worker';
  }
  get works(): boolean {
    return this.environment.ROLE !== 'api';
  }

  /** The Meta app in use. With the sandbox on, whatever is unset points there. */
  get meta() {
    const { environment, sandbox } = this;
    return {
      appId: environment.META_APP_ID ?? '550000000000001',
      appSecret: environment.META_APP_SECRET ?? (sandbox === null ? null : this.secrets.sandboxAppSecret),
      verifyToken: environment.META_VERIFY_TOKEN ?? this.secrets.metaVerifyToken,
      graphUrl:
        environment.META_GRAPH_URL ?? (sandbox === null ? 'https://graph.facebook.com' : `${sandbox.url}/graph`),
      graphVersion: environment.META_GRAPH_VERSION,
      // Where it keeps what people send, on whichever host of these an event says.
      mediaHosts: metaMediaHosts,
      keepsInstagramMedia: environment.INSTAGRAM_MEDIA === 'copy',
      instagramAppSecret: environment.INSTAGRAM_APP_SECRET ?? null,
      instagramGraphUrl:
        environment.INSTAGRAM_GRAPH_URL ??
        (sandbox === null ? 'https://graph.instagram.com' : `${sandbox.url}/instagram`),
    } as const;
  }

  /**
   * Where people give consent at Meta. Without `configId` WhatsApp's dialog asks for permissions by name; Instagram's needs
   * an app of its own. With the sandbox on, whatever is unset points there.
   */
  get metaConsent() {
    const { environment, sandbox } = this;
    const pretend = sandbox === null ? null : this.meta.appId;
    return {
      dialogUrl:
        environment.META_DIALOG_URL ?? (sandbox === null ? 'https://www.facebook.com' : `${sandbox.url}/dialog`),
      configId: environment.META_CONFIG_ID ?? pretend,
      instagramAppId: environment.INSTAGRAM_APP_ID ?? pretend,
      instagramDialogUrl:
        environment.INSTAGRAM_DIALOG_URL ??
        (sandbox === null ? 'https://www.instagram.com' : `${sandbox.url}/instagram-dialog`),
      instagramApiUrl:
        environment.INSTAGRAM_API_URL ??
        ownHost(environment.INSTAGRAM_GRAPH_URL, 'graph.instagram.com') ??
        (sandbox === null ? 'https://api.instagram.com' : `${sandbox.url}/instagram-api`),
    } as const;
  }

  /** Where the Bot API is. With the sandbox on, the pretend one. */
  get telegram() {
    const { environment, sandbox } = this;
    const apiUrl = sandbox === null ? 'https://api.telegram.org' : `${sandbox.url}/telegram`;
    return { apiUrl: environment.TELEGRAM_API_URL ?? apiUrl } as const;
  }

  /** Where LINE's Messaging API is, and the files that come over it. The sandbox pretends none. */
  get line() {
    const url = this.environment.LINE_API_URL;
    return { apiUrl: url ?? 'https://api.line.me', dataUrl: url ?? 'https://api-data.line.me' } as const;
  }

  /** The Shopify app in use; null where there is none. */
  get shopify(): ShopifyApp | null {
    const sandbox = this.sandbox === null ? null : { url: this.sandbox.url, secret: this.meta.appSecret ?? '' };
    return shopifyApp(this.environment, sandbox);
  }

  /** What Shopify's webhooks may be signed with; nothing where there is no app. */
  get shopifySecrets(): readonly string[] {
    return shopifySecretsOf(this.environment, this.shopify);
  }

  /** The merchant of record in use; null where nothing is sold and every entitlement is on. */
  get merchant(): ChosenMerchant | null {
    return merchantSettings(this.environment, this.sandbox);
  }

  /** The operator's model server; key null means that replies are quoted. With the sandbox on, the pretend one. */
  get openai() {
    const { environment, sandbox } = this;
    const pretend =
      sandbox !== null && environment.OPENAI_API_KEY === undefined && environment.OPENAI_BASE_URL === undefined;
    return {
      apiKey: pretend ? 'sandbox' : (environment.OPENAI_API_KEY ?? null),
      baseUrl: pretend ? `${sandbox.url}/openai/v1` : (environment.OPENAI_BASE_URL ?? null),
      model: environment.OPENAI_MODEL,
      /** The sandbox's own, which is no one's. */
      pretended: pretend,
      allowedHosts: this.nonPublic(environment.AI_ALLOWED_HOSTS),
      /** What the operator says that models cost, by their names. */
      prices: pricesIn(environment.AI_PRICES ?? '') ?? noPrices,
    } as const;
  }

  /** The check of public forms against spam; null where there is none. With the sandbox on, the pretend one is asked. */
  get turnstile() {
    const { environment, sandbox } = this;
    const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET_KEY: secretKey } = environment;
    if (siteKey === undefined || secretKey === undefined) return null;
    const host = sandbox === null ? 'https://challenges.cloudflare.com' : sandbox.url;
    const verifyUrl = environment.TURNSTILE_VERIFY_URL ?? `${host}/turnstile/v0/siteverify`;
    const { href: scriptUrl, origin } = new URL('api.js', verifyUrl);
    return { siteKey, secretKey, verifyUrl, scriptUrl, origin, forTrying: isTurnstileForTrying(secretKey) } as const;
  }

  /** The key pair that pushes are signed with: the scalar, and the point that browsers are given; base64url. */
  get vapid() {
    const privateKey = this.environment.VAPID_PRIVATE_KEY ?? this.secrets.vapidPrivateKey;
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(privateKey, 'base64url');
    return { privateKey, publicKey: pair.getPublicKey('base64url') } as const;
  }

  /** The Ed25519 keys that receipts of erasures are signed with: the first signs, all are published. */
  get receiptSigningKeys(): readonly KeyObject[] {
    return signingKeysOf(this.environment.RECEIPT_SIGNING_KEY ?? this.secrets.receiptSigningKey);
  }

  /** The push services that browsers may name: hosts, `*.` for all below one, or whole origins. */
  get pushServices(): readonly string[] {
    return listOf(this.environment.PUSH_SERVICES);
  }

  /** The mailbox from which privacy requests are read; null where none is. */
  get privacyMailbox(): MailboxAddress | null {
    const { PRIVACY_MAILBOX_URL: url } = this.environment;
    return url === undefined ? null : mailboxOf(url);
  }

  /** Mail servers, `host` or `host:port`, that a workspace may name though they are not public. */
  get mailAllowedHosts(): readonly string[] {
    return this.nonPublic(this.environment.MAIL_ALLOWED_HOSTS).map((host) => host.toLowerCase());
  }

  /** Hosts that members may name though they are not public: in development this machine is its own members'. */
  private nonPublic(hosts: string | undefined): string[] {
    if (hosts === undefined) return this.environment.NODE_ENV === 'development' ? thisMachine : [];
    return listOf(hosts);
  }

  /** Origins that the operator named, and that the outgoing client may reach even where they are not public. */
  get operatorOrigins(): readonly string[] {
    const { graphUrl, instagramGraphUrl } = this.meta;
    const { instagramApiUrl } = this.metaConsent;
    const urls: string[] = [graphUrl, instagramGraphUrl, instagramApiUrl, this.telegram.apiUrl];
    urls.push(...Object.values(this.line));
    if (this.turnstile !== null) urls.push(this.turnstile.verifyUrl);
    const stores = [this.bucket?.url, this.backupBucket?.url, this.journalBucket?.url];
    const more = [this.openai.baseUrl, this.sandbox?.url, this.shopify?.adminUrl, this.merchant?.apiUrl, ...stores];
    urls.push(...more.filter((url) => typeof url === 'string'));
    urls.push(...this.pushServices.filter((service) => service.includes('://')));
    return [...new Set(urls.map((url) => new URL(url).origin))];
  }

  /** The secret that the pretend Meta signs with. */
  get sandboxAppSecret(): string {
    return this.secrets.sandboxAppSecret;
  }
}

const noPrices: ReadonlyMap<string, ModelPrices> = new Map();

const thisMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** A host that is set in place of the platform's own; what belongs to the same platform is there too. */
function ownHost(set: string | undefined, platformHost: string): string | undefined {
  return set === undefined || new URL(set).hostname === platformHost ? undefined : set;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The environment alone, for a program that needs no secret and shall make none. */
export function currentEnvironment(): Environment {
  return readEnvironment(process.env);
}

/** Reads the environment and the kept secrets; nothing else in the project reads `process.env`. */
export function loadEnvironment(source: Record<string, string | undefined> = process.env): {
  environment: Environment;
  secrets: GeneratedSecrets;
  secretsFile: string;
  secretsCreated: boolean;
} {
  const environment = readEnvironment(source);
  const kept = keepGeneratedSecrets(path.resolve(environment.DATA_DIR));
  return { environment, secrets: kept.secrets, secretsFile: kept.file, secretsCreated: kept.created };
}
