import type { SubjectScope } from '../../platform/personal-data/index.js';
import type { ReceiptJson } from './page/check-receipts.mjs';

/** What an erasure was of. */
export type ReceiptScope = SubjectScope;

/** So many rows of something are gone. */
export interface ErasedRows {
  readonly what: string;
  readonly count: number;
}

/** So many rows of something are kept, on which ground, and until when where that is known. */
export interface RetainedRows {
  readonly what: string;
  readonly count: number;
  readonly basis: string;
  readonly until: Date | null;
}

/** What is to be stated of an erasure that is done. */
export interface ErasureStatement {
  readonly erasureId: string;
  readonly scope: ReceiptScope;
  readonly workspaceId: string | null;
  /** The id of the subject. It is digested with a key of the instance; the receipt holds the digest alone. */
  readonly subject: string;
  readonly erased: readonly ErasedRows[];
  readonly retained: readonly RetainedRows[];
  readonly completedAt: Date;
}

/** A signed statement of what was erased. It holds counts and digests, never the erased data. */
export interface ErasureReceipt {
  readonly id: string;
  readonly scope: ReceiptScope;
  readonly subjectDigest: string;
  readonly erased: readonly ErasedRows[];
  readonly retained: readonly RetainedRows[];
  readonly completedAt: Date;
  readonly previousHash: string;
  readonly hash: string;
  readonly signature: string;
  readonly keyId: string;
}

/** A receipt as it is hashed, signed and handed out. */
export function jsonOfReceipt(receipt: ErasureReceipt): ReceiptJson {
  const { id, scope, subjectDigest, erased, retained, completedAt, previousHash, hash, signature, keyId } = receipt;
  return {
    id,
    scope,
    subjectDigest,
    erased: erased.map(({ what, count }) => ({ what, count })),
    retained: retained.map(({ what, count, basis, until }) => ({
      what,
      count,
      basis,
      until: until === null ? null : until.toISOString(),
    })),
    completedAt: completedAt.toISOString(),
    previousHash,
    hash,
    signature,
    keyId,
  };
}
