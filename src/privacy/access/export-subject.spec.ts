import { unzip } from '../../../test/support/zip.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { SubjectExports } from '../../../test/support/subject-exports.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { PersonalData, type Subject } from '../../platform/personal-data/index.js';
import { SubjectExported } from './access.events.js';

import { StartExport } from './start-export.js';

const hostile = '<img src=x onerror=alert(1)>"\'=HYPERLINK("http://evil.example")';
const formula = '=cmd|calc';
const nobody: Subject = { scope: 'CONTACT', contactIds: [], conversationIds: [], channelIds: [], memberIds: [] };

describe('what a person is given of what is kept about them [promise 74]', () => {
  let test: InboxUnderTest;
  let ada: TestInbox;
  let bob: TestInbox;
  let exports: SubjectExports;
  const told: SubjectExported[] = [];
  beforeAll(async () => {
    test = await InboxUnderTest.start({ redis: false });
    exports = new SubjectExports(test);
    [ada, bob] = [await test.inbox('Ada'), await test.inbox('Bob')];
    test.app.app.get(Facts).on(SubjectExported, (_, fact) => Promise.resolve(void told.push(fact)));
  }, 60_000);
  afterAll(() => test.stop());

  /** A person of whom there is something of everything, and the ids that are theirs. */
  async function person(inbox: TestInbox, name: string) {
    const { workspaceId, channelId, member } = inbox;
    const { app, admin } = test;
    const contact = await test.contact(workspaceId, {
      name,
      emails: ['grace@example.com'],
      phones: ['+905551112233'],
      custom_fields: { size: `${name} size` },
      tags: ['vip'],
    });
    const merged = await test.contact(workspaceId, { name: `${name} once`, merged_into: contact });
    await test.insert('contact_merges', workspaceId, {
      kept_id: contact,
      merged_id: merged,
      kept_before: JSON.stringify({ name: `${name} before` }),
      moved: '{}',
    });
    await test.identity(workspaceId, { channel_id: channelId, contact_id: contact, external_id: `visitor:${name}` });
    await test.insert('visitors', workspaceId, {
      channel_id: channelId,
      token_hash: Buffer.from(newId()),
      address: `visitor:${name}`,
      email: 'said@example.com',
    });
    await test.insert('contact_notes', workspaceId, { contact_id: contact, text: `${name} is kind` });
    const conversation = await test.conversation(inbox, { contact_id: contact, subject: `${name} subject` });
    const second = await test.conversation(inbox, { contact_id: contact });
    const files: string[] = [];
    const message = await test.message(inbox, conversation, { text: `${name} asks`, external_id: `m_${name}` });
    for (const [position, fileName] of ['../../etc/passwd', 'C:\\con\\..\\a b.pdf', 'Şık öğe.txt'].entries()) {
      const file = await app.app
        .get(FileStore)
        .write(workspaceId, Buffer.from(`${name} file ${String(position)}`), 'x');
      await app.app.get(Workspaces).run(workspaceId, (tx) => app.app.get(FileStore).register(tx, file));
      await test.insert('attachments', workspaceId, {
        message_id: message,
        position,
        kind: 'FILE',
        status: 'READY',
        name: fileName,
        content_type: 'text/plain',
        size: file.size,
        file_id: file.id,
      });
      files.push(file.id);
    }
    await admin.query(
      `insert into reactions (workspace_id, channel_id, message_external_id, actor, by, emoji, at) values ($1, $2, $3, 'x', 'CONTACT', '👍', now())`,
      [workspaceId, channelId, `m_${name}`],
    );
    await test.message(inbox, conversation, { text: formula, direction: 'NOTE', author: 'MEMBER' });
    await test.message(inbox, second, { text: 'Günaydın', rating: null });
    const run = await test.insert('ai_runs', workspaceId, {
      purpose: 'DRAFT',
      provider: 'openai',
      model: 'gpt-x',
      request: JSON.stringify({ messages: [`${name} was sent`] }),
      response: `${name} came back`,
      outcome: 'PROPOSED',
      prompt_version: '1',
      conversation_id: conversation,
    });
    const draft = { conversation_id: conversation, run_id: run, text: `${name} draft`, status: 'PROPOSED' };
    await test.insert('drafts', workspaceId, draft);
    const set = await test.insert('evaluation_sets', workspaceId, { name: 'Taken' });
    const taken = { set_id: set, question: `${name} asked`, expected: 'Yes', conversation_id: conversation };
    await test.insert('evaluation_cases', workspaceId, taken);
    await test.insert('contact_proposals', workspaceId, {
      contact_id: contact,
      conversation_id: conversation,
      message_id: newId(),
      kind: 'COMPANY',
      value: `${name} and sons`,
    });
    const question = await test.insert('unanswered_questions', workspaceId, { status: 'OPEN' });
    await test.insert('question_askings', workspaceId, {
      question_id: question,
      conversation_id: conversation,
      message_id: newId(),
      text: `${name} wondered`,
      stems: ['wonder'],
    });
    const lead = await test.insert('leads', workspaceId, {
      contact_id: contact,
      original_contact_id: contact,
      source: 'CONTACT_FORM',
      name,
      message: `${name} is interested`,
    });
    await test.insert('lead_activities', workspaceId, { lead_id: lead, kind: 'NOTE', text: `${name} calls back` });
    await test.insert('lead_reminders', workspaceId, {
      lead_id: lead,
      member_id: member.memberId,
      due_at: new Date(),
      text: `call ${name}`,
    });
    const endpoint = await test.insert('webhook_endpoints', workspaceId, {
      url: 'https://hooks.shop.example/a?key=of-the-business',
      events: ['message.received'],
      secret: Buffer.from('sealed'),
    });
    await test.insert('webhook_deliveries', workspaceId, {
      endpoint_id: endpoint,
      event: 'message.received',
      conversation_id: conversation,
    });
    await admin.query(
      `insert into composer_drafts (workspace_id, member_id, conversation_id, text) values ($1, $2, $3, $4)`,
      [workspaceId, member.memberId, conversation, `${name} begun`],
    );
    const contactIds = [contact, merged];
    const subject: Subject = { ...nobody, contactIds, conversationIds: [conversation, second] };
    return { subject, contact, conversation, message, files };
  }

  const json = (files: Map<string, Buffer>, name: string) =>
    JSON.parse(files.get(`data/${name}.json`)?.toString() ?? 'null') as Record<string, unknown>[] | null;

  it('holds everything about them and nothing of anybody else', async () => {
    const grace = await person(ada, 'Grace');
    await person(ada, 'Stranger');
    await person(bob, 'Elsewhere');
    const { url, exportId, requestId, size } = await exports.link(ada, grace.subject);
    const zip = await exports.fetched(url);
    expect(zip).toHaveLength(size);
    const files = unzip(zip);
    expect(json(files, 'contacts')).toHaveLength(2);
    expect(json(files, 'contacts')?.[0]).toMatchObject({
      id: grace.contact,
      name: 'Grace',
      emails: ['grace@example.com'],
      phones: ['+905551112233'],
      customFields: { size: 'Grace size' },
      tags: ['vip'],
    });
    expect(json(files, 'addresses')).toMatchObject([{ externalId: 'visitor:Grace', channelKind: 'WHATSAPP' }]);
    expect(json(files, 'contact-notes')).toMatchObject([{ text: 'Grace is kind' }]);
    expect(json(files, 'leads')).toMatchObject([{ source: 'CONTACT_FORM', message: 'Grace is interested' }]);
    expect(json(files, 'lead-activities')).toMatchObject([{ kind: 'NOTE', text: 'Grace calls back' }]);
    expect(json(files, 'lead-reminders')).toMatchObject([{ text: 'call Grace' }]);
    expect(json(files, 'merges')).toMatchObject([{ contactBefore: { name: 'Grace before' } }]);
    expect(json(files, 'details-from-chats')).toMatchObject([{ kind: 'COMPANY', value: 'Grace and sons' }]);
    expect(json(files, 'chat-visits')).toMatchObject([{ email: 'said@example.com' }]);
    expect(json(files, 'conversations')?.map(({ subject }) => subject)).toEqual(['Grace subject', null]);
    expect(json(files, 'messages')?.map(({ text }) => text)).toEqual(['Grace asks', formula, 'Günaydın']);
    expect(json(files, 'messages')?.[0]).toMatchObject({ reactions: [{ emoji: '👍', by: 'CONTACT' }] });
    expect(json(files, 'unsent-texts')).toMatchObject([{ text: 'Grace begun' }]);
    expect(json(files, 'carriers')).toMatchObject([{ provider: 'meta', channelKind: 'WHATSAPP' }]);
    expect(json(files, 'ai-runs')).toMatchObject([
      { request: { messages: ['Grace was sent'] }, response: 'Grace came back' },
    ]);
    expect(json(files, 'drafts')).toMatchObject([{ text: 'Grace draft' }]);
    expect(json(files, 'told-systems')).toMatchObject([{ event: 'message.received', host: 'hooks.shop.example' }]);
    expect(json(files, 'models')).toMatchObject([{ provider: 'openai', model: 'gpt-x', times: 1 }]);
    expect(JSON.parse(files.get('data/about.json')?.toString() ?? '')).toMatchObject({
      counts: { contacts: 2, messages: 3 },
      retention: { aiRunsDays: 90 },
    });
    for (const other of ['Stranger', 'Elsewhere'])
      for (const [name, content] of files) expect([name, content.includes(other)]).toEqual([name, false]);
    expect(told.filter((fact) => fact.exportId === exportId)).toMatchObject([{ requestId }]);
  });

  it('holds every registered kind of thing: none is left out for want of a row in this spec', async () => {
    const grace = await person(ada, 'Whole');
    const { memberId } = ada.member;
    await test.insert('saved_views', ada.workspaceId, {
      member_id: memberId,
      name: 'Mine',
      filter: '{}',
      sorting: 'PRIORITY',
    });
    await test.admin.query(
      `insert into policy_acceptances (user_id, kind, version) values ($1, 'TERMS', 'for this spec')`,
      [ada.member.userId],
    );
    await test.message(ada, grace.conversation, { direction: 'OUTBOUND', author: 'MEMBER', member_id: memberId });
    await test.insert('sign_ins', ada.workspaceId, { member_id: memberId, outcome: 'SIGNED_IN', ip: '192.0.2.7' });
    const { url } = await exports.link(ada, { ...grace.subject, memberIds: [memberId] });
    const files = unzip(await exports.fetched(url));
    const registered = test.app.app.get(PersonalData).exported.map(({ name }) => `data/${name}.json`);
    expect(registered.filter((name) => !files.has(name))).toEqual([]);
    expect(json(files, 'memberships')).toMatchObject([{ name: 'Ada', role: 'OWNER' }]);
    expect(JSON.stringify(json(files, 'memberships'))).not.toMatch(/password|hash/i);
  });

  it('is of a contact with all that was merged into it, and knows them by ids alone', async () => {
    const { contact, subject } = await person(ada, 'Found');
    const { app } = test.app;
    const begin = (workspaceId: string) =>
      app
        .get(Workspaces)
        .run(workspaceId, (tx) => app.get(StartExport).ofContacts(tx, [contact], null))
        .then(({ exportId }) => exportId);
    const { rows } = await test.admin.query<{ subject: Subject }>('select subject from subject_exports where id = $1', [
      await begin(ada.workspaceId),
    ]);
    expect(rows[0]?.subject).toEqual({
      ...subject,
      contactIds: [...subject.contactIds].sort(),
      conversationIds: expect.arrayContaining([...subject.conversationIds]) as unknown,
    });
    await expect(begin(bob.workspaceId)).rejects.toThrow('Contact');
  });

  it('has the files, under names that lead nowhere', async () => {
    const { subject, files: ids } = await person(ada, 'Filed');
    const files = unzip(await exports.fetched((await exports.link(ada, subject)).url));
    const stored = [...files.keys()].filter((name) => name.startsWith('files/'));
    expect(stored).toEqual([
      `files/${ids[0] ?? ''}-etc-passwd`,
      `files/${ids[1] ?? ''}-C-con-.-a-b.pdf`,
      `files/${ids[2] ?? ''}-Şık-öğe.txt`,
    ]);
    expect(stored.map((name) => files.get(name)?.toString())).toEqual(['Filed file 0', 'Filed file 1', 'Filed file 2']);
  });

  it('tells of a file whose bytes are gone, and holds the rest', async () => {
    const { subject, files: ids } = await person(ada, 'Gone');
    await test.app.app.get(FileStore).remove(ada.workspaceId, ids[0] ?? '');
    const files = unzip(await exports.fetched((await exports.link(ada, subject)).url));
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toHaveLength(2);
    expect(files.get('index.html')?.toString()).toContain('Not there any more');
  });

  it('is a page in which hostile words are words, and a table in which they are no formulas', async () => {
    const { subject } = await person(ada, hostile);
    const files = unzip(await exports.fetched((await exports.link(ada, subject)).url));
    const page = files.get('index.html')?.toString() ?? '';
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<img|<script|<iframe|<link|<[^>]*\son\w+=|(?:src|href)="(?!#|data\/|files\/)/);
    expect(page).toContain("default-src 'none'");
    for (const name of ['messages', 'contacts', 'drafts']) {
      const lines = (files.get(`data/${name}.csv`)?.toString() ?? '').split('\r\n');
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(line).not.toMatch(/(^|,)"?\s*[=+\-@]/);
    }
    expect(files.get('data/messages.csv')?.toString()).toContain(`"'${formula}"`);
    expect(files.get('data/contacts.csv')?.toString()).toContain(`"'+905551112233"`);
  });

  it('is in the language that was asked for', async () => {
    const { subject } = await person(ada, 'Dil');
    const page = async (language: 'en' | 'tr') =>
      unzip(await exports.fetched((await exports.link(ada, subject, language)).url))
        .get('index.html')
        ?.toString() ?? '';
    expect(await page('tr')).toMatch(/<html lang="tr">[^]*Görüşmeler[^]*Haklarınız/);
    expect(await page('en')).toMatch(/<html lang="en">[^]*Conversations[^]*Your rights/);
  });
});
