import { importedLeads } from '../../../test/support/imported-leads.js';
import { importFields, importTable, uploadTable } from '../../../test/support/imports.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { upload } from '../../../test/support/uploads.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

const leadsOf = (inbox: TestInbox) => importedLeads(under.admin, inbox.workspaceId);

describe('how a file with leads is read [promise 15]', () => {
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
});
