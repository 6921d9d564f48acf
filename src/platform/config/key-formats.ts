import { z } from 'zod';

/** Keys that encrypt what is stored, each with its id. */
export const encryptionKeys = z.string().refine(
  (text) =>
    text.split(',').every((entry) => {
      const [id, key] = splitKey(entry);
      return /^[A-Za-z0-9_-]{1,32}$/.test(id) && Buffer.from(key, 'base64').length === 32;
    }),
  { message: 'must be `id:base64,...`, each key 32 bytes (make one with: openssl rand -base64 32)' },
);

/** Keys that seal backups. */
export const backupKeys = z
  .string()
  .refine((text) => text.split(',').every((key) => Buffer.from(key.trim(), 'base64').length === 32), {
    message: 'must be `base64,...`, each key 32 bytes (make one with: openssl rand -base64 32)',
  });

/** `id:base64` in its two parts. */
export function splitKey(entry: string): [id: string, key: string] {
  const at = entry.indexOf(':');
  return [entry.slice(0, Math.max(at, 0)).trim(), entry.slice(at + 1).trim()];
}
