import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type TestApp, startTestApp } from '../../../test/support/app.js';
import { newId } from '../../platform/database/index.js';
import { type ErasureStatement, Receipts, SigningKeys, checkReceipts, jsonOfReceipt } from '../index.js';
import type { PublishedKey } from './signing-keys.js';

const statement = (more: Partial<ErasureStatement> = {}): ErasureStatement => ({
  erasureId: newId(),
  scope: 'CONTACT',
  workspaceId: newId(),
  subject: newId(),
  erased: [
    { what: 'messages', count: 12 },
    { what: 'contacts: name', count: 1 },
    { what: 'messages', count: 3 },
  ],
  retained: [{ what: 'invoices', count: 1, basis: 'commercial law', until: new Date('2036-01-01T00:00:00Z') }],
  completedAt: new Date('2026-11-23T01:02:03.456Z'),
  ...more,
});

describe('the receipt of an erasure', () => {
  const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  let app: TestApp;
  let receipts: Receipts;
  let owner: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({ redis: false, environment: { RECEIPT_SIGNING_KEY: first } });
    receipts = app.app.get(Receipts);
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await app.close();
  });

  const published = async (url = app.url) => (await fetch(`${url}/.well-known/receipt-keys.json`)).text();
  const chain = async () => {
    const all = [];
    for await (const receipt of receipts.all()) all.push(jsonOfReceipt(receipt));
    return all;
  };
  const lines = async () => (await chain()).map((receipt) => JSON.stringify(receipt)).join('\n');

  it('says what was erased and kept, in counts, signed, and can be checked with the published keys [promise 68]', async () => {
    const asked = statement();
    const receipt = await receipts.issue(asked);
    expect(receipt).toMatchObject({
      scope: 'CONTACT',
      erased: [
        { what: 'contacts: name', count: 1 },
        { what: 'messages', count: 15 },
      ],
      retained: asked.retained,
      completedAt: asked.completedAt,
      previousHash: '0'.repeat(64),
    });
    expect(await receipts.byErasure(asked.erasureId)).toEqual(receipt);
    const file = JSON.stringify(jsonOfReceipt(receipt), null, 2);
    expect(await checkReceipts(file, await published(), { whole: true })).toMatchObject({ fault: null });
  });

  it('holds nothing by which its subject could be known [G21]', async () => {
    const asked = statement();
    const text = JSON.stringify(jsonOfReceipt(await receipts.issue(asked)));
    for (const secret of [asked.subject, asked.erasureId, String(asked.workspaceId)])
      expect(text).not.toContain(secret);
    const again = await receipts.issue({ ...asked, erasureId: newId() });
    const other = await receipts.issue({ ...asked, erasureId: newId(), workspaceId: newId() });
    // The same for the same subject in this deployment, and for no other.
    expect(text).toContain(again.subjectDigest);
    expect(other.subjectDigest).not.toBe(again.subjectDigest);
    for (const what of ['Ada Lovelace', 'ada@example.com', '+90 555 000 11 22', ''])
      await expect(receipts.issue(statement({ erased: [{ what, count: 1 }] }))).rejects.toThrow(
        'names of the code alone',
      );
  });

  it('is one for each erasure, and each follows another, however many are issued at once', async () => {
    const asked = Array.from({ length: 15 }, () => statement());
    const issued = await Promise.all([...asked, ...asked].map((one) => receipts.issue(one)));
    expect(new Set(issued.map(({ id }) => id)).size).toBe(15);
    expect(issued[20]).toEqual(issued[5]);
    const verdict = await checkReceipts(await lines(), await published(), { whole: true });
    expect(verdict.fault).toBeNull();
    expect(verdict.receipts.length).toBeGreaterThan(15);
  });

  it('cannot be rewritten or taken away by the server itself', async () => {
    const server = new pg.Client({ connectionString: app.database.appUrl });
    await server.connect();
    await expect(server.query(`update erasure_receipts set hash = ''`)).rejects.toThrow('permission denied');
    await expect(server.query(`delete from erasure_receipts`)).rejects.toThrow('permission denied');
    await server.end();
  });

  it('is missed, when it was cut off in the database, by whoever kept the head [P6]', async () => {
    const kept = await published();
    const { rows } = await owner.query(
      `delete from erasure_receipts where seq = (select max(seq) from erasure_receipts) returning *`,
    );
    const verdict = await checkReceipts(await lines(), kept, { whole: true });
    expect(verdict.fault?.code).toBe('end');
    await owner.query(
      `insert into erasure_receipts select * from json_populate_recordset(null::erasure_receipts, $1::json)`,
      [JSON.stringify(rows)],
    );
    expect((await checkReceipts(await lines(), kept, { whole: true })).fault).toBeNull();
  });

  it('stays valid when a new key signs, for as long as the old one is published [G21]', async () => {
    const before = await lines();
    const rotated = await startTestApp({
      redis: false,
      database: app.database,
      environment: { RECEIPT_SIGNING_KEY: `${second},${first}` },
    });
    const added = await rotated.app.get(Receipts).issue(statement());
    const keys = await published(rotated.url);
    const [current, old] = (JSON.parse(keys) as { keys: PublishedKey[] }).keys;
    expect(added.keyId).toBe(current?.kid);
    expect((await checkReceipts(before, keys)).fault).toBeNull();
    expect((await checkReceipts(await lines(), keys, { whole: true })).fault).toBeNull();
    // Without the old key its receipts cannot be told from forged ones, and are not called valid.
    expect((await checkReceipts(before, JSON.stringify({ keys: [current] }))).fault).toEqual({ at: 1, code: 'key' });
    expect(old?.kid).toBe(await app.app.get(SigningKeys).currentId());
    await rotated.app.close();
    await rotated.sandbox.close();
  });
});
