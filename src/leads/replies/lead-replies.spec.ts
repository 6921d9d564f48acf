import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { MailHost, mailFrom } from '../../../test/support/mail-host.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Queues } from '../../platform/queue/index.js';
import { type Capture, CaptureLead } from '../capture/capture-lead.js';
import { LeadSource } from '../enums.js';

let host: MailHost;
let under: InboxUnderTest;
/** With a mailbox. */
let ada: TestInbox;
/** Without one. */
let bare: TestInbox;

beforeAll(async () => {
  host = await MailHost.start();
  under = await InboxUnderTest.start({ environment: host.environment });
  ada = await under.inbox('Ada');
  bare = await under.inbox('Bare');
  await ada.client.ask('mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }', {
    input: host.input(),
  });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await host.close();
});

const newEmail = () => `grace-${randomUUID().slice(0, 8)}@mail.example`;

async function lead(inbox: TestInbox, given: Partial<Capture>): Promise<{ id: string; contactId: string }> {
  const { app } = under.app;
  const whole = { source: LeadSource.CONTACT_FORM, externalId: null, details: {}, ...given };
  const outcome = await app.get(Workspaces).run(inbox.workspaceId, (tx) => app.get(CaptureLead).apply(tx, whole));
  if (!('leadId' in outcome)) throw new Error(`It was ${outcome.outcome}.`);
  return { id: outcome.leadId, contactId: outcome.contactId };
}

interface Replied {
  readonly id: string;
  readonly status: string;
  readonly firstRepliedAt: string | null;
  readonly repliedIn: { readonly id: string; readonly subject: string | null; readonly aiPaused: boolean } | null;
}

const mutation = `mutation ($id: ID!, $text: String!, $key: String!) { sendLeadReply(leadId: $id, text: $text, idempotencyKey: $key) {
  id status firstRepliedAt repliedIn { id subject aiPaused } } }`;

const reply = async ({ client }: TestInbox, id: string, text = 'Yes, we do.', key: string = randomUUID()) =>
  (await client.ask<{ sendLeadReply: Replied }>(mutation, { id, text, key })).sendLeadReply;

async function refusal({ client }: TestInbox, id: string, text = 'Yes, we do.'): Promise<string | undefined> {
  const { errors } = await client.post(mutation, { id, text, key: randomUUID() });
  return (errors?.[0]?.extensions as { reason?: string } | undefined)?.reason;
}

const road = async ({ client }: TestInbox, id: string) =>
  (
    await client.ask<{ leadReplyRoad: Record<string, string | null> }>(
      'query ($id: ID!) { leadReplyRoad(leadId: $id) { way conversationId channelId to reason words } }',
      { id },
    )
  ).leadReplyRoad;

async function rows(text: string, ...values: unknown[]) {
  return (await under.admin.query<Record<string, unknown>>(text, values)).rows;
}
const activities = (id: string) =>
  rows(
    'select kind, value, member_id is null as machine, text from lead_activities where lead_id = $1 order by id',
    id,
  );
const mailsTo = (address: string) => eventually(() => Promise.resolve(handedTo(address)), 15_000);
const handedTo = (address: string) => {
  const mails = host.handed.filter(({ to }) => to.includes(address));
  return mails.length === 0 ? null : mails;
};
const writtenTo = async (address: string) =>
  (await mailsIn(under.app.app.get(Config).mailFolder)).filter((mail) => mail.to.includes(address));

/** A conversation that the contact opened so many hours ago. */
async function opened(inbox: TestInbox, contactId: string, hours: number): Promise<string> {
  const id = await under.conversation(inbox, {
    contact_id: contactId,
    last_inbound_at: new Date(Date.now() - hours * 3_600_000),
  });
  await under.identity(inbox.workspaceId, { channel_id: inbox.channelId, contact_id: contactId });
  return id;
}

describe('a reply to a lead', () => {
  it('goes by mail to the address that they left, and what they answer comes to the same thread [promise 34]', async () => {
    const email = newEmail();
    const { id, contactId } = await lead(ada, { details: { name: 'Grace', email, message: 'Do you ship to Norway?' } });
    expect(await road(ada, id)).toMatchObject({ way: 'MAILBOX', to: email, conversationId: null, reason: null });
    const answered = await reply(ada, id, 'Yes, we ship to Norway.\nIt takes a week.');
    expect(answered).toMatchObject({ id, status: 'CONTACTED', repliedIn: { aiPaused: false } });
    expect(answered.firstRepliedAt).not.toBeNull();
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ from: 'support@shop.example', to: [email] });
    expect(mail?.headers.get('subject')).toMatch(/^Re: Your message to /);
    expect(mail?.headers.has('auto-submitted')).toBe(false);
    expect(mail?.body.replace(/\r\n/g, '\n').trim()).toBe('Yes, we ship to Norway.\nIt takes a week.');
    expect(await activities(id)).toMatchObject([
      { kind: 'CAPTURED' },
      { kind: 'REPLY', value: 'MAILBOX', machine: false, text: null },
      { kind: 'STATUS', value: 'CONTACTED', machine: false },
    ]);
    expect(await rows(`select detail from audit_entries where action = 'lead.reply' and target = $1`, id)).toEqual([
      { detail: { way: 'MAILBOX' } },
    ]);
    const back = mailFrom(`Grace <${email}>`, {
      text: 'And how much is it?',
      subject: 'Re: whatever',
      headers: { References: mail?.headers.get('message-id') ?? '' },
    });
    host.imap.deliver(back.raw);
    await under.admin.query(`update due set due_at = now() where kind = 'fetch-mail'`);
    await under.app.app.get(Queues).sweep();
    const thread = await eventually(async () => {
      const found = await rows(
        `select c.id, c.contact_id from messages m join conversations c on c.id = m.conversation_id where m.text like 'And how much%'`,
      );
      return found[0] ?? null;
    }, 15_000);
    expect(thread).toEqual({ id: answered.repliedIn?.id, contact_id: contactId });
    // The next one goes on where the first went.
    expect(await road(ada, id)).toMatchObject({ way: 'THREAD', conversationId: answered.repliedIn?.id });
    expect((await reply(ada, id, 'Five euros.')).repliedIn?.id).toBe(answered.repliedIn?.id);
  });

  it('is sent once for a key, however many ask for it at the same time', async () => {
    const email = newEmail();
    const { id } = await lead(ada, { details: { email, message: 'Hello?' } });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => reply(ada, id, 'Good day.', key)));
    expect(new Set(answers.map((answer) => answer.repliedIn?.id)).size).toBe(1);
    await mailsTo(email);
    expect(await rows(`select text from messages where conversation_id = $1`, answers[0]?.repliedIn?.id)).toEqual([
      { text: 'Good day.' },
    ]);
    expect((await activities(id)).filter(({ kind }) => kind === 'REPLY')).toHaveLength(1);
    // Another key is another reply.
    await reply(ada, id, 'And one more thing.');
    expect((await activities(id)).filter(({ kind }) => kind === 'REPLY')).toHaveLength(2);
  });

  it('goes to a thread that they opened while its window is open, and nobody is written to first there', async () => {
    const { id, contactId } = await lead(ada, { details: { name: 'Grace', phone: '+905551112233', message: 'Hi' } });
    expect(await road(ada, id)).toMatchObject({ way: 'NONE', reason: 'LEAD_NO_ADDRESS' });
    expect(await refusal(ada, id)).toBe('LEAD_NO_ADDRESS');
    // One that the business can see but they never wrote in is no thread of theirs.
    await under.conversation(ada, { contact_id: contactId, last_inbound_at: null });
    const late = await opened(ada, contactId, 30);
    expect(await refusal(ada, id)).toBe('LEAD_NO_ADDRESS');
    expect(await rows(`select 1 from messages where conversation_id = $1`, late)).toEqual([]);
    expect(await activities(id)).toHaveLength(1);
    const open = await opened(ada, contactId, 2);
    expect(await road(ada, id)).toMatchObject({ way: 'THREAD', conversationId: open, channelId: ada.channelId });
    expect(await reply(ada, id)).toMatchObject({ status: 'CONTACTED', repliedIn: { id: open } });
    expect(await rows('select text, author from messages where conversation_id = $1', open)).toEqual([
      { text: 'Yes, we do.', author: 'MEMBER' },
    ]);
  });

  it.each([
    ['blocked', 'LEAD_BLOCKED'],
    ['processing_restricted', 'LEAD_RESTRICTED'],
  ])('is not sent to somebody who is %s, by whichever contact they are known', async (mark, reason) => {
    const email = newEmail();
    const { id, contactId } = await lead(ada, { details: { email, message: 'Hello' } });
    await under.admin.query(`update contacts set ${mark} = true where id = $1`, [contactId]);
    expect(await refusal(ada, id)).toBe(reason);
    expect(await road(ada, id)).toMatchObject({ way: 'NONE', reason });
    // The same address, told to us by a mail.
    const other = newEmail();
    const { id: second } = await lead(ada, { details: { email: other, message: 'Hello' } });
    const [mailbox] = await rows(`select id from channels where kind = 'EMAIL' and workspace_id = $1`, ada.workspaceId);
    const writer = await under.contact(ada.workspaceId, { [mark]: true });
    const identity = { channel_id: String(mailbox?.['id']), contact_id: writer, kind: 'EMAIL', external_id: other };
    await under.identity(ada.workspaceId, identity);
    expect(await refusal(ada, second)).toBe(reason);
    await under.admin.query(`update contacts set ${mark} = false where id = $1`, [writer]);
    const { repliedIn } = await reply(ada, second);
    // The thread is theirs who have that address.
    expect(await rows('select contact_id from conversations where id = $1', repliedIn?.id)).toEqual([
      { contact_id: writer },
    ]);
    expect(handedTo(email)).toBeNull();
  });

  it('of a form for answers alone begins a thread that machines are kept out of [promise 22]', async () => {
    const { id } = await lead(ada, { details: { email: newEmail(), message: 'Hello' }, answerOnly: true });
    expect(await reply(ada, id)).toMatchObject({ repliedIn: { aiPaused: true } });
  });

  it('that a member gives in the inbox counts as well', async () => {
    const contactId = await under.contact(ada.workspaceId);
    const conversationId = await opened(ada, contactId, 1);
    const { id } = await lead(ada, { source: LeadSource.CHAT, contactId, conversationId });
    await ada.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId, text: 'Good day', idempotencyKey: randomUUID() },
    });
    const [seen] = await rows('select status, first_replied_at from leads where id = $1', id);
    expect(seen).toMatchObject({ status: 'CONTACTED' });
    expect(seen?.['first_replied_at']).not.toBeNull();
    expect((await activities(id)).filter(({ kind }) => kind === 'REPLY')).toHaveLength(1);
  });

  it('leaves a lead that is further where it is, and says nothing that is not said', async () => {
    const { id } = await lead(ada, { details: { email: newEmail(), message: 'Hello' } });
    await ada.client.ask('mutation ($id: ID!) { updateLead(input: { id: $id, status: WON }) { id } }', { id });
    expect(await reply(ada, id)).toMatchObject({ status: 'WON' });
    const { errors } = await ada.client.post(mutation, { id, text: '  ', key: 'k' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'text' });
    const unknown = await ada.client.post(mutation, { id: randomUUID(), text: 'Hello', key: 'k' });
    expect(unknown.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('without a mailbox', () => {
  it('whoever wrote is answered by a mail of the server, once [promise 34]', async () => {
    const email = newEmail();
    const { id } = await lead(bare, { details: { email, message: 'Do you ship to Norway?' } });
    expect(await road(bare, id)).toMatchObject({ way: 'MAIL', to: email });
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => reply(bare, id, 'Yes.\nOn Mondays.', key)));
    expect(answers[0]).toMatchObject({ status: 'CONTACTED', repliedIn: null });
    const written = await eventually(async () => {
      const found = await writtenTo(email);
      return found.length === 0 ? null : found;
    }, 15_000);
    expect(written).toHaveLength(1);
    expect(written[0]?.text).toContain('On Mondays.');
    expect(written[0]?.text).not.toContain('Norway');
    expect(await activities(id)).toMatchObject([
      { kind: 'CAPTURED' },
      { kind: 'REPLY', value: 'MAIL', text: 'Yes.\nOn Mondays.' },
      { kind: 'STATUS' },
    ]);
    expect(await rows(`select 1 from mails where template = 'lead-reply'`)).toEqual([]);
  });

  it('and who was only written down is left to a person', async () => {
    for (const source of [LeadSource.MANUAL, LeadSource.IMPORT]) {
      const { id } = await lead(bare, { source, details: { email: newEmail(), message: 'Hello' } });
      expect(await refusal(bare, id)).toBe('LEAD_NO_MAILBOX');
    }
  });
});
