import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { Config, loadEnvironment } from '../../platform/config/index.js';
import { newId, openSystemDatabase } from '../../platform/database/index.js';
import { KeyRing, Secrets } from '../../platform/secrets/index.js';
import { jsonOfReceipt } from './erasure-receipt.js';
import { type ReceiptJson, checkReceipts, hashOf, keyIdOf, signedText } from './page/check-receipts.mjs';
import { Receipts } from './receipts.js';
import { SigningKeys } from './signing-keys.js';

const length = 8;
const trials = 1_000;

/** The same trials every time: a run that misses one can be run again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a chain of receipts', () => {
  let database: TestDatabase;
  let chain: ReceiptJson[];
  let keys: { keys: readonly { kid: string }[]; head: { receipts: number; hash: string } };
  const forger = generateKeyPairSync('ed25519');
  const pick = chance(20_261_123);

  beforeAll(async () => {
    database = await createTestDatabase();
    const opened = await openSystemDatabase(database.appUrl);
    const seeds = [randomBytes(32), randomBytes(32)].map((seed) => seed.toString('base64'));
    const { environment, secrets } = loadEnvironment({
      NODE_ENV: 'test',
      DATA_DIR: await mkdtemp(path.join(tmpdir(), 'receipts-')),
      RECEIPT_SIGNING_KEY: seeds.join(','),
    });
    const config = new Config(environment, secrets, database.appUrl, null);
    const signing = new SigningKeys(config);
    const receipts = new Receipts(opened.system, new Secrets(new KeyRing(config)), signing);
    for (let at = 0; at < length; at += 1)
      await receipts.issue({
        erasureId: newId(),
        scope: at % 2 === 0 ? 'CONTACT' : 'CONVERSATION',
        workspaceId: newId(),
        subject: newId(),
        erased: [
          { what: 'messages', count: 10 + at },
          { what: 'files', count: at },
        ],
        retained: [{ what: 'invoices', count: 1, basis: 'commercial law', until: at % 2 === 0 ? null : new Date() }],
        completedAt: new Date(),
      });
    chain = [];
    for await (const receipt of receipts.all()) chain.push(jsonOfReceipt(receipt));
    keys = { keys: await signing.published(), head: await receipts.head() };
    await opened.close();
  }, 30_000);
  afterAll(() => database.drop());

  const copy = () => structuredClone(chain) as Writable<ReceiptJson>[];
  const place = () => pick(length);
  const at = (list: Writable<ReceiptJson>[], index: number) => {
    const one = list[index];
    if (one === undefined) throw new Error('There is no such receipt.');
    return one;
  };

  /** Writes another value of the same kind into one field of one receipt. */
  function edited(list: Writable<ReceiptJson>[], index: number): Writable<ReceiptJson> {
    const one = at(list, index);
    const other = at(list, (index + 1) % length);
    const edits: (() => void)[] = [
      () => (one.id = newId()),
      () => (one.scope = 'WORKSPACE'),
      () => (one.subjectDigest = other.subjectDigest),
      () => (one.erased = one.erased.map(({ what, count }) => ({ what, count: count + 1 + pick(9) }))),
      () => (one.erased = one.erased.map(({ what, count }) => ({ what: `${what}s`, count }))),
      () => (one.erased = one.erased.slice(1)),
      () => (one.erased = [...one.erased, { what: 'drafts', count: 1 }]),
      () => (one.erased = [...one.erased].reverse()),
      () => (one.retained = []),
      () => (one.retained = one.retained.map((row) => ({ ...row, count: row.count + 1 }))),
      () => (one.retained = one.retained.map((row) => ({ ...row, basis: 'none' }))),
      () => (one.retained = one.retained.map((row) => ({ ...row, until: '2099-01-01T00:00:00.000Z' }))),
      () => (one.completedAt = new Date(Date.parse(one.completedAt) - 1 - pick(1_000_000)).toISOString()),
      () => (one.previousHash = other.hash),
      () => (one.keyId = keys.keys.find(({ kid }) => kid !== one.keyId)?.kid ?? ''),
    ];
    edits[pick(edits.length)]?.();
    return one;
  }

  const rehashed = async (one: Writable<ReceiptJson>) => (one.hash = await hashOf(one));

  /** Ways to change what was issued, each a file and the keys that go with it. */
  const tamperings: Readonly<Record<string, () => Promise<string> | string>> = {
    'a field is edited': () => {
      const list = copy();
      edited(list, place());
      return JSON.stringify(list);
    },
    'a field is edited and hashed anew': async () => {
      const list = copy();
      await rehashed(edited(list, place()));
      return JSON.stringify(list);
    },
    'a field is edited, and the rest of the chain hashed anew': async () => {
      const list = copy();
      const from = place();
      edited(list, from);
      for (let next = from; next < length; next += 1) {
        if (next > from) at(list, next).previousHash = at(list, next - 1).hash;
        await rehashed(at(list, next));
      }
      return JSON.stringify(list);
    },
    'a field is edited and signed with another key': async () => {
      const list = copy();
      const one = edited(list, place());
      const { kty = '', crv = '', x = '' } = forger.publicKey.export({ format: 'jwk' });
      if (pick(2) === 0) one.keyId = await keyIdOf({ kty, crv, x });
      await rehashed(one);
      one.signature = sign(null, Buffer.from(signedText(one)), forger.privateKey).toString('base64url');
      return JSON.stringify(list);
    },
    'one is dropped': () => JSON.stringify(copy().toSpliced(place(), 1)),
    'the end is dropped': () => JSON.stringify(copy().slice(0, 1 + pick(length - 1))),
    'the beginning is dropped': () => JSON.stringify(copy().slice(1 + pick(length - 1))),
    'the text is cut off': () => {
      const text = JSON.stringify(chain);
      return text.slice(0, pick(text.length));
    },
    'lines are cut off': () => {
      const text = chain.map((one) => JSON.stringify(one)).join('\n');
      return text.slice(0, pick(text.length));
    },
    'two change places': () => {
      const list = copy();
      const [one, other] = [place(), 1 + pick(length - 1)];
      const second = (one + other) % length;
      [list[one], list[second]] = [at(list, second), at(list, one)];
      return JSON.stringify(list);
    },
    'one comes twice': () => {
      const list = copy();
      const one = place();
      return JSON.stringify(list.toSpliced(one, 0, at(list, one)));
    },
    'signatures change places': () => {
      const list = copy();
      const one = place();
      at(list, one).signature = at(copy(), (one + 1 + pick(length - 1)) % length).signature;
      return JSON.stringify(list);
    },
    'a letter of a signature or hash is another': () => {
      const list = copy();
      const one = at(list, place());
      const field = (['signature', 'hash', 'previousHash', 'subjectDigest'] as const)[pick(4)] ?? 'hash';
      // The last letter as often as all others: some of its bits may mean nothing.
      const letter = pick(2) === 0 ? one[field].length - 1 : pick(one[field].length);
      const letters = field === 'signature' ? 'ABCDEFghijkl0123_-' : '0123456789abcdef';
      const fresh = [...letters].filter((other) => other !== one[field][letter]);
      one[field] = one[field].slice(0, letter) + (fresh[pick(fresh.length)] ?? '') + one[field].slice(letter + 1);
      return JSON.stringify(list);
    },
    'a letter of the text is another': () => {
      const text = chain.map((one) => JSON.stringify(one)).join('\n');
      const where = pick(text.length);
      const other = String.fromCharCode(32 + pick(95));
      return text[where] === other ? `${text}!` : text.slice(0, where) + other + text.slice(where + 1);
    },
    'a field is added, left out or said twice': () => {
      const texts = chain.map((one) => JSON.stringify(one));
      const one = place();
      const text = texts[one] ?? '';
      texts[one] =
        [
          text.replace('{', '{"note":"kept",'),
          text.replace('{', '{"scope":"WORKSPACE",'),
          text.replace(/"completedAt":"[^"]+",/, ''),
          text.replace(/"scope":"(\w+)"/, '"\\u0073cope":"$1"'),
          text.replace(/"count":(\d+)/, '"count":$1.0'),
        ][pick(5)] ?? '';
      return texts.join('\n');
    },
  };

  it('is whole as it was issued, however it is laid out', async () => {
    const check = (text: string) => checkReceipts(text, JSON.stringify(keys), { whole: true });
    for (const text of [
      JSON.stringify(chain),
      JSON.stringify(chain, null, 2),
      chain.map((one) => JSON.stringify(one)).join('\n'),
      `${chain.map((one) => JSON.stringify(one)).join('\r\n')}\r\n`,
    ])
      expect((await check(text)).fault).toBeNull();
    expect((await checkReceipts(JSON.stringify(chain.slice(2, 5)), JSON.stringify(keys))).fault).toBeNull();
  });

  it('shows every one of 1,000 tamperings: edits, drops, cuts, reorderings, foreign signatures [G21] [P6]', async () => {
    const kinds = Object.entries(tamperings);
    const missed: string[] = [];
    const codes = new Set<string>();
    for (let trial = 0; trial < trials; trial += 1) {
      const [kind, tamper] = kinds[trial % kinds.length] ?? ['', () => ''];
      const text = await tamper();
      const { fault } = await checkReceipts(text, JSON.stringify(keys), { whole: true });
      if (fault === null) missed.push(`${String(trial)} ${kind}: ${text.slice(0, 500)}`);
      else codes.add(fault.code);
    }
    expect(missed).toEqual([]);
    expect([...codes].sort()).toEqual(['changed', 'end', 'fields', 'key', 'order', 'signature', 'start', 'unreadable']);
  }, 120_000);

  it('is not called whole by a head that was changed, or that is not there', async () => {
    const check = async (head: unknown) =>
      (await checkReceipts(JSON.stringify(chain.slice(0, -1)), JSON.stringify({ ...keys, head }), { whole: true }))
        .fault;
    expect(await check(keys.head)).toMatchObject({ code: 'end' });
    expect(await check({ ...keys.head, receipts: length - 1, hash: chain.at(-2)?.hash })).toEqual({
      at: 0,
      code: 'head',
    });
    expect(await check(null)).toEqual({ at: 0, code: 'head' });
    expect(await check({})).toEqual({ at: 0, code: 'keys' });
  });
});

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
