import type { ReceiptScope } from '../erasure-receipt.js';

/** A receipt as JSON has it, which is what is hashed and signed. */
export interface ReceiptJson {
  readonly id: string;
  readonly scope: ReceiptScope;
  readonly subjectDigest: string;
  readonly erased: readonly { readonly what: string; readonly count: number }[];
  readonly retained: readonly {
    readonly what: string;
    readonly count: number;
    readonly basis: string;
    readonly until: string | null;
  }[];
  readonly completedAt: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly signature: string;
  readonly keyId: string;
}

/** Where the chain ends, signed. */
export interface ReceiptHead {
  readonly receipts: number;
  readonly hash: string;
  readonly keyId: string;
  readonly signature: string;
}

export type ReceiptFault =
  'unreadable' | 'keys' | 'fields' | 'changed' | 'key' | 'signature' | 'order' | 'head' | 'start' | 'end';

export interface ReceiptVerdict {
  readonly receipts: readonly ReceiptJson[];
  /** The first fault: its place among the receipts (from 1; 0 for the file itself or the keys); null where there is none. */
  readonly fault: { readonly at: number; readonly code: ReceiptFault } | null;
}

export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
}

export const beginning: string;
export function canonicalJson(value: unknown): string;
export function hashOf(receipt: Omit<ReceiptJson, 'hash' | 'signature'>): Promise<string>;
export function signedText(receipt: { readonly hash: string }): string;
export function signedHead(head: { readonly receipts: number; readonly hash: string }): string;
export function keyIdOf(key: PublicJwk): Promise<string>;
export function checkReceipts(
  text: string,
  keysText: string,
  options?: { readonly whole?: boolean },
): Promise<ReceiptVerdict>;
