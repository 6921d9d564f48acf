import { z } from 'zod';

/** Raised when a file can no longer be read by releases before. */
export const movingFormat = 1;
export const manifestName = 'manifest.json';
export const pageName = 'index.html';

const mostParts = 100_000;
const text = z.string().max(2_000);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const part = z.strictObject({ path: text, bytes: count, sha256: digest });
const table = z.strictObject({
  name: text,
  columns: z.array(text).max(500),
  rows: count,
  parts: z.array(part).max(mostParts),
});

/** What a file says of itself; it stands at its end, so that it can say what was written before. */
export const movingManifest = z.strictObject({
  product: z.literal('Parley'),
  format: z.int(),
  workspace: z.strictObject({ id: z.uuid(), name: text }),
  exportedAt: z.iso.datetime(),
  /** The address of the deployment that it is from. */
  from: text,
  /** The migrations that made the tables that it was read from. */
  migrations: z.array(text).max(10_000),
  tables: z.array(table).max(1_000),
  /** Files for people: tables and a page. Nothing is taken in from them. */
  forPeople: z.array(part).max(1_000),
  files: z.strictObject({ count, bytes: count, missing: z.array(z.uuid()) }),
  /** What the first entry of the audit log follows; null where that is its beginning. */
  auditFollows: z.strictObject({ seq: z.string().regex(/^\d{1,18}$/), hash: digest }).nullable(),
  /** What stays behind, and why. */
  stays: z.record(text, text),
});

export type MovingManifest = z.infer<typeof movingManifest>;
export type MovingPart = z.infer<typeof part>;
export type MovingTable = z.infer<typeof table>;
