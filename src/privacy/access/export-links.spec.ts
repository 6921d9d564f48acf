import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { SubjectExports } from '../../../test/support/subject-exports.js';
import { unzip } from '../../../test/support/zip.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { PersonalData, type Subject } from '../../platform/personal-data/index.js';
import { ExportLinks } from './export-links.js';
import { ExportSubjectWorker } from './export-subject.worker.js';

const nobody: Subject = { scope: 'CONTACT', contactIds: [], conversationIds: [], channelIds: [], memberIds: [] };

describe('what a person is given is there for a while, for whoever has its link [promise 74]', () => {
  let test: InboxUnderTest;
  let ada: TestInbox;
  let bob: TestInbox;
  let exports: SubjectExports;
  beforeAll(async () => {
    test = await InboxUnderTest.start({ redis: false });
    exports = new SubjectExports(test);
    [ada, bob] = [await test.inbox('Ada'), await test.inbox('Bob')];
  }, 60_000);
  afterAll(() => test.stop());

  async function person(): Promise<{ subject: Subject }> {
    const contact = await test.contact(ada.workspaceId, { name: 'Grace' });
    const conversation = await test.conversation(ada, { contact_id: contact });
    await test.message(ada, conversation, { text: 'Grace asks' });
    return { subject: { ...nobody, contactIds: [contact], conversationIds: [conversation] } };
  }

  it('opens by its own link alone, and not for longer than it says', async () => {
    const { subject } = await person();
    const { url, exportId, expiresAt } = await exports.link(ada, subject);
    expect(Math.round((expiresAt.getTime() - Date.now()) / 86_400_000)).toBe(7);
    const links = test.app.app.get(ExportLinks);
    expect(await exports.statusOf(url)).toBe(200);
    const forged = [
      url.replace(ada.workspaceId, bob.workspaceId),
      url.replace(exportId, newId()),
      url.replace(/expires=\d+/, `expires=${String(Date.now() + 90 * 86_400_000)}`),
      url.replace(/signature=.{4}/, 'signature=AAAA'),
      url.replace(/&signature.*/, ''),
      links.sign({ workspaceId: bob.workspaceId, id: exportId }, expiresAt),
      links.sign({ workspaceId: ada.workspaceId, id: exportId }, new Date(Date.now() - 1_000)),
    ];
    for (const other of forged) expect([other, await exports.statusOf(other)]).toEqual([other, 404]);
    // The clock of the row counts, whatever a link says.
    await test.admin.query(`update subject_exports set expires_at = now() where id = $1`, [exportId]);
    expect(await exports.statusOf(links.sign({ workspaceId: ada.workspaceId, id: exportId }, expiresAt))).toBe(404);
  });

  it('is removed when it has expired: the row and the bytes', async () => {
    const { subject } = await person();
    const { exportId } = await exports.link(ada, subject);
    await test.admin.query(`update subject_exports set expires_at = now() where id = $1`, [exportId]);
    const worker = test.app.app.get(ExportSubjectWorker);
    const { signal } = new AbortController();
    await worker.run({ kind: worker.kind, workspaceId: ada.workspaceId, rowId: exportId, attempt: 1, signal });
    await expect(test.app.app.get(FileStore).read(ada.workspaceId, exportId)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await test.admin.query(`select from subject_exports where id = $1`, [exportId])).rowCount).toBe(0);
  });

  it('goes with its subject when that is erased, also while it is being made', async () => {
    const { subject } = await person();
    const { app } = test.app;
    const { url, exportId } = await exports.link(ada, subject);
    const [eraser] = app.get(PersonalData).erasers;
    expect(eraser?.module).toBe('privacy');
    const other = await exports.link(ada, (await person()).subject);
    const erased = await app
      .get(Workspaces)
      .run(ada.workspaceId, (tx) => eraser?.erase(tx, subject, 100) ?? Promise.reject(new Error()));
    expect(erased).toEqual({ erased: { subject_exports: 1 }, files: [exportId], more: false });
    expect([await exports.statusOf(url), await exports.statusOf(other.url)]).toEqual([404, 200]);
    await eventually(() =>
      app
        .get(FileStore)
        .read(ada.workspaceId, exportId)
        .then(
          (bytes) => (bytes.destroy(), null),
          () => 'gone',
        ),
    );
    // Its row went while its bytes were written.
    const begun = newId();
    await app.get(FileStore).write(ada.workspaceId, Buffer.from('x'), null);
    await app.get(FileStore).writeStream(ada.workspaceId, begun, Readable.from([Buffer.from('half')]));
    const worker = app.get(ExportSubjectWorker);
    const { signal } = new AbortController();
    await worker.run({ kind: worker.kind, workspaceId: ada.workspaceId, rowId: begun, attempt: 1, signal });
    await expect(app.get(FileStore).read(ada.workspaceId, begun)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is whole however many pages it takes, over many conversations', async () => {
    const contact = await test.contact(ada.workspaceId);
    const conversationIds: string[] = [];
    for (let index = 0; index < 5; index += 1)
      conversationIds.push(await test.conversation(ada, { contact_id: contact }));
    await test.admin.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select $1, gen_random_uuid(), c, $2, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', 'text ' || n, now()
         from unnest($3::uuid[]) with ordinality given (c, place), generate_series(1, 450) n where place <> 3`,
      [ada.workspaceId, ada.channelId, conversationIds],
    );
    const zip = await exports.fetched(
      (await exports.link(ada, { ...nobody, contactIds: [contact], conversationIds })).url,
    );
    const files = unzip(zip);
    const ids = (JSON.parse(files.get('data/messages.json')?.toString() ?? '[]') as { id: string }[]).map(
      ({ id }) => id,
    );
    expect([ids.length, new Set(ids).size]).toEqual([1_800, 1_800]);
    expect(files.get('data/messages.csv')?.toString().split('\r\n')).toHaveLength(1_802);
    expect(createHash('sha256').update(zip).digest('hex')).toBe(
      (
        await test.admin.query<{ sha: string }>(
          `select encode(sha256, 'hex') as sha from subject_exports where size = $1`,
          [zip.length],
        )
      ).rows[0]?.sha,
    );
  });
});
