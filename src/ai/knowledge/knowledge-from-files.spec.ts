import { builtDocx, builtPdf, packedPage } from '../../../test/support/documents.js';
import { DraftsUnderTest } from '../../../test/support/drafts.js';
import { TestClient, eventually } from '../../../test/support/client.js';
import { upload } from '../../../test/support/uploads.js';
import { Workspaces } from '../../platform/database/index.js';
import { SearchPassages } from './search-passages.js';

let drafts: DraftsUnderTest;
beforeAll(async () => void (drafts = await DraftsUnderTest.start()), 60_000);
afterAll(() => drafts.stop());

const add = 'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id kind status } }';
const given = async (body: string | Buffer, name: string) => {
  const { status, body: file } = await upload(drafts.client, Buffer.from(body), name, { forKnowledge: true });
  expect([name, status]).toEqual([name, 201]);
  return file;
};
async function added(fileId: string, title: string): Promise<string> {
  const { addKnowledge } = await drafts.client.ask<{ addKnowledge: { id: string; status: string } }>(add, {
    input: { kind: 'FILE', title, fileId },
  });
  expect(addKnowledge).toMatchObject({ kind: 'FILE', status: 'PENDING' });
  return addKnowledge.id;
}
interface Source {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly passages: number;
}
const read = (id: string): Promise<Source> =>
  eventually(async () => {
    const { knowledge } = await drafts.client.ask<{ knowledge: { nodes: Source[] } }>(
      '{ knowledge(first: 100) { nodes { id status reason error passages readAt changes { added } } } }',
    );
    const source = knowledge.nodes.find((node) => node.id === id);
    return source === undefined || source.status === 'PENDING' ? null : source;
  });
const fileIsThere = async (id: string) =>
  ((await drafts.owner.query('select from files where id = $1', [id])).rowCount ?? 0) > 0;

describe('a file', () => {
  it('of each kind is read, answered from, and let go once it is [promise 17]', async () => {
    await drafts.client.ask('mutation ($input: BotInput!) { createBot(input: $input) { id } }', {
      input: { name: 'Ada', channelIds: [drafts.channelId] },
    });
    const pdf = builtPdf([
      [],
      [{ size: 12, at: 700, text: 'Batteries are exchanged for eight euros in our workshop.' }],
    ]);
    const docx = await builtDocx('<w:p><w:r><w:t>Straps of leather are made in Izmir by hand.</w:t></w:r></w:p>');
    const files = [
      await given(pdf, '../../etc/passwd\u202efdp.pdf'),
      await given(docx, 'straps.docx'),
      await given(
        '<html><body><h1>Gifts</h1><p>We wrap gifts for three euros.</p><script>x()</script></body></html>',
        'gifts.html',
      ),
      await given('# Repairs\n\nRepairs take two weeks.\n', 'repairs.md'),
      await given('Question,Answer\nDo you buy old watches?,"Yes, on Fridays."\n', 'faq.csv'),
    ];
    // A page is kept as the text that it is.
    expect(files[2]).toMatchObject({ contentType: 'text/plain', name: 'gifts.html.txt' });
    const ids: string[] = [];
    for (const [index, file] of files.entries()) ids.push(await added(file.id, `File ${String(index)}`));
    for (const id of ids) expect(await read(id)).toMatchObject({ status: 'READY', passages: 1, reason: null });
    for (const file of files) await eventually(async () => ((await fileIsThere(file.id)) ? null : true));

    const { conversationId } = await drafts.written('What does it cost to have batteries exchanged?');
    const draft = await drafts.arrived(conversationId);
    expect(draft.text).toContain('eight euros');
    expect(draft.sources).toMatchObject([{ title: 'File 0', page: 2 }]);
  }, 60_000);

  it('that says what another source says is found once, and in each by a bot that knows only that', async () => {
    const words = 'Ceramic bezels are polished for twelve euros.';
    const ids: string[] = [];
    for (const [index, name] of ['one.txt', 'two.md'].entries())
      ids.push(await added((await given(`${words}\n${'\n'.repeat(index)}`, name)).id, name));
    for (const id of ids) await read(id);
    const { app } = drafts.app;
    const { rows } = await drafts.owner.query<{ id: string }>('select workspace_id as id from channels');
    const found = (knowledgeIds: readonly string[] | null) =>
      app.get(Workspaces).read(rows[0]?.id ?? '', (tx) =>
        app.get(SearchPassages).find(tx, {
          messages: ['What does it cost to have ceramic bezels polished?'],
          knowledgeIds,
          limit: 5,
        }),
      );
    expect((await found(null)).map(({ text }) => text)).toEqual([words]);
    for (const id of ids) expect(await found([id])).toMatchObject([{ knowledgeId: id, text: words }]);
  });

  it('that cannot be read says why, and the server goes on', async () => {
    const bomb = await given(packedPage(600_000_000), 'bomb.pdf');
    const scanned = await given(builtPdf([[]]), 'scanned.pdf');
    const [one, other] = [await added(bomb.id, 'Bomb'), await added(scanned.id, 'Scanned')];
    expect(await read(one)).toMatchObject({ status: 'FAILED', reason: 'TOO_HARD', passages: 0 });
    expect(await read(other)).toMatchObject({ status: 'FAILED', reason: 'FILE_SCANNED' });
    // It is there for a day, and can be tried again; then it has to be uploaded anew.
    const refresh = 'mutation ($id: ID!) { refreshKnowledge(id: $id) { status } }';
    expect(await drafts.client.ask(refresh, { id: other })).toEqual({ refreshKnowledge: { status: 'PENDING' } });
    expect(await read(other)).toMatchObject({ reason: 'FILE_SCANNED' });
    await drafts.owner.query('delete from files where id = $1', [scanned.id]);
    await drafts.client.ask(refresh, { id: other });
    await eventually(async () => ((await read(other)).reason === 'FILE_GONE' ? true : null));
  }, 60_000);

  it('is the member’s own upload, of a kind that is read, and one source', async () => {
    const refused = async (fileId: string | null) =>
      drafts.client.post(add, { input: { kind: 'FILE', title: 'x', fileId } });
    const stranger = await TestClient.signedUp(drafts.app.url, 'Mallory');
    const foreign = (await upload(stranger, Buffer.from('Words of another shop.'), 'a.txt')).body.id;
    for (const id of [foreign, null, 'nonsense', '00000000-0000-7000-8000-000000000000'])
      expect((await refused(id)).errors?.[0]).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', field: 'fileId' },
      });
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    expect((await upload(drafts.client, picture, 'a.pdf', { forKnowledge: true })).status).toBe(415);
    // To be sent, a page is refused as ever.
    expect((await upload(drafts.client, Buffer.from('<html><body>Hello</body></html>'), 'a.txt')).status).toBe(415);
    const twice = [await given('The same words twice.', 'a.txt'), await given('The same words twice.', 'b.txt')];
    await added(twice[0]?.id ?? '', 'Once');
    expect(await drafts.client.refusal(add, { input: { kind: 'FILE', title: 'Twice', fileId: twice[1]?.id } })).toBe(
      'CONFLICT',
    );
  });
});
