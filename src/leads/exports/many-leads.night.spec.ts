import { setTimeout as sleep } from 'node:timers/promises';
import { mostHeld } from '../../../test/support/held-memory.js';
import { beginImport, seenImport, uploadTable } from '../../../test/support/imports.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

const exported = 300_000;
const imported = 100_000;
const inMegabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

/** Fetches a file and keeps nothing of it; how many lines it had, and of how many bytes. */
async function drained({ client }: TestInbox, path: string, look: () => void) {
  const response = await fetch(`${under.app.url}/exports/${path}`, { headers: client.headers() });
  if (response.status !== 200 || response.body === null) throw new Error(`That was no file: ${await response.text()}`);
  look();
  let [lines, bytes] = [0, 0];
  for await (const chunk of response.body) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  look();
  return { lines, bytes };
}

describe('files with more leads than memory has room for [promise 15]', () => {
  it('are written in the memory of a few pages', async () => {
    const ada = await under.inbox();
    const contact = await under.contact(ada.workspaceId);
    await under.admin.query(
      `insert into leads (workspace_id, id, contact_id, original_contact_id, source, name, email, message, fields, created_at)
       select $1, gen_random_uuid(), $2, $2, 'MANUAL', 'n' || n, 'n' || n || '@example.com', repeat(md5(n::text), 4),
              jsonb_build_object('Size', n), now() - make_interval(secs => n / 3)
         from generate_series(1, $3::int) n`,
      [ada.workspaceId, contact, exported],
    );
    const { result, most, looks, seconds } = await mostHeld((look) => drained(ada, 'leads.csv', look));
    process.stdout.write(
      `${String(exported)} leads: a file of ${inMegabytes(result.bytes)} in ${seconds.toFixed(1)} s, ${inMegabytes(most)} more held at most\n`,
    );
    expect(result.lines).toBe(exported + 1);
    expect(looks).toBeGreaterThan(3);
    expect(most).toBeLessThan(15_000_000);
  }, 600_000);

  it('are read in the memory of a few transactions', async () => {
    const ada = await under.inbox();
    const rows = Array.from(
      { length: imported },
      (_, n) => `P ${String(n)},p${String(n)}@example.com,"${String(n).repeat(20)}"`,
    );
    const fileId = await uploadTable(ada.client, `name,email,message\n${rows.join('\n')}\n`);
    rows.length = 0;
    const { result, most, looks, seconds } = await mostHeld(async () => {
      const id = await beginImport(ada.client, fileId);
      for (;;) {
        const seen = await seenImport(ada.client, id);
        if (seen === null || seen.status === 'DONE' || seen.status === 'FAILED') return seen;
        await sleep(500);
      }
    });
    process.stdout.write(
      `${String(imported)} rows of a file were read in ${seconds.toFixed(1)} s, ${inMegabytes(most)} more held at most\n`,
    );
    expect(result?.result).toMatchObject({ created: imported, updated: 0, rejectedCount: 0 });
    expect(looks).toBeGreaterThan(3);
    expect(most).toBeLessThan(15_000_000);
  }, 600_000);
});
