import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A script of the page that checks receipts, as it lies beside this file: what a browser runs is what anyone can read here. */
export function readPageScript(name: 'check-receipts.mjs' | 'verify-page.mjs'): string {
  return readFileSync(path.join(import.meta.dirname, 'page', name), 'utf8');
}
