import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { eventually } from '../../../test/support/client.js';
import {
  beginImport,
  importEnded,
  importFields,
  importTable,
  type SeenImport,
  seenImport,
  uploadTable,
} from '../../../test/support/imports.js';
import { upload } from '../../../test/support/uploads.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

async function rows<Row>(text: string, inbox: TestInbox, ...values: unknown[]): Promise<Row[]> {
  return (await under.admin.query(text, [inbox.workspaceId, ...values])).rows as Row[];
}
const leadsOf = (inbox: TestInbox) =>
  rows<Record<string, unknown>>(
    `select l.name, l.email, l.phone, l.company, l.status, l.tags, l.fields, l.source, l.created_at as "createdAt", k.emails, k.phones,
            k.name as "contactName", k.custom_fields as "customFields", k.id as "contactId"
       from leads l join contacts k on k.workspace_id = l.workspace_id and k.id = l.contact_id
      where l.workspace_id = $1 order by l.email nulls last, l.name`,
    inbox,
  );

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

  it('is shown before: how it is read, its columns, its rows, and what they could become', async () => {
    const ada = await under.inbox();
    await ada.client.ask('mutation { saveContactField(name: "Segment", kind: TEXT) { id } }');
    const fileId = await uploadTable(
      ada.client,
      Buffer.from(
        '\uFEFFFirst name\tLast name\tMail\tSegment\tMail\nGrace\tHopper\tg@example.com\tA\t<b>x</b>',
        'utf16le',
      ),
    );
    const { previewImport } = await ada.client.ask<Record<string, unknown>>(
      'query ($id: ID!) { previewImport(fileId: $id) { encoding separator columns { name target } rows mapping } }',
      { id: fileId },
    );
    expect(previewImport).toEqual({
      encoding: 'utf-16le',
      separator: '\t',
      columns: [
        { name: 'First name', target: 'firstName' },
        { name: 'Last name', target: 'lastName' },
        { name: 'Mail', target: 'email' },
        { name: 'Segment', target: 'contact:Segment' },
        { name: 'Mail (2)', target: 'field:Mail (2)' },
      ],
      rows: [['Grace', 'Hopper', 'g@example.com', 'A', '<b>x</b>']],
      mapping: {
        'First name': 'firstName',
        'Last name': 'lastName',
        Mail: 'email',
        Segment: 'contact:Segment',
        'Mail (2)': 'field:Mail (2)',
      },
    });
  });

  it('says of each line that is not taken which it is and why, in the reader’s words, and gives those lines back', async () => {
    const ada = await under.inbox();
    await ada.client.ask('mutation { saveContactField(name: "Age", kind: NUMBER) { id } }');
    const seen = await importTable(
      ada.client,
      [
        'name,email,phone,Age,status,created,tags',
        'Good,good@example.com,,41,,,',
        '"Two\nlines",no mail,,,,,',
        ',,,5,,,',
        'A,a@example.com,call me,,,,',
        'B,b@example.com,,forty,,,',
        'C,c@example.com,,,maybe,,',
        'D,d@example.com,,,,31.02.2024,',
        'E,e@example.com,,,,2999-01-01,',
        `F,f@example.com,,,,,${'x'.repeat(60)}`,
        'G,g@example.com,,,,,,one,two',
        `${'N'.repeat(300)},n@example.com,,,,,`,
        'Short,short@example.com',
      ].join('\n'),
    );
    expect(seen.result?.rejected.map(({ line, code, column }) => [line, code, column])).toEqual([
      [3, 'NO_EMAIL', 'email'],
      [5, 'NOBODY', null],
      [6, 'NO_PHONE', 'phone'],
      [7, 'FIELD_KIND', 'Age'],
      [8, 'NO_STATUS', 'status'],
      [9, 'NO_DATE', 'created'],
      [10, 'NO_DATE', 'created'],
      [11, 'TOO_MANY_TAGS', 'tags'],
      [12, 'MORE_VALUES', null],
      [13, 'TOO_LONG', 'name'],
    ]);
    expect(seen.result).toMatchObject({ created: 2, updated: 0, rejectedCount: 10 });
    expect(seen.result?.rejected[0]?.reason).toContain('“email” holds no e-mail address');
    expect(await leadsOf(ada)).toMatchObject([{ customFields: { Age: 41 } }, { email: 'short@example.com' }]);
    const file = await fetch(`${under.app.url}/exports/imports/${seen.id}/rejected.csv`, {
      headers: { ...ada.client.headers(), 'accept-language': 'tr' },
    });
    expect(file.headers.get('cache-control')).toBe('no-store');
    const text = await file.text();
    expect(text.split('\r\n')).toHaveLength(12);
    expect(text).toContain('"Two\nlines","no mail"');
    expect(text).toContain('“email” bir e-posta adresi içermiyor');
    expect(text).not.toContain('good@example.com');
  });

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

  it('may be mapped by hand, either way round; what is not named is left out', async () => {
    const ada = await under.inbox();
    const table = 'Wer,Wo,Was,Sonst\nGrace,grace@example.com,L,secret\n';
    await importTable(ada.client, table, { mapping: { Wer: 'name', Wo: 'email', Was: 'field:Size' } });
    await importTable(ada.client, table, { mapping: { company: 'Was', email: 'Wo' } });
    expect(await leadsOf(ada)).toMatchObject([{ name: 'Grace', company: 'L', fields: { Size: 'L' } }]);
    const fileId = await uploadTable(ada.client, table);
    const refused = async (mapping: unknown) => {
      const { errors } = await ada.client.post(
        'mutation ($id: ID!, $mapping: JSON) { importLeads(fileId: $id, mapping: $mapping) { id } }',
        { id: fileId, mapping },
      );
      return (errors?.[0]?.extensions as { reason?: string } | undefined)?.reason;
    };
    expect(await refused({ Wer: 'name', Wo: 'name' })).toBe('COLUMN_TWICE');
    expect(await refused({ Nirgends: 'name' })).toBe('COLUMN_UNKNOWN');
    expect(await refused({ Wer: 'workspaceId' })).toBe('TARGET_UNKNOWN');
    expect(await refused({ Wer: 'contact:none' })).toBe('FIELD_UNKNOWN');
    expect(await refused({ Was: 'company' })).toBe('NOBODY_NAMED');
  });

  it('is refused in words where it is none, and as a whole where it cannot be read to its end', async () => {
    const ada = await under.inbox();
    const picture = await upload(ada.client, Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'leads.csv', { forImport: true });
    expect(picture.status).toBe(415);
    const empty = await uploadTable(ada.client, 'name,email\n');
    const fields = `mutation ($id: ID!) { importLeads(fileId: $id) { ${importFields} } }`;
    expect((await ada.client.post(fields, { id: empty })).errors?.[0]?.extensions).toMatchObject({
      reason: 'TABLE_EMPTY',
    });
    const people = Array.from({ length: 1_500 }, (_, place) => `P${String(place)},p${String(place)}@example.com`);
    const open = await importTable(ada.client, `name,email\n${people.join('\n')}\n"open,open@example.com\n`);
    expect(open).toMatchObject({ status: 'FAILED', stopped: 'QUOTE_OPEN', processed: 0 });
    expect(await leadsOf(ada)).toEqual([]);
  });

  it('is told to open screens in a word, and to nobody else: no notice and no call for each lead', async () => {
    const ada = await under.inbox();
    await ada.client.ask(
      'mutation { createWebhookEndpoint(url: "https://example.com/hook", events: ["lead.created"]) { secret } }',
    );
    await importTable(ada.client, 'name,email\nA,a@example.com\nB,b@example.com\n');
    const events = await rows<{ kind: string; detail: string | null }>(
      'select distinct kind, detail from workspace_events where workspace_id = $1',
      ada,
    );
    expect(events).toEqual(expect.arrayContaining([{ kind: 'WorkspaceChanged', detail: 'leads' }]));
    expect(events.map(({ kind }) => kind)).not.toContain('LeadAdded');
    for (const table of ['webhook_deliveries', 'notices', 'mails'])
      expect([table, await rows(`select 1 from ${table} where workspace_id = $1`, ada).catch(() => [])]).toEqual([
        table,
        [],
      ]);
    const audit = await rows<{ action: string }>(`select action from audit_entries where workspace_id = $1`, ada);
    expect(audit.map(({ action }) => action)).toContain('lead.import');
  });

  it('is read by who may write here alone, from their own uploads, one at a time, and can be ended [T8]', async () => {
    const { ada, bob, vic } = await under.team();
    const fileId = await uploadTable(ada.client, 'name,email\nA,a@example.com\n');
    const start = 'mutation ($id: ID!) { importLeads(fileId: $id) { id } }';
    expect(await vic.client.refusal(start, { id: fileId })).toBe('FORBIDDEN');
    expect(await bob.client.refusal(start, { id: fileId })).toBe('BAD_USER_INPUT');
    const other = await under.inbox('Eve');
    expect(await other.client.refusal(start, { id: fileId })).toBe('BAD_USER_INPUT');
    await under.insert('lead_imports', ada.workspaceId, {
      dry_run: false,
      encoding: 'utf-8',
      separator: ',',
      columns: [],
      targets: [],
    });
    expect(await ada.client.refusal(start, { id: fileId })).toBe('CONFLICT');
    const { leadImports } = await ada.client.ask<{ leadImports: SeenImport[] }>(`{ leadImports { ${importFields} } }`);
    const [open] = leadImports;
    expect(await vic.client.refusal('mutation ($id: ID!) { cancelImport(id: $id) { id } }', { id: open?.id })).toBe(
      'FORBIDDEN',
    );
    expect(await other.client.refusal('mutation ($id: ID!) { cancelImport(id: $id) { id } }', { id: open?.id })).toBe(
      'NOT_FOUND',
    );
    await ada.client.ask('mutation ($id: ID!) { cancelImport(id: $id) { id } }', { id: open?.id });
    expect(await seenImport(ada.client, open?.id ?? '')).toMatchObject({ status: 'FAILED', stopped: 'CANCELLED' });
    await ada.client.ask(start, { id: fileId });
  });
});
