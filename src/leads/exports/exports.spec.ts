import { parse } from 'csv-parse/sync';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { importTable } from '../../../test/support/imports.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

const get = (inbox: TestInbox, path: string, headers: Record<string, string> = inbox.client.headers()) =>
  fetch(`${under.app.url}/exports/${path}`, { headers });
const ask = (inbox: TestInbox, path: string) =>
  fetch(`${under.app.url}/exports/${path}`, { method: 'HEAD', headers: inbox.client.headers() });
async function table(inbox: TestInbox, path: string): Promise<Record<string, string>[]> {
  const response = await get(inbox, path);
  if (response.status !== 200) throw new Error(`${String(response.status)} ${await response.text()}`);
  return parse(Buffer.from(await response.arrayBuffer()), { columns: true, bom: true, record_delimiter: '\r\n' });
}
const create = (inbox: TestInbox, input: Record<string, unknown>) =>
  inbox.client.ask('mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }', { input });

describe('leads as a file [promise 15]', () => {
  it('holds each lead of the filter once, the newest first, with a column for each question', async () => {
    const ada = await under.inbox();
    await create(ada, {
      name: 'Grace',
      email: 'grace@example.com',
      phone: '+905551112233',
      tags: ['vip', 'old'],
      fields: { Size: 'L', Seats: 3 },
    });
    await create(ada, { name: 'Bob', company: 'A, "B" & Co', fields: { Size: 'M' } });
    const rows = await table(ada, 'leads.csv');
    expect(rows).toMatchObject([
      { name: 'Bob', company: 'A, "B" & Co', Size: 'M', Seats: '', source: 'MANUAL', status: 'NEW' },
      { name: 'Grace', email: 'grace@example.com', phone: '+905551112233', tags: 'vip; old', Size: 'L', Seats: '3' },
    ]);
    expect((await table(ada, 'leads.csv?tag=vip')).map(({ name }) => name)).toEqual(['Grace']);
    expect((await table(ada, 'leads.csv?status=WON,LOST')).length).toBe(0);
    expect((await table(ada, 'leads.csv?search=grace')).map(({ name }) => name)).toEqual(['Grace']);
    expect((await table(ada, 'leads.csv?unassigned=1')).length).toBe(2);
    expect((await table(ada, 'leads.csv?unassigned=0')).length).toBe(0);
    expect((await get(ada, 'leads.csv?createdAfter=soon')).status).toBe(422);
    const marked = Buffer.from(await (await get(ada, 'leads.csv?bom=1')).arrayBuffer());
    expect(marked.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('runs nothing in a table program, and comes back by an import as it was [B7, V5]', async () => {
    const ada = await under.inbox();
    const hostile = ['=HYPERLINK("https://evil.example","x")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '＝1+1'];
    for (const [place, name] of hostile.entries())
      await create(ada, { name: `n${name}`, email: `h${String(place)}@example.com`, fields: { Formula: name } });
    const text = await (await get(ada, 'leads.csv')).text();
    for (const row of parse<Record<string, string>>(text, { columns: true }))
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
    const eve = await under.inbox('Eve');
    await importTable(eve.client, text);
    const there = (await table(eve, 'leads.csv')).map(({ name, email, Formula }) => [name, email, Formula]);
    const here = (await table(ada, 'leads.csv')).map(({ name, email, Formula }) => [name, email, Formula]);
    expect(there.sort()).toEqual(here.sort());
  });

  it('is every row once over many pages, while others come in', async () => {
    const ada = await under.inbox();
    const contact = await under.contact(ada.workspaceId);
    await under.admin.query(
      `insert into leads (workspace_id, id, contact_id, original_contact_id, source, name, created_at)
       select $1, gen_random_uuid(), $2, $2, 'MANUAL', 'n' || n, now() - make_interval(secs => n / 3) from generate_series(1, 3500) n`,
      [ada.workspaceId, contact],
    );
    const [rows] = await Promise.all([table(ada, 'leads.csv'), create(ada, { name: 'late' })]);
    const names = rows.map(({ name }) => name).filter((name) => name !== 'late');
    expect(new Set(names).size).toBe(3_500);
    expect(names).toHaveLength(3_500);
  });
});

describe('contacts and conversations as files', () => {
  it('holds each contact who stands for themselves, with the fields of the workspace', async () => {
    const ada = await under.inbox();
    await ada.client.ask('mutation { saveContactField(name: "Segment", kind: TEXT) { id } }');
    const kept = await under.contact(ada.workspaceId, {
      name: '=Grace',
      emails: ['g@example.com', 'h@example.com'],
      phones: ['+905551112233'],
      tags: ['vip'],
      custom_fields: { Segment: 'A' },
    });
    await under.contact(ada.workspaceId, { name: 'Merged', merged_into: kept });
    await under.contact(ada.workspaceId, { name: 'Only answered', answer_only: true });
    expect(await table(ada, 'contacts.csv')).toMatchObject([
      {
        name: "'=Grace",
        emails: 'g@example.com; h@example.com',
        phones: '+905551112233',
        tags: 'vip',
        Segment: 'A',
        answerOnly: 'false',
      },
      { name: 'Only answered', answerOnly: 'true' },
    ]);
    expect(await table(ada, 'contacts.csv?tag=vip')).toHaveLength(1);
  });

  it('holds those of a segment, as its page shows them, narrowed by words too; whoever may only be answered is in none', async () => {
    const ada = await under.inbox();
    const segment = async (filter: unknown) => {
      const { saved } = await ada.client.ask<{ saved: { id: string } }>(
        'mutation ($filter: ContactFilter!) { saved: saveContactSegment(name: "Some", filter: $filter) { id } }',
        { filter },
      );
      return saved.id;
    };
    for (const [name, more] of [
      ['Grace Hopper', { tags: ['vip'] }],
      ['Grace Kelly', { tags: ['old'] }],
      ['Ada Lovelace', { tags: ['vip'], blocked: true }],
      ['Only Answered', { tags: ['vip'], answer_only: true }],
    ] as const)
      await under.contact(ada.workspaceId, { name, ...more });
    const names = async (path: string) => (await table(ada, path)).map(({ name }) => name).sort();
    const vip = await segment({ tags: ['vip'] });
    expect(await names(`contacts.csv?segment=${vip}`)).toEqual(['Ada Lovelace', 'Grace Hopper']);
    expect(await names(`contacts.csv?segment=${vip}&search=grace`)).toEqual(['Grace Hopper']);
    expect(await names(`contacts.csv?segment=${await segment({ blocked: true })}`)).toEqual(['Ada Lovelace']);
    expect(await names(`contacts.csv?search=${encodeURIComponent('!?')}`)).toEqual([]);
    const eve = await under.inbox('Eve');
    for (const unknown of ['x', '00000000-0000-0000-0000-000000000000'])
      expect((await get(ada, `contacts.csv?segment=${unknown}`)).status).toBe(404);
    expect((await get(eve, `contacts.csv?segment=${vip}`)).status).toBe(404);
  });

  it('holds a whole conversation, with its notes unless they are left out', async () => {
    const ada = await under.inbox();
    const contactId = await under.contact(ada.workspaceId, { name: 'Grace' });
    const id = await under.conversation(ada, { contact_id: contactId });
    for (let n = 0; n < 450; n += 1) await under.message(ada, id, { text: `message ${String(n)}` });
    await under.message(ada, id, { direction: 'NOTE', author: 'MEMBER', text: 'between us', status: 'SENT' });
    const response = await get(ada, `conversations/${id}.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const whole = (await response.json()) as { conversation: unknown; contact: unknown; messages: { text: string }[] };
    expect(whole).toMatchObject({ conversation: { id, channelName: 'Shop' }, contact: { name: 'Grace' } });
    expect(new Set(whole.messages.map(({ text }) => text)).size).toBe(451);
    const without = await (await get(ada, `conversations/${id}.json?notes=0`)).text();
    expect(without).not.toContain('between us');
    expect((JSON.parse(without) as { messages: unknown[] }).messages).toHaveLength(450);
  });
});

describe('who takes data out', () => {
  it('is a member who may write here, by session or token; it is written down, kept by nobody, and not without end [T8]', async () => {
    const { ada, vic } = await under.team();
    const paths = ['leads.csv', 'contacts.csv', `conversations/${await under.conversation(ada)}.json`];
    const other = await under.inbox('Eve');
    for (const path of paths) {
      const response = await get(ada, path);
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="\w+-\d{4}-\d\d-\d\d\.(?:csv|json)"$/,
      );
      await response.arrayBuffer();
      expect([path, (await get(vic, path)).status]).toEqual([path, 403]);
      expect([path, (await get(ada, path, {})).status]).toEqual([path, 401]);
      const foreign = { ...other.client.headers(), 'x-workspace-id': ada.workspaceId };
      expect([path, (await get(other, path, foreign)).status]).toEqual([path, 404]);
    }
    expect((await get(other, paths[2] ?? '')).status).toBe(404);
    const { rows } = await under.admin.query<{ action: string }>(
      `select action from audit_entries where workspace_id = $1 and action like '%.export' order by seq`,
      [ada.workspaceId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['lead.export', 'contact.export', 'conversation.export']);
    for (let n = 0; n < 57; n += 1) await (await get(ada, 'contacts.csv?tag=none')).arrayBuffer();
    const refused = await get(ada, 'contacts.csv');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
    expect((await ask(ada, 'contacts.csv')).status).toBe(429);
  }, 30_000);

  it('is told by the head alone whether it would be given, which counts for nothing and is written down nowhere', async () => {
    const { ada, vic } = await under.team();
    const paths = ['leads.csv', 'contacts.csv', `conversations/${await under.conversation(ada)}.json`];
    for (let n = 0; n < 25; n += 1)
      for (const path of paths) {
        const { status, headers } = await ask(ada, path);
        expect([path, status, headers.get('content-disposition')]).toEqual([path, 200, null]);
      }
    for (const path of paths) expect([path, (await ask(vic, path)).status]).toEqual([path, 403]);
    expect((await ask(ada, 'contacts.csv?segment=x')).status).toBe(404);
    expect((await ask(ada, 'leads.csv?createdAfter=soon')).status).toBe(422);
    const { rowCount } = await under.admin.query(
      `select from audit_entries where workspace_id = $1 and action like '%.export'`,
      [ada.workspaceId],
    );
    expect(rowCount).toBe(0);
    expect((await get(ada, 'contacts.csv')).status).toBe(200);
  }, 30_000);
});
