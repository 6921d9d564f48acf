import type { PrivacyPartsFragment } from '../../api/documents.js';

export type ShownReceipt = NonNullable<PrivacyPartsFragment['receipt']>;

/** The receipt as it was signed: with these fields, and no other. */
export function receiptJson(receipt: ShownReceipt): string {
  const { id, scope, subjectDigest, completedAt, previousHash, hash, signature, keyId } = receipt;
  const erased = receipt.erased.map(({ what, count }) => ({ what, count }));
  const retained = receipt.retained.map(({ what, count, basis, until }) => ({ what, count, basis, until }));
  const signed = { id, scope, subjectDigest, erased, retained, completedAt, previousHash, hash, signature, keyId };
  return JSON.stringify(signed, null, 2);
}

/** Has the browser keep it as a file. */
export function saveReceipt(receipt: ShownReceipt): void {
  const address = URL.createObjectURL(new Blob([receiptJson(receipt)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: 'receipt.json' });
  link.click();
  // The browser takes it after the click; a moment later it may go.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
