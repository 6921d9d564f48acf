import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestClient, eventually } from '../support/client.js';
import { beginImport, importEnded, seenImport, uploadTable } from '../support/imports.js';
import { ownSite } from './harness/own-site.js';

/** Eighty transactions of it. */
const people = 40_000;
const kills = 4;

describe('F1: a process dies in the middle of a file', () => {
  let ada: TestClient;
  // What one process takes in another reads, as with every storage that they share.
  const files = mkdtempSync(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'imported-'));
  const site = ownSite({ environment: { STORAGE_URL: pathToFileURL(files).href } }, async (started) => {
    ada = await TestClient.signedUp(started.api.url, 'Ada');
  });
  const settled = async (id: string) => (await seenImport(ada, id))?.processed ?? 0;

  it('goes on where it was: every row once, none lost, and the numbers are true [promise 15]', async () => {
    const rows = Array.from({ length: people }, (_, place) =>
      // Every tenth is somebody who stood further up, every hundredth is nobody.
      place % 100 === 99
        ? ',,x'
        : place % 10 === 9
          ? `Again,p${String(place - 5)}@example.com,${String(place)}`
          : `P ${String(place)},p${String(place)}@example.com,${String(place)}`,
    );
    const fileId = await uploadTable(ada, `name,email,Size\n${rows.join('\n')}\n`);
    const id = await beginImport(ada, fileId);
    const seen = [0];
    while (seen.length <= kills) {
      const before = seen.at(-1) ?? 0;
      // It has gone on by something since it was killed.
      const now = await eventually(async () => {
        const count = await settled(id);
        return count > before ? count : null;
      }, 30_000);
      if (now === people) break;
      await site().worker.kill();
      seen.push(await settled(id));
      // Its claim ends by itself after 15 s at most; this does not wait for that.
      await site().ask(`update due set leased_until = now() - interval '1 second' where kind = 'import-leads'`);
      await site().worker.start();
      if (seen.at(-1) === people) break;
    }
    // It was killed on its way, and not at its end alone.
    expect(seen.filter((count) => count > 0 && count < people).length).toBeGreaterThan(0);
    const { result, processed, total } = await importEnded(ada, id, 120_000);
    expect({ processed, total }).toEqual({ processed: people, total: people });
    expect(result).toMatchObject({ created: 36_000, updated: 3_600, rejectedCount: 400 });
    const [counts] = await site().ask(
      `select count(*)::int as leads, count(distinct l.email)::int as emails, count(distinct l.contact_id)::int as contacts,
              (select count(*)::int from contacts k where k.workspace_id = $1) as "allContacts",
              (select count(*)::int from lead_activities a where a.workspace_id = $1) as activities,
              (select count(*)::int from lead_import_rejections r where r.workspace_id = $1) as rejections
         from leads l where l.workspace_id = $1`,
      [ada.workspaceId],
    );
    expect(counts).toEqual({
      leads: 36_000,
      emails: 36_000,
      contacts: 36_000,
      allContacts: 36_000,
      activities: 36_000,
      rejections: 400,
    });
  }, 300_000);
});
