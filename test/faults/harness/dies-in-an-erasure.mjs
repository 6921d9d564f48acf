// Loaded before a server in a test's process: kills it before each statement of an erasure, as a power cut or the kernel might;
// before each once, over all processes that share a file of where it died already. Without that file nothing happens. The
// product itself knows nothing of it.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import pg from 'pg';

const file = process.env['DIES_ONCE_AT_EACH'];
const query = pg.Client.prototype.query;
/** By connection: the last statement that wrote something in the transaction that is open, and whether that is of an erasure. */
const open = new WeakMap();

function dieOnceAt(place) {
  if (!existsSync(file)) return;
  const name = createHash('sha256').update(place).digest('hex');
  if (readFileSync(file, 'utf8').includes(name)) return;
  appendFileSync(file, `${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}

pg.Client.prototype.query = function (...given) {
  const [first] = given;
  const text = (typeof first === 'string' ? first : (first?.text ?? '')).trim();
  const values = (Array.isArray(given[1]) ? given[1] : first?.values) ?? [];
  if (/^begin/i.test(text)) open.set(this, { isErasure: false, last: '' });
  const transaction = open.get(this) ?? { isErasure: false, last: '' };
  // The row of the erasure and its receipt; and, by itself, the end of the job.
  if (/\b(erasures|erasure_receipts)\b/.test(text)) transaction.isErasure = true;
  const isEnd = /^delete from due/i.test(text) && values.includes('deletion');
  // What only reads leaves nothing behind that the statement before it has not left.
  if ((transaction.isErasure || isEnd) && /^(insert|update|delete|with|commit|select blank_)/i.test(text)) {
    dieOnceAt(/^commit/i.test(text) ? `the end after ${transaction.last}` : text);
    transaction.last = text;
  }
  if (/^(commit|rollback)/i.test(text)) open.delete(this);
  return query.apply(this, given);
};
