import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestClient, eventually } from '../support/client.js';
import { databaseDump, filesIn, residue } from '../privacy/residue.js';
import { ownSite } from './harness/own-site.js';
import { whatsApp } from './harness/traffic.js';

const preload = new URL('./harness/dies-in-an-erasure.mjs', import.meta.url).pathname;
const connect = `mutation { connectWhatsApp(input: { wabaId: "${whatsApp.parentId ?? ''}", phoneNumberId: "${whatsApp.id}",
    accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }`;
const erase = 'mutation ($id: ID!) { eraseContact(contactId: $id) { id } }';
const phone = '905559876543210';
const said = 'canaryş/zvkqhwlxpbtr';
const words = [said, 'Canarya Zvkqhwlxp', phone];
const folder = await mkdtemp(path.join(os.tmpdir(), 'dies-'));
const places = path.join(folder, 'places');
const files = path.join(folder, 'files');

describe('F1: whichever process dies before whichever statement of an erasure', () => {
  let client: TestClient;
  let contactId: string;
  const site = ownSite(
    {
      environment: { DIES_ONCE_AT_EACH: places, STORAGE_URL: pathToFileURL(files).href },
      preload: { api: preload, worker: preload },
    },
    async (started) => {
      client = await TestClient.signedUp(started.api.url);
      await client.ask(connect);
      await started.control('POST', 'customers', { channel: 'whatsapp', id: phone, name: words[1] });
      for (const event of [
        { kind: 'text', text: said },
        { kind: 'image', caption: said },
      ])
        await started.control('POST', 'play', {
          channel: 'whatsapp',
          accountId: whatsApp.id,
          customerId: phone,
          event,
        });
      contactId = await eventually(async () => {
        const rows = await started.ask<{ id: string }>(
          `select k.id from contacts k where exists (select from attachments where status = 'READY')`,
        );
        return rows[0]?.id ?? null;
      }, 30_000);
    },
  );
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const rowsOf = async (text: string) => (await site().ask<{ n: number }>(`select count(*)::int as n ${text}`))[0]?.n;
  const everything = async () => [...(await databaseDump(site().postgres.ownerUrl)), ...(await filesIn(files))];
  const deaths = async () => (await readFile(places, 'utf8')).split('\n').length - 1;

  /** Asks for it until somebody lives to say that it is decided; dead before that is committed, nothing of it happened. */
  async function decide(): Promise<void> {
    for (;;) {
      const before = await deaths();
      const answer = await client.post(erase, { id: contactId }).catch(() => null);
      if (answer !== null) {
        expect(answer.errors).toBeUndefined();
        return;
      }
      await eventually(() => Promise.resolve(site().api.ended ? true : null), 10_000);
      expect(await deaths()).toBeGreaterThan(before);
      await site().api.start();
      if ((await rowsOf('from erasures')) !== 0) return;
      expect([await rowsOf('from messages'), await rowsOf('from contacts'), await rowsOf('from files')]).toEqual([
        2, 1, 1,
      ]);
    }
  }

  /** Starts the worker again and again until it lives to the end: each finds out from the rows what is left. */
  async function finish(): Promise<void> {
    for (;;) {
      await site().worker.kill();
      // Its claim ends by itself after 15 s at most; this does not wait for that. A job that ends five processes is set aside
      // for a person to look at, who has it tried again: here it ends many more.
      await site().ask(
        `update due set due_at = now(), leased_until = now() - interval '1 second', attempts = 0, set_aside_at = null
          where kind = 'deletion'`,
      );
      await site().worker.startOnce();
      const ended = await eventually(async () => {
        if (site().worker.ended) return 'dead';
        const open = `from (select from erasures where completed_at is null
                            union all select from due where kind = 'deletion') still`;
        return (await rowsOf(open)) === 0 ? 'done' : null;
      }, 60_000);
      expect(await rowsOf('from erasure_receipts')).toBeLessThanOrEqual(1);
      if (ended === 'done') return;
    }
  }

  it('nothing has begun until it is committed, and what has begun comes to its end, with one receipt and no byte left: G19', async () => {
    expect(residue(await everything(), [said]).length).toBeGreaterThan(0);
    await writeFile(places, '');

    await decide();
    const whileDecided = await deaths();
    await finish();
    const inAll = await deaths();

    expect([whileDecided > 20, inAll - whileDecided > 5]).toEqual([true, true]);
    expect(await rowsOf('from erasure_receipts')).toBe(1);
    expect(await rowsOf('from erasures where completed_at is not null')).toBe(1);
    expect(residue(await everything(), words)).toEqual([]);
    expect(await filesIn(files)).toEqual([]);
  }, 900_000);
});
