export { PrivacyModule } from './privacy.module.js';
export { type ErasureStatement, jsonOfReceipt } from './proof/erasure-receipt.js';
export { faultWords } from './proof/fault-words.js';
export { checkReceipts } from './proof/page/check-receipts.mjs';
export { Receipts } from './proof/receipts.js';
export { SigningKeys } from './proof/signing-keys.js';
