import { randomUUID } from 'node:crypto';
import { getMetadataArgsStorage } from 'typeorm';
import { SystemDatabase, newId } from '../../src/platform/database/index.js';
import { type TestInbox, InboxUnderTest } from '../support/inbox.js';
import { readTables } from './catalog.js';
import { outsideRowSecurity } from './outside-row-security.js';
import { fillEmptyTables } from './two-workspaces.js';

describe('the server’s own ways to rows', () => {
  let under: InboxUnderTest;
  let ada: TestInbox;
  let eve: TestInbox;

  beforeAll(async () => {
    under = await InboxUnderTest.start({ redis: false });
    ada = await under.inbox('Ada');
    eve = await under.inbox('Eve');
  }, 60_000);
  afterAll(() => under.stop());

  it('T3: every repository outside a workspace gives no row, and takes none [promise 23]', async () => {
    // In a workspace of their own: rows that are made up are not such as the server could go on from.
    const { workspaceId } = await under.inbox('Fay');
    await fillEmptyTables(under.admin, workspaceId, 'aardvark');
    const walled = new Set(
      (await readTables(under.admin)).map(({ name }) => name).filter((name) => outsideRowSecurity[name] === undefined),
    );
    const entities = getMetadataArgsStorage().tables.filter(({ name }) => walled.has(name ?? ''));
    expect(entities.length).toBeGreaterThan(3);
    const system = under.app.app.get(SystemDatabase, { strict: false });
    for (const { target, name } of entities) {
      const { rows } = await under.admin.query<Record<string, unknown>>(`select * from ${String(name)} limit 1`);
      expect([name, rows.length]).toEqual([name, 1]);
      expect([name, await system.run((tx) => tx.of(target).count())]).toEqual([name, 0]);
      const stored = await under.admin.query(`select from ${String(name)}`);
      const written = system.run((tx) => tx.of(target).createQueryBuilder().delete().execute());
      expect([name, (await written).affected]).toEqual([name, 0]);
      const refused = system.run((tx) => tx.of(target).insert({ workspaceId, id: newId(), name: 'x' }));
      await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|23502)$/) });
      expect((await under.admin.query(`select from ${String(name)}`)).rowCount).toBe(stored.rowCount);
    }
  });

  it('T12: the same ids in both give each its own rows, however they are loaded at once [promise 23]', async () => {
    const [contact, conversation, message, channel] = [newId(), newId(), newId(), newId()];
    for (const [inbox, word] of [
      [ada, 'aardvark'],
      [eve, 'buffalo'],
    ] as const) {
      const { workspaceId } = inbox;
      await under.channel(workspaceId, { id: channel, name: word });
      await under.contact(workspaceId, { id: contact, name: word });
      await under.identity(workspaceId, { channel_id: channel, contact_id: contact, handle: word });
      const own = { ...inbox, channelId: channel };
      await under.conversation(own, { id: conversation, contact_id: contact, last_message_id: message, tags: [word] });
      await under.message(own, conversation, { id: message, text: word });
    }
    const document = `query ($c: ID!, $p: ID!, $h: ID!) {
      conversation(id: $c) { tags channel { name } contact { name identities { handle } } lastMessage { text } messages { nodes { text conversation { tags } } } }
      contact(id: $p) { name conversations { nodes { lastMessage { text } channel { name } } } }
      channel(id: $h) { name } conversations { nodes { id tags contact { name } lastMessage { text } } }
    }`;
    const ask = async (inbox: typeof ada) => {
      const [word, other] = inbox === ada ? ['aardvark', 'buffalo'] : ['buffalo', 'aardvark'];
      const text = JSON.stringify(await inbox.client.ask(document, { c: conversation, p: contact, h: channel }));
      expect(text).not.toContain(other);
      expect(text.split(word).length).toBeGreaterThan(9);
    };
    // As many at once as fill every connection, and no more: what waits long for one is refused.
    for (let round = 0; round < 4; round += 1) await Promise.all([ada, eve, ada, eve, ada, eve].map(ask));
    // A change of one's own row is no change of the other's, whose id is the same.
    await ada.client.ask(
      'mutation ($id: ID!, $name: String) { updateContact(input: { id: $id, name: $name }) { id } }',
      {
        id: contact,
        name: randomUUID(),
      },
    );
    const { rows } = await under.admin.query('select name from contacts where workspace_id = $1 and id = $2', [
      eve.workspaceId,
      contact,
    ]);
    expect(rows).toEqual([{ name: 'buffalo' }]);
  });
});
