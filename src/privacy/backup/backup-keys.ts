import { type KeyObject, createHash, createSecretKey, hkdfSync } from 'node:crypto';
import { BackupDamaged } from './backup-damaged.js';

/** The keys of BACKUP_KEY: the first seals, all open. */
export class BackupKeys {
  private readonly keys: ReadonlyMap<string, Buffer>;
  readonly currentId: string;

  constructor(given: string) {
    const keys = given.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
    this.keys = new Map(keys.map((key) => [idOf(key), key]));
    this.currentId = [...this.keys.keys()][0] ?? '';
  }

  /** The key of one backup, of its own: each has a salt, so that no two share a key and its nonces. */
  of(id: string, salt: Buffer): KeyObject {
    const key = this.keys.get(id);
    if (key === undefined)
      throw new BackupDamaged(
        `This backup was sealed with the key ${id}, and BACKUP_KEY holds ${[...this.keys.keys()].join(', ')}. Add the key that it was made with.`,
      );
    return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, 'parley:backup', 32)));
  }
}

/** Names a key and tells nothing of it. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('parley:backup-key').update(key).digest('hex').slice(0, 12);
}
