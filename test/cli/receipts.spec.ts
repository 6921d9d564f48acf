import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommand } from '../../src/cli/run-command.js';
import { Config } from '../../src/platform/config/index.js';
import { newId } from '../../src/platform/database/index.js';
import { Journal, Receipts, jsonOfReceipt } from '../../src/privacy/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { runCli } from '../support/cli.js';

describe('npm run parley -- receipts, journal', () => {
  const signingKey = randomBytes(32).toString('base64');
  const noDatabase = () => Promise.reject(new Error('A check that is offline opened the database.'));
  let app: TestApp;
  let receipts: Receipts;
  let folder: string;
  beforeAll(async () => {
    app = await startTestApp({ redis: false, environment: { RECEIPT_SIGNING_KEY: signingKey } });
    receipts = app.app.get(Receipts);
    for (let count = 1; count <= 5; count += 1) {
      const subject = { erasureId: newId(), scope: 'CONTACT' as const, workspaceId: newId(), subject: newId() };
      await receipts.issue({
        ...subject,
        erased: [{ what: 'messages', count }],
        retained: [],
        completedAt: new Date(),
      });
    }
    folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'receipts-'));
  }, 60_000);
  afterAll(() => app.close());

  const published = async () => (await fetch(`${app.url}/.well-known/receipt-keys.json`)).text();
  const put = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const chain = async () => {
    const all = [];
    for await (const receipt of receipts.all()) all.push(jsonOfReceipt(receipt));
    return all;
  };
  const lines = async () => (await chain()).map((receipt) => JSON.stringify(receipt)).join('\n');

  it('verify checks offline: valid, broken with its place, unreadable, wrong usage', async () => {
    const own = JSON.parse(await published()) as { keys: unknown[] };
    const other = { kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32, 5).toString('base64url') };
    const keys = await put('keys.json', JSON.stringify({ ...own, keys: [other, ...own.keys] }));
    const some = (await chain()).slice(0, 3);
    const verify = (file: string, ...more: string[]) =>
      runCommand(['receipts', 'verify', file, '--keys', keys, ...more], noDatabase);
    expect(await verify(await put('one.json', JSON.stringify(some[0])))).toEqual({
      code: 0,
      out: 'The receipt is valid: signed, and not changed since.',
      err: '',
    });
    expect(await verify(await put('some.json', JSON.stringify(some)), '--json')).toMatchObject({ code: 0 });
    const [one, two, three] = some;
    const changed = await put('changed.json', JSON.stringify([one, { ...two, scope: 'USER' }, three]));
    expect(await verify(changed)).toMatchObject({ code: 1, err: 'Receipt 2: it was changed after it was issued.' });
    const json = await verify(changed, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, fault: { at: 2, code: 'changed' } });
    expect(
      await verify(await put('dropped.jsonl', [one, three].map((line) => JSON.stringify(line)).join('\n'))),
    ).toMatchObject({
      code: 1,
      err: 'Receipt 2: it does not follow the one before it: one is missing, or their order was changed.',
    });
    expect(await verify(path.join(folder, 'not-there.json'))).toMatchObject({ code: 1 });
    expect(await runCommand(['receipts', 'verify'], noDatabase)).toMatchObject({ code: 2 });
  });

  it('export writes all, and verify checks them with the keys of the deployment', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'data-'));
    const environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: app.database.appUrl,
      DATABASE_OWNER_URL: app.database.ownerUrl,
    };
    // What anybody may check is read without a key.
    const exported = await runCli(environment, 'receipts', 'export');
    expect(exported).toMatchObject({ code: 0, out: `${await lines()}\n` });
    const file = await put('all.jsonl', exported.out);
    const without = await runCli({ DATA_DIR: dataDir }, 'receipts', 'verify', file);
    expect(without).toMatchObject({ code: 1 });
    expect(without.err).toContain('The key that signs receipts is not in');
    expect(
      await runCli({ DATA_DIR: dataDir, RECEIPT_SIGNING_KEY: signingKey }, 'receipts', 'verify', file),
    ).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('journal verify says what is in the erasure journal, and that its end is missing', async () => {
    const dataDir = await mkdtemp(path.join(folder, 'data-'));
    const environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: app.database.appUrl,
      DATABASE_OWNER_URL: app.database.ownerUrl,
      RECEIPT_SIGNING_KEY: signingKey,
      JOURNAL_URL: pathToFileURL(path.join(app.app.get(Config).dataDir, 'journal')).href,
    };
    const journal = app.app.get(Journal);
    for (const kind of ['erasure', 'objection'] as const)
      await journal.append({ kind, workspaceId: newId(), ids: { contactId: newId() }, at: new Date() });
    expect(await runCli(environment, 'journal', 'verify')).toMatchObject({
      code: 0,
      out: '2 entries, the last is 2.\n',
    });
    await writeFile(fileURLToPath(`${environment.JOURNAL_URL}/journal.jsonl`), '');
    const cut = await runCli(environment, 'journal', 'verify');
    expect(cut).toMatchObject({ code: 1, err: 'The erasure journal is broken: its end is missing.\n' });
  });
});
