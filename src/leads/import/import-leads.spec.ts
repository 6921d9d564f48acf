import { eventually } from '../../../test/support/client.js';
import { importedLeads } from '../../../test/support/imported-leads.js';
import { beginImport, importEnded, importTable, seenImport, uploadTable } from '../../../test/support/imports.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

async function rows<Row>(text: string, inbox: TestInbox, ...values: unknown[]): Promise<Row[]> {
  return (await under.admin.query(text, [inbox.workspaceId, ...values])).rows as Row[];
}
const leadsOf = (inbox: TestInbox) => importedLeads(under.admin, inbox.workspaceId);

describe('a file with leads [promise 15]', () => {
  it('becomes leads and contacts, by what its columns are called', async () => {
    const ada = await under.inbox();
    const seen = await importTable(
      ada.client,
      'Ad Soyad;E-posta;Telefon;Şirket;Etiketler;Durum;Tarih;Beden\n' +
        'Grace Hopper;Grace@Example.com;0090 (555) 111 22 33;Navy;vip, eski;Kazanıldı;31.05.2024;L\n' +
        'Ada Lovelace;ada@example.com;;;;;;"XL; uzun"\n\n' +
        ";;'+905559876543;;;;;\n",
    );
    expect(seen).toMatchObject({ status: 'DONE', processed: 3, total: 3, stopped: null });
    expect(seen.result).toEqual({ created: 3, updated: 0, rejectedCount: 0, rejected: [] });
    expect(await leadsOf(ada)).toMatchObject([
      { name: 'Ada Lovelace', email: 'ada@example.com', fields: { Beden: 'XL; uzun' }, source: 'IMPORT' },
      {
        name: 'Grace Hopper',
        contactName: 'Grace Hopper',
        email: 'grace@example.com',
        emails: ['grace@example.com'],
        phone: '+905551112233',
        phones: ['+905551112233'],
        company: 'Navy',
        tags: ['vip', 'eski'],
        status: 'WON',
        createdAt: new Date('2024-05-31T00:00:00Z'),
        fields: { Beden: 'L' },
      },
      { name: null, phone: '+905559876543', emails: [] },
    ]);
    const activities = await rows(
      'select 1 from lead_activities where workspace_id = $1 and kind = $2',
      ada,
      'CAPTURED',
    );
    expect(activities).toHaveLength(3);
  });

  it('adds to who is known by forms and files and is never joined to somebody on a channel by itself; empty cells say nothing', async () => {
    const ada = await under.inbox();
    const contactId = await under.contact(ada.workspaceId, {
      name: null,
      emails: ['grace@example.com'],
      answer_only: true,
    });
    await under.insert('leads', ada.workspaceId, {
      contact_id: contactId,
      original_contact_id: contactId,
      source: 'CONTACT_FORM',
      email: 'grace@example.com',
    });
    const met = await under.contact(ada.workspaceId, { emails: ['chat@example.com'] });
    await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: met });
    await importTable(ada.client, 'name,email,phone,Size\nGrace,grace@example.com,,M\nChat,chat@example.com,,');
    const again = await importTable(
      ada.client,
      'name,email,phone,Size\n,grace@example.com,+905551112233,\nGrace H,grace@example.com,,L',
    );
    expect(again.result).toMatchObject({ created: 0, updated: 2 });
    const [chat, ...grace] = await leadsOf(ada);
    expect(chat?.['contactId']).not.toBe(met);
    // The lead of the form and the one of the files: one person, who may still only be answered.
    expect(new Set(grace.map((one) => one['contactId']))).toEqual(new Set([contactId]));
    expect(grace.map((one) => one['source']).sort()).toEqual(['CONTACT_FORM', 'IMPORT']);
    expect(grace.find((one) => one['source'] === 'IMPORT')).toMatchObject({
      name: 'Grace H',
      phone: '+905551112233',
      contactName: 'Grace',
      phones: ['+905551112233'],
      fields: { Size: 'L' },
    });
    const marks = await rows<{ lead: boolean; contact: boolean }>(
      `select l.answer_only as lead, k.answer_only as contact from leads l join contacts k on k.workspace_id = l.workspace_id and k.id = l.contact_id
        where l.workspace_id = $1 and l.email = 'grace@example.com' and l.source = 'IMPORT'`,
      ada,
    );
    expect(marks).toEqual([{ lead: true, contact: true }]);
  });

  it('brings nobody back who was erased, nor anybody who is blocked; the file goes with whoever is erased [promise 66]', async () => {
    const ada = await under.inbox();
    const table = 'name,email\nGrace,grace@example.com\nBob,bob@example.com\nEve,eve@example.com\n';
    const first = await importTable(ada.client, table);
    expect(first.fileId).not.toBeNull();
    const contacts = new Map((await leadsOf(ada)).map((one) => [one['name'], one['contactId']]));
    await ada.client.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id } }', {
      input: { id: contacts.get('Eve'), blocked: true },
    });
    await ada.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contacts.get('Grace') });
    await eventually(async () => ((await seenImport(ada.client, first.id))?.fileId === null ? true : null), 20_000);
    expect(await rows('select 1 from files where workspace_id = $1', ada)).toEqual([]);
    const again = await importTable(ada.client, table);
    expect(again.result).toMatchObject({
      created: 0,
      updated: 1,
      rejected: [
        { line: 2, code: 'ERASED' },
        { line: 4, code: 'BLOCKED' },
      ],
    });
    expect((await leadsOf(ada)).map((one) => one['name'])).toEqual(['Bob', 'Eve']);
  }, 60_000);

  it('is tried first: the same numbers and the same lines, and nothing is written', async () => {
    const ada = await under.inbox();
    await importTable(ada.client, 'name,email\nKnown,known@example.com\n');
    const before = await leadsOf(ada);
    const table = 'name,email\nKnown,known@example.com\nNew,new@example.com\nNew,new@example.com\nBad,none\nNobody\n';
    const fileId = await uploadTable(ada.client, table);
    const tried = await importEnded(ada.client, await beginImport(ada.client, fileId, { dryRun: true }));
    expect(tried.result).toMatchObject({ created: 2, updated: 2, rejectedCount: 1 });
    expect(await leadsOf(ada)).toEqual(before);
    const meant = await importEnded(ada.client, await beginImport(ada.client, fileId));
    expect(meant.result).toEqual(tried.result);
    expect(await leadsOf(ada)).toHaveLength(3);
    // Also where the same person stands in two transactions of it.
    const people = Array.from({ length: 900 }, (_, place) => `p${String(place % 600)}@example.com`);
    const long = await uploadTable(ada.client, `email\n${people.join('\n')}\n`);
    const longTried = await importEnded(ada.client, await beginImport(ada.client, long, { dryRun: true }));
    expect(longTried.result).toMatchObject({ created: 600, updated: 300, rejectedCount: 0 });
  });
});
