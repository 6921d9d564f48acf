/**
 * Checks receipts of erasures. The one text of it: the server hashes by it, the command line checks by it, and a page gives it
 * to any browser. It needs WebCrypto alone, imports nothing and sends nothing.
 */

/** What the first receipt of an instance follows. */
export const beginning = '0'.repeat(64);

const hex = /^[0-9a-f]{64}$/;
const scopes = ['CONTACT', 'CONVERSATION', 'CHANNEL', 'USER', 'WORKSPACE', 'LEAD'];
const isText = (value) => typeof value === 'string' && value !== '';
const isHash = (value) => typeof value === 'string' && hex.test(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isTime = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
const isUuid = (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const isListOf = (shape) => (value) => Array.isArray(value) && value.every((item) => hasShape(item, shape));

const receiptShape = {
  id: isUuid,
  scope: (value) => scopes.includes(value),
  subjectDigest: isHash,
  erased: isListOf({ what: isText, count: isCount }),
  retained: isListOf({
    what: isText,
    count: isCount,
    basis: isText,
    until: (value) => value === null || isTime(value),
  }),
  completedAt: isTime,
  previousHash: isHash,
  hash: isHash,
  signature: (value) => bytesOf(value, 64) !== null,
  keyId: isText,
};
const headShape = { receipts: isCount, hash: isHash, keyId: isText, signature: (value) => bytesOf(value, 64) !== null };

/** Whether a value has these fields, each of its kind, and no other. */
function hasShape(value, shape) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(shape);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name) && shape[name](value[name]))
  );
}

/** JSON with sorted keys and nothing between its parts: one text for one content. */
export function canonicalJson(value) {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}

/** The hash of a receipt: over all that it says but the hash and the signature, and so over all receipts before it. */
export async function hashOf(receipt) {
  const content = Object.fromEntries(
    Object.entries(receipt).filter(([name]) => name !== 'hash' && name !== 'signature'),
  );
  return digest(canonicalJson(content));
}

/** What is signed of a receipt. The first words keep a signature from being good for anything else. */
export function signedText({ hash }) {
  return `parley erasure receipt\n${hash}`;
}

/** What is signed of the end of the chain. */
export function signedHead({ receipts, hash }) {
  return `parley erasure receipts head\n${String(receipts)}\n${hash}`;
}

/** The name of a public key: its digest (RFC 7638), so that no key can be passed off under another's. */
export async function keyIdOf({ crv, kty, x }) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x })));
  return base64url(new Uint8Array(bytes));
}

/**
 * Checks a file of receipts: one, a list, or one a line. Several have to follow one another; with `whole` they have to be
 * all of the instance's, from the first to the head that stands with the keys. Names the first fault: its place among the
 * receipts (from 1; 0 for the file itself or the keys) and what it is.
 */
export async function checkReceipts(text, keysText, { whole = false } = {}) {
  const receipts = readReceipts(text);
  const fault = (at, code) => ({ receipts: receipts ?? [], fault: { at, code } });
  if (receipts === null || receipts.length === 0) return fault(0, 'unreadable');
  const trusted = await readKeys(keysText);
  if (trusted === null) return fault(0, 'keys');
  let previous = null;
  for (const [index, receipt] of receipts.entries()) {
    const code = await faultOf(receipt, previous, trusted.keys);
    if (code !== null) return fault(index + 1, code);
    previous = receipt;
  }
  if (whole) {
    if (trusted.head === null || !(await isSigned(trusted.head, signedHead(trusted.head), trusted.keys)))
      return fault(0, 'head');
    if (receipts[0].previousHash !== beginning) return fault(1, 'start');
    if (receipts.length !== trusted.head.receipts || previous.hash !== trusted.head.hash)
      return fault(receipts.length, 'end');
  }
  return { receipts, fault: null };
}

async function faultOf(receipt, previous, keys) {
  if (!hasShape(receipt, receiptShape)) return 'fields';
  if ((await hashOf(receipt)) !== receipt.hash) return 'changed';
  if (!keys.has(receipt.keyId)) return 'key';
  if (!(await isSigned(receipt, signedText(receipt), keys))) return 'signature';
  if (previous !== null && receipt.previousHash !== previous.hash) return 'order';
  return null;
}

async function isSigned({ keyId, signature }, text, keys) {
  const key = keys.get(keyId);
  if (key === undefined) return false;
  return crypto.subtle.verify('Ed25519', key, bytesOf(signature, 64), new TextEncoder().encode(text));
}

function readReceipts(text) {
  const one = parseExactly(text);
  if (one !== undefined) return Array.isArray(one) ? one : [one];
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseExactly);
  return lines.includes(undefined) ? null : lines;
}

/**
 * A JSON text that says one thing only: written again it is the same but for the space between its parts. So what is read
 * here is what anyone else reads in it: no field stands in it twice, no number in another way.
 */
function parseExactly(text) {
  try {
    const value = JSON.parse(text);
    const bare = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_all, string) => string ?? '');
    return bare === JSON.stringify(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readKeys(text) {
  try {
    const { keys, head = null } = JSON.parse(text);
    const known = new Map();
    for (const { kty, crv, x } of keys) {
      if (kty !== 'OKP' || crv !== 'Ed25519') return null;
      known.set(
        await keyIdOf({ kty, crv, x }),
        await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']),
      );
    }
    if (known.size === 0 || (head !== null && !hasShape(head, headShape))) return null;
    return { keys: known, head };
  } catch {
    return null;
  }
}

async function digest(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The bytes of base64url; null where it is none, has another length, or could be written in another way. */
function bytesOf(text, length) {
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text)) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return bytes.length === length && base64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
