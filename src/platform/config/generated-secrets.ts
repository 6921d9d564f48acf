import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync, linkSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What a deployment needs to keep for ever and did not get from its environment. */
export interface GeneratedSecrets {
  readonly encryptionKeys: string;
  readonly passwordPepper: string;
  readonly metaVerifyToken: string;
  readonly sandboxAppSecret: string;
}

/**
 * Reads the secrets that an earlier start made, or makes them. Two processes that start together agree: the file is
 * written whole under another name and linked into place, and only the first link counts.
 */
export function keepGeneratedSecrets(dataDir: string): { secrets: GeneratedSecrets; file: string; created: boolean } {
  const file = path.join(dataDir, 'secrets.json');
  const existing = readIfThere(file);
  if (existing !== null) return { secrets: JSON.parse(existing) as GeneratedSecrets, file, created: false };
  const secrets: GeneratedSecrets = {
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    passwordPepper: randomBytes(32).toString('base64url'),
    metaVerifyToken: randomBytes(16).toString('hex'),
    sandboxAppSecret: randomBytes(16).toString('hex'),
  };
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
    return { secrets, file, created: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { secrets: JSON.parse(readFileSync(file, 'utf8')) as GeneratedSecrets, file, created: false };
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
