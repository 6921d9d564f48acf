import { createECDH, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync, linkSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What a deployment needs to keep for ever and did not get from its environment. */
export interface GeneratedSecrets {
  readonly encryptionKeys: string;
  readonly passwordPepper: string;
  readonly metaVerifyToken: string;
  readonly sandboxAppSecret: string;
  /** Signs pushes: a scalar of P-256, base64url. */
  readonly vapidPrivateKey: string;
  /** Signs receipts of erasures: an Ed25519 key, base64. */
  readonly receiptSigningKey: string;
}

interface Kept<Secrets> {
  readonly secrets: Secrets;
  readonly file: string;
  readonly created: boolean;
}

/** Reads the secrets that an earlier start made, or makes them. */
export function keepGeneratedSecrets(dataDir: string): Kept<GeneratedSecrets> {
  const first = keep(dataDir, 'secrets.json', () => ({
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    passwordPepper: randomBytes(32).toString('base64url'),
    metaVerifyToken: randomBytes(16).toString('hex'),
    sandboxAppSecret: randomBytes(16).toString('hex'),
  }));
  // In a file of its own: deployments that began before there were pushes have the first one already.
  const later = keep(dataDir, 'vapid.json', () => {
    const pair = createECDH('prime256v1');
    pair.generateKeys();
    return { vapidPrivateKey: Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url') };
  });
  const proof = keep(dataDir, 'receipt-signing.json', () => ({
    receiptSigningKey: randomBytes(32).toString('base64'),
  }));
  return { ...first, secrets: { ...first.secrets, ...later.secrets, ...proof.secrets } };
}

/** The key of backups that an earlier one made, or a new one; it is made by the first backup, not by a start. */
export function keepBackupKey(dataDir: string): Kept<{ readonly backupKey: string }> {
  return keep(dataDir, 'backup-key.json', () => ({ backupKey: randomBytes(32).toString('base64') }));
}

/**
 * Keeps secrets in a file. Two processes that start together agree: the file is written whole under another name and
 * linked into place, and only the first link counts.
 */
function keep<Secrets extends object>(dataDir: string, name: string, make: () => Secrets): Kept<Secrets> {
  const file = path.join(dataDir, name);
  const existing = readIfThere(file);
  if (existing !== null) return { secrets: JSON.parse(existing) as Secrets, file, created: false };
  const secrets = make();
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
    return { secrets, file, created: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { secrets: JSON.parse(readFileSync(file, 'utf8')) as Secrets, file, created: false };
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
