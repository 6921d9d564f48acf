import { type SeenImport, importFields, importTable, seenImport, uploadTable } from '../../../test/support/imports.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

let under: InboxUnderTest;
beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

async function rows<Row>(text: string, inbox: TestInbox): Promise<Row[]> {
  return (await under.admin.query(text, [inbox.workspaceId])).rows as Row[];
}

describe('who imports a file with leads, and who hears of it [promise 15]', () => {
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
});
