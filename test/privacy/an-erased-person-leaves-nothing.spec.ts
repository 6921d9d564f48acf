import path from 'node:path';
import { chatReply } from '../../src/conversations/widget/mails/chat-reply.mail.js';
import { Mails } from '../../src/platform/mail/index.js';
import { Config } from '../../src/platform/config/index.js';
import { VerifyAudit } from '../../src/platform/audit/index.js';
import { Workspaces, newId } from '../../src/platform/database/index.js';
import { EraseSubject, Erasures } from '../../src/privacy/index.js';
import { postgresLog } from '../canaries/canaries.js';
import { hashesOfRows } from '../isolation/workspace-rows.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { CanarySubject, whatsAppItem } from './canary-subject.js';
import { type Place, databaseDump, filesIn, formsOf, redisPlace, residue } from './residue.js';

let under: InboxUnderTest;

beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

/** Everything on disk and in memory that the product writes: but the journal, which has to hold ids to do its work. */
async function everything(): Promise<Place[]> {
  const folder = under.app.app.get(Config).environment.DATA_DIR;
  const files = (await filesIn(folder)).filter(({ where }) => !where.startsWith('file journal/'));
  const log = { where: 'the log of Postgres', bytes: Buffer.from(await postgresLog()) };
  return [
    ...(await databaseDump(under.app.database.ownerUrl)),
    await redisPlace(under.app.database.redisUrl),
    ...files,
    log,
  ];
}

async function inbox(name: string): Promise<TestInbox> {
  const made = await under.inbox(name);
  return { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
}

function begin({ workspaceId }: TestInbox, contactId: string): Promise<{ erasureId: string }> {
  const erase = under.app.app.get(EraseSubject);
  return under.app.app
    .get(Workspaces)
    .run(workspaceId, (tx) =>
      erase.begin(tx, { scope: 'CONTACT', contactIds: [contactId] }, { requestId: null, by: 'spec' }),
    );
}

async function erased(one: TestInbox, contactId: string) {
  const { erasureId } = await begin(one, contactId);
  return eventually(async () => {
    const erasure = await under.app.app.get(Erasures).byId(one.workspaceId, erasureId);
    return erasure?.completedAt == null ? null : erasure;
  }, 20_000);
}

const count = async (text: string, ...values: unknown[]) =>
  (await under.admin.query<{ n: number }>(`select count(*)::int as n ${text}`, values)).rows[0]?.n;

it('the search itself finds a word in every form', () => {
  const word = 'Ayşe/Öz?';
  for (const { form, bytes } of formsOf(word)) {
    const around = Buffer.concat([Buffer.from([0, 255]), bytes, Buffer.from([0])]);
    expect({ form, found: residue([{ where: 'here', bytes: around }], [word]).length > 0 }).toEqual({
      form,
      found: true,
    });
  }
  const base64 = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${word}!`).toString('base64'));
  for (const text of base64) expect(residue([{ where: 'here', bytes: Buffer.from(text) }], [word])).not.toEqual([]);
  expect(residue([{ where: 'here', bytes: Buffer.from('Ayse/Oz') }], [word])).toEqual([]);
});

describe('a person of whom everything holds something [promise 66] [promise 67] [promise 68]', () => {
  it('leaves no byte in the database, Redis, files, mails or logs, and nobody else loses any: P2, P7, G19', async () => {
    const [ada, eve] = [await inbox('Ada'), await inbox('Eve')];
    const other = await CanarySubject.plant(under, eve);
    const neighbour = await CanarySubject.plant(under, ada);
    const subject = await CanarySubject.plant(under, ada);
    const before = await everything();
    // Each word is there to be found, or its absence afterwards would say nothing; the mail's own address is encrypted.
    const hidden = subject.words.filter((word) => residue(before, [word]).length === 0);
    expect(hidden.map((word) => word.slice(0, 2))).toEqual(['to']);
    const hashes = await hashesOfRows(under.admin, eve.workspaceId);

    const erasure = await erased(ada, subject.contactId);

    const after = await everything();
    expect(residue(after, subject.words)).toEqual([]);
    // Open screens have to be told which ids to forget, for a week.
    const elsewhere = after.filter(({ where }) => where !== 'table workspace_events');
    expect(residue(elsewhere, [subject.contactId, subject.otherId, subject.conversationId])).toEqual([]);
    expect(erasure).toMatchObject({
      scope: 'CONTACT',
      erased: {
        contacts: 2,
        conversations: 2,
        messages: 6,
        files: 3,
        ai_runs: 1,
        drafts: 1,
        evaluation_cases: 1,
        evaluation_results: 1,
        question_askings: 1,
        unanswered_questions: 1,
        webhook_deliveries: 1,
        contact_merges: 1,
        visitors: 1,
        saved_views: 1,
        leads: 1,
        lead_activities: 1,
        lead_reminders: 1,
        contact_segments: 1,
        contact_proposals: 1,
        deliveries: 1,
        mails: 1,
        'audit_entries: whom they are about': 4,
      },
    });
    expect(await hashesOfRows(under.admin, eve.workspaceId)).toEqual(hashes);
    for (const one of [other, neighbour])
      expect(one.words.filter((word) => residue(after, [word]).length === 0).map((word) => word.slice(0, 2))).toEqual([
        'to',
      ]);
    expect(await count('from deliveries where id = any ($1)', subject.aside.theirs)).toBe(0);
    expect(await count('from deliveries where id = any ($1)', subject.aside.others)).toBe(2);
    // What the log of what members did says of others still holds together.
    expect(await under.app.app.get(VerifyAudit).verify(ada.workspaceId)).toMatchObject({ broken: null });
  }, 60_000);
});

describe('what names them and is not theirs', () => {
  it('goes too: mails that lie in files where no mail server is set, and by which message a token was opened', async () => {
    const [ada, eve] = [await inbox('Ada'), await inbox('Eve')];
    const subject = await CanarySubject.plant(under, ada);
    const { app } = under.app;
    for (const { workspaceId } of [ada, eve])
      for (const customer of [subject.phone, `${subject.phone}1`])
        await app.get(Workspaces).run(workspaceId, (tx) =>
          app.get(Mails).queue(tx, {
            to: 'team@example.com',
            template: chatReply,
            locale: 'tr',
            values: { workspace: 'Şirket', replies: `Müşteri ${customer}`, site: '' },
            workspaceId,
          }),
        );
    const written = async () => {
      const places = await filesIn(path.join(app.get(Config).environment.DATA_DIR, 'mail'));
      return places
        .map(({ bytes }) => bytes.toString().replaceAll('=\r\n', ''))
        .filter((text) => text.includes(subject.phone));
    };
    await eventually(async () => ((await written()).length === 4 ? true : null), 20_000);
    const { rows: messages } = await under.admin.query<{ id: string }>(
      'select id from messages where conversation_id = $1',
      [subject.conversationId],
    );
    const causes = [messages[0]?.id ?? '', subject.conversationId, subject.contactId];
    for (const cause of [
      `reaction to message ${causes[0] ?? ''}`,
      `typing in conversation ${causes[1] ?? ''}`,
      `contact ${causes[2] ?? ''}`,
      `job ${newId()}`,
    ])
      await under.insert('token_uses', ada.workspaceId, {
        channel_id: ada.channelId,
        purpose: 'SEND',
        host: 'h',
        cause,
      });

    await erased(ada, subject.contactId);

    const left = await written();
    const of = ({ workspaceId }: TestInbox) => left.filter((text) => text.includes(workspaceId)).length;
    expect([of(ada), of(eve)]).toEqual([1, 2]);
    const { rows } = await under.admin.query<{ cause: string }>(
      'select cause from token_uses where workspace_id = $1 order by cause',
      [ada.workspaceId],
    );
    expect(rows.map(({ cause }) => cause)).toEqual([
      'contact that was erased',
      expect.stringMatching(/^job [0-9a-f-]{36}$/),
      'reaction to message that was erased',
      'typing in conversation that was erased',
    ]);
  }, 60_000);
});

describe('an erasure that was decided', () => {
  it('shows nothing of the person from that commit on, and cancels what was to be sent', async () => {
    const ada = await inbox('Ada');
    const subject = await CanarySubject.plant(under, ada);
    await begin(ada, subject.contactId);
    const shown = await ada.client.ask(
      `query ($contact: ID!, $conversation: ID!, $words: String!) {
         contact(id: $contact) { id } conversation(id: $conversation) { id }
         contacts(search: $words) { nodes { id } } conversations { nodes { id } } searchMessages(query: $words) { nodes { id } } }`,
      { contact: subject.contactId, conversation: subject.conversationId, words: 'said' },
    );
    expect(shown).toEqual({
      contact: null,
      conversation: null,
      contacts: { nodes: [] },
      conversations: { nodes: [] },
      searchMessages: { nodes: [] },
    });
    expect(await count(`from due where workspace_id = $1 and kind = 'deliver-messages'`, ada.workspaceId)).toBe(0);
    expect(await count(`from messages where workspace_id = $1`, ada.workspaceId)).toBe(0);
  });

  it('tells open screens what to forget, and the feed keeps no ids of it [promise 66]', async () => {
    const ada = await inbox('Ada');
    const subject = await CanarySubject.plant(under, ada);
    await erased(ada, subject.contactId);
    const { rows } = await under.admin.query<{ kind: string; ids: string[]; conversation_id: string | null }>(
      `select kind, ids, conversation_id from workspace_events where workspace_id = $1 order by seq`,
      [ada.workspaceId],
    );
    const naming = rows.filter(({ ids }) => ids.includes(subject.contactId) || ids.includes(subject.conversationId));
    expect(new Set(naming.map(({ kind }) => kind))).toEqual(new Set(['Erased']));
    expect(naming).toHaveLength(2);
    expect(rows.filter(({ conversation_id: id }) => id === subject.conversationId)).toEqual([]);
  });
});

describe('a delivery of somebody who was erased: P5', () => {
  it('brings nobody back when it comes late or once more, and what they write afterwards starts afresh', async () => {
    const ada = await inbox('Ada');
    const subject = await CanarySubject.plant(under, ada);
    const earlier = new Date(Date.now() - 3_600_000);
    await erased(ada, subject.contactId);
    await subject.receive(subject.deliveries());
    await subject.receive([whatsAppItem(ada.channelId, subject.phone, 'wamid.late', { at: earlier, body: 'late' })]);
    expect(await count('from messages where workspace_id = $1', ada.workspaceId)).toBe(0);
    expect(await count('from contacts where workspace_id = $1', ada.workspaceId)).toBe(0);
    // Somebody else is not kept out, in the same batch.
    const later = new Date(Date.now() + 2_000);
    await subject.receive([
      whatsAppItem(ada.channelId, subject.phone, 'wamid.late2', { at: earlier }),
      whatsAppItem(ada.channelId, '905550000000001', 'wamid.other', { at: earlier }),
      whatsAppItem(ada.channelId, subject.phone, 'wamid.new', { at: later, body: 'I am back' }),
    ]);
    const { rows } = await under.admin.query<{ external_id: string; contact: string }>(
      `select m.external_id, c.contact_id as contact from messages m join conversations c on c.id = m.conversation_id
        where m.workspace_id = $1 order by 1`,
      [ada.workspaceId],
    );
    expect(rows.map((row) => row.external_id)).toEqual(['wamid.new', 'wamid.other']);
    expect(rows[0]?.contact).not.toBe(subject.contactId);
    // Now that they are known again, what was before is still over.
    await subject.receive(subject.deliveries(earlier));
    expect(await count('from messages where workspace_id = $1', ada.workspaceId)).toBe(2);
  });

  it('leaves nothing of a receipt or an edit that still comes', async () => {
    const ada = await inbox('Ada');
    const subject = await CanarySubject.plant(under, ada);
    const [id = ''] = subject.externalIds;
    await erased(ada, subject.contactId);
    const item = whatsAppItem(ada.channelId, subject.phone, id);
    const status = {
      messaging_product: 'whatsapp',
      statuses: [
        { id, status: 'read', timestamp: String(Math.floor(Date.now() / 1_000) + 5), recipient_id: subject.phone },
      ],
    };
    await subject.receive([
      {
        ...item,
        payload: {
          object: 'whatsapp_business_account',
          entry: [{ id: '77', changes: [{ field: 'messages', value: status }] }],
        },
      },
    ]);
    expect(await count('from early_signals where workspace_id = $1', ada.workspaceId)).toBe(0);
  });
});
