import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { text } from '../support/drafts.js';
import { MailHost, mailFrom } from '../support/mail-host.js';

const question = 'How long does standard shipping take?';

/** A bot that answers mails by itself: people get one answer, machines none. */
describe('a bot answers mails', () => {
  let host: MailHost;
  let app: TestApp;
  let client: TestClient;
  let sql: pg.Client;
  let people = 0;

  beforeAll(async () => {
    host = await MailHost.start();
    app = await startTestApp({ environment: host.environment });
    client = await TestClient.signedUp(app.url);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const { connectEmail } = await client.ask<{ connectEmail: { id: string } }>(
      `mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }`,
      { input: host.input() },
    );
    await client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
      input: { kind: 'TEXT', title: 'The shop', text },
    });
    await client.ask(`mutation ($input: BotInput!) { createBot(input: $input) { id } }`, {
      input: { name: 'Ada', mode: 'AUTO', channelIds: [connectEmail.id] },
    });
  }, 60_000);
  afterAll(async () => {
    await sql.end();
    await client.close();
    await app.close();
    await host.close();
  });

  /** Somebody writes; gives who, once all that follows from it is done. */
  async function written(headers: Record<string, string> = {}, from?: string) {
    const address = from ?? `person${String((people += 1))}@mail.example`;
    const { raw, id } = mailFrom(`Kim <${address}>`, { text: question, headers });
    host.imap.deliver(raw);
    const conversationId = await eventually(async () => {
      const { rows } = await sql.query<{ id: string }>(
        'select conversation_id as id from messages where external_id = $1',
        [id],
      );
      return rows[0]?.id ?? null;
    }, 15_000);
    await eventually(async () => {
      const { rows } = await sql.query<{ n: string }>(
        `select (select count(*) from due where row_id = $1 and kind in ('draft-reply', 'deliver-messages'))
              + (select count(*) from messages where conversation_id = $1 and status in ('QUEUED', 'SENDING')) as n`,
        [conversationId],
      );
      return rows[0]?.n === '0' ? true : null;
    });
    return { address, id, conversationId };
  }
  const handedTo = (address: string) => host.handed.filter(({ to }) => to.includes(address));
  const runsOf = async (conversationId: string) =>
    (await sql.query('select from ai_runs where conversation_id = $1', [conversationId])).rowCount;

  it('of people once, as a machine does: marked, so that no other machine answers it [promise 34] [promise 37]', async () => {
    const { address } = await written();
    const [answer, ...more] = handedTo(address);
    expect(more).toEqual([]);
    expect(answer?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(answer?.body).toContain('Standard shipping takes 3 days');
  });

  it.each([
    ['is out of office', { 'Auto-Submitted': 'auto-replied' }],
    ['reports', { 'Auto-Submitted': 'auto-generated' }],
    ['answers for a person who is away', { 'X-Auto-Response-Suppress': 'All', 'X-Autoreply': 'yes' }],
    ['writes to a list', { 'List-Id': '<news.mail.example>', 'List-Unsubscribe': '<https://mail.example/out>' }],
    ['writes to many', { Precedence: 'bulk' }],
    ['returns a mail', { 'Return-Path': '<>' }],
  ])('of no machine that %s: nothing is sent, looked for or handed over [promise 38]', async (_, headers) => {
    const { address, conversationId } = await written(headers);
    expect(handedTo(address)).toEqual([]);
    expect(await runsOf(conversationId)).toBe(0);
    const { rows } = await sql.query<{ paused: boolean }>(
      'select ai_paused as paused from conversations where id = $1',
      [conversationId],
    );
    expect(rows).toEqual([{ paused: false }]);
  });

  it.each(['no-reply@shop.example', 'mailer-daemon@mail.example', 'notifications@mail.example'])(
    'of nobody who is called %s [promise 38]',
    async (address) => {
      const { conversationId } = await written({}, address);
      expect(handedTo(address)).toEqual([]);
      expect(await runsOf(conversationId)).toBe(0);
    },
  );

  it('of a person whose machine wrote before them: they get a person, and the machine no word [promise 38]', async () => {
    const away = await written({ 'Auto-Submitted': 'auto-replied' });
    const later = await written({ 'In-Reply-To': away.id, References: away.id }, away.address);
    expect(later.conversationId).toBe(away.conversationId);
    expect(handedTo(away.address)).toEqual([]);
    const { rows } = await sql.query<{ paused: boolean }>(
      'select ai_paused as paused from conversations where id = $1',
      [away.conversationId],
    );
    expect(rows).toEqual([{ paused: true }]);
  });
});
