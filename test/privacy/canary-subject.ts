import { randomBytes } from 'node:crypto';
import { ChannelKind, type RoutedItem } from '../../src/channels/index.js';
import { ReceiveMessages } from '../../src/conversations/inbound/receive-messages.js';
import { chatReply } from '../../src/conversations/widget/mails/chat-reply.mail.js';
import { AuditLog } from '../../src/platform/audit/index.js';
import { Workspaces, newId, sql } from '../../src/platform/database/index.js';
import { sealBody } from '../../src/platform/deliveries/intake.js';
import { FileStore } from '../../src/platform/files/index.js';
import { Mails } from '../../src/platform/mail/index.js';
import { KeyRing } from '../../src/platform/secrets/index.js';
import type { InboxUnderTest, TestInbox } from '../support/inbox.js';

/** A WhatsApp message as a delivery has it. */
export function whatsAppItem(
  channelId: string,
  from: string,
  id: string,
  more: { readonly body?: string; readonly name?: string; readonly at?: Date } = {},
): RoutedItem {
  const timestamp = String(Math.floor((more.at ?? new Date()).getTime() / 1_000));
  const value = {
    messaging_product: 'whatsapp',
    contacts: [{ profile: { name: more.name ?? 'Ayşe' }, wa_id: from }],
    messages: [{ from, id, timestamp, type: 'text', text: { body: more.body ?? id } }],
  };
  const payload = {
    object: 'whatsapp_business_account',
    entry: [{ id: '77', changes: [{ field: 'messages', value }] }],
  };
  return { deliveryId: newId(), receivedAt: new Date(), channelId, kind: ChannelKind.WHATSAPP, payload };
}

/** Somebody of whom every part of the product holds something, in words that are found nowhere else. */
export class CanarySubject {
  /** Everything that is theirs, each of it unique, most of it with letters that are escaped somewhere. */
  readonly words: string[] = [];
  readonly phone = `90555${String(randomBytes(4).readUInt32BE()).padStart(10, '0')}`;
  readonly otherPhone = `90544${String(randomBytes(4).readUInt32BE()).padStart(10, '0')}`;
  /** When they wrote, as the platform says. */
  private readonly writtenAt = new Date();
  contactId = '';
  otherId = '';
  conversationId = '';
  readonly externalIds: string[] = [];
  readonly files: string[] = [];

  private constructor(
    private readonly under: InboxUnderTest,
    private readonly inbox: TestInbox,
  ) {
    this.words.push(this.phone, this.otherPhone);
  }

  static async plant(under: InboxUnderTest, inbox: TestInbox): Promise<CanarySubject> {
    const subject = new CanarySubject(under, inbox);
    await subject.write();
    await subject.merge();
    await subject.conversationRows();
    await subject.triedCase();
    await subject.unansweredQuestion();
    await subject.toldSystem();
    await subject.contactRows();
    await subject.notedElsewhere();
    return subject;
  }

  /** A word of theirs; with `ş/` in it, so that JSON, addresses and both orders of UTF-16 write it differently. */
  word(what: string): string {
    const word = `${what}ş/${[...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 16))).join('')}`;
    this.words.push(word);
    return word;
  }

  /** The same of letters alone, for what has a form of its own. */
  private plain(what: string): string {
    const word = `${what}${[...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 16))).join('')}`;
    this.words.push(word);
    return word;
  }

  /** The deliveries that they came in, as they may come again. */
  deliveries(at = this.writtenAt): RoutedItem[] {
    return this.externalIds.map((id, index) =>
      whatsAppItem(this.inbox.channelId, index === 2 ? this.otherPhone : this.phone, id, {
        body: `again ${id}`,
        at,
      }),
    );
  }

  receive(items: readonly RoutedItem[]): Promise<unknown> {
    return this.under.app.app.get(ReceiveMessages).apply(new Map([[this.inbox.workspaceId, items]]));
  }

  private async write(): Promise<void> {
    const { channelId } = this.inbox;
    for (const [index, from] of [this.phone, this.phone, this.otherPhone].entries()) {
      const id = `wamid.${this.plain('mid')}`;
      this.externalIds.push(id);
      const more = { body: this.word('said'), ...(index === 0 && { name: this.word('name') }) };
      await this.receive([whatsAppItem(channelId, from, id, more)]);
    }
    const of = async (phone: string) =>
      (
        await this.under.admin.query<{ contact_id: string; id: string }>(
          `select i.contact_id, c.id from contact_identities i
             join conversations c on c.workspace_id = i.workspace_id and c.contact_id = i.contact_id
            where i.external_id = $1`,
          [phone],
        )
      ).rows[0];
    const [own, other] = [await of(this.phone), await of(this.otherPhone)];
    this.contactId = own?.contact_id ?? '';
    this.conversationId = own?.id ?? '';
    this.otherId = other?.contact_id ?? '';
  }

  private async merge(): Promise<void> {
    await this.under.admin.query(
      `update contacts set name = $2, emails = $3, phones = $4, tags = $5, custom_fields = $6, avatar_url = $7 where id = $1`,
      [
        this.otherId,
        this.word('merged'),
        [`${this.plain('mail')}@example.com`],
        [`+${this.otherPhone}`],
        [this.word('tag')],
        JSON.stringify({ [this.word('field')]: this.word('value') }),
        `https://example.com/${this.word('avatar')}`,
      ],
    );
    await this.inbox.client.ask(
      'mutation ($keep: ID!, $merge: [ID!]!) { mergeContacts(keepId: $keep, mergeIds: $merge) { id } }',
      { keep: this.contactId, merge: [this.otherId] },
    );
  }

  private async conversationRows(): Promise<void> {
    const { under, inbox, conversationId } = this;
    const { workspaceId, channelId, member } = inbox;
    const insert = (table: string, columns: Record<string, unknown>) => under.insert(table, workspaceId, columns);
    const bare = async (table: string, columns: Record<string, unknown>) => {
      const row = { workspace_id: workspaceId, ...columns };
      const places = Object.keys(row).map((_, index) => `$${String(index + 1)}`);
      await under.admin.query(
        `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
        Object.values(row),
      );
    };
    await under.admin.query(`update conversations set subject = $2, tags = $3 where id = $1`, [
      conversationId,
      this.word('subject'),
      [this.word('label')],
    ]);
    const external = `wamid.${this.plain('answer')}`;
    const answer = await under.message(inbox, conversationId, {
      direction: 'OUTBOUND',
      author: 'MEMBER',
      member_id: member.memberId,
      status: 'SENT',
      text: this.word('answered'),
      external_id: external,
      error: this.word('trouble'),
      content: JSON.stringify({
        html: this.word('html'),
        contactCards: [{ name: this.word('card'), phones: [], emails: [] }],
      }),
    });
    const note = await under.message(inbox, conversationId, {
      direction: 'NOTE',
      author: 'MEMBER',
      member_id: member.memberId,
      text: this.word('note'),
    });
    const waiting = await under.message(inbox, conversationId, {
      direction: 'OUTBOUND',
      author: 'MEMBER',
      member_id: member.memberId,
      status: 'QUEUED',
      text: this.word('queued'),
    });
    await under.admin.query(
      `insert into due (kind, workspace_id, row_id, due_at) values ('deliver-messages', $1, $2, now() + interval '1 hour')`,
      [workspaceId, waiting],
    );
    await bare('mentions', { message_id: note, member_id: member.memberId, conversation_id: conversationId });
    await insert('send_attempts', { message_id: answer, number: 1, outcome: 'refused', error: this.word('attempt') });
    for (const name of ['photo', 'bill']) await this.file(answer, name);
    await bare('reactions', {
      channel_id: channelId,
      message_external_id: external,
      actor: this.word('actor'),
      by: 'CONTACT',
      emoji: '👍',
      at: new Date(),
    });
    for (const about of [external, `person ${this.phone}`])
      await bare('early_signals', {
        channel_id: channelId,
        message_external_id: about,
        kind: 'edit',
        at: new Date(),
        value: JSON.stringify({ text: this.word('edited') }),
      });
    await bare('composer_drafts', {
      member_id: member.memberId,
      conversation_id: conversationId,
      text: this.word('composed'),
    });
    const drafted = await this.storedFile('draft');
    await bare('composer_draft_files', {
      member_id: member.memberId,
      conversation_id: conversationId,
      position: 0,
      file_id: drafted,
    });
    await bare('notifications', {
      member_id: member.memberId,
      way: 'MAIL',
      kind: 'ASSIGNED',
      count: 1,
      conversation_id: conversationId,
    });
    const run = await insert('ai_runs', {
      purpose: 'DRAFT',
      provider: 'openai',
      model: 'gpt',
      conversation_id: conversationId,
      request: JSON.stringify({ messages: [this.word('prompt')] }),
      response: this.word('response'),
      outcome: 'PROPOSED',
      error: this.word('failure'),
      prompt_version: '1',
      masked: [this.word('masked')],
      cut: JSON.stringify([{ sentence: this.word('sentence'), why: 'UNSUPPORTED' }]),
    });
    const draft = await insert('drafts', {
      conversation_id: conversationId,
      run_id: run,
      text: this.word('drafted'),
      status: 'PROPOSED',
      instruction: this.word('instruction'),
    });
    await bare('draft_sources', {
      draft_id: draft,
      position: 0,
      knowledge_id: newId(),
      title: this.word('title'),
      passage: this.word('passage'),
      score: 1,
    });
  }

  /** A case to try a bot with that was taken from their conversation, and what a bot answered to it. */
  private async triedCase(): Promise<void> {
    const { under, conversationId } = this;
    const { workspaceId } = this.inbox;
    const insert = (table: string, columns: Record<string, unknown>) => under.insert(table, workspaceId, columns);
    const bot = await insert('bots', {
      name: 'Ada',
      mode: 'OFF',
      lead_mode: 'OFF',
      temperature: 0,
      max_replies_per_conversation: 1,
    });
    const set = await insert('evaluation_sets', { name: 'Taken' });
    await insert('evaluation_cases', {
      set_id: set,
      question: this.word('asked'),
      expected: this.word('expected'),
      conversation_id: conversationId,
    });
    const evaluation = await insert('evaluations', {
      bot_id: bot,
      status: 'DONE',
      instructions: '',
      prompt_version: '1',
      settings: randomBytes(32),
      most_cents: 1,
    });
    await under.admin.query(
      `insert into evaluation_results (workspace_id, evaluation_id, position, question, expected, conversation_id, answer) values ($1, $2, 1, $3, $4, $5, $6)`,
      [workspaceId, evaluation, this.word('tried'), this.word('wanted'), conversationId, this.word('answerTo')],
    );
  }

  /** What they asked and nothing answered; somebody else asked the same. */
  private async unansweredQuestion(): Promise<void> {
    const insert = (table: string, columns: Record<string, unknown>) =>
      this.under.insert(table, this.inbox.workspaceId, columns);
    const question = await insert('unanswered_questions', { status: 'OPEN' });
    await insert('question_askings', {
      question_id: question,
      conversation_id: this.conversationId,
      message_id: newId(),
      text: this.word('wondered'),
      stems: [this.word('stem')],
    });
  }

  /** That they wrote, as a system of the business was told of it. */
  private async toldSystem(): Promise<void> {
    const insert = (table: string, columns: Record<string, unknown>) =>
      this.under.insert(table, this.inbox.workspaceId, columns);
    const endpoint = await insert('webhook_endpoints', {
      url: 'https://hooks.example.org/',
      events: ['message.received'],
      disabled_because: 'MEMBER',
      secret: Buffer.from('sealed'),
    });
    await insert('webhook_deliveries', {
      endpoint_id: endpoint,
      event: 'message.received',
      conversation_id: this.conversationId,
      status: 'DELIVERED',
      next_attempt_at: null,
    });
  }

  private async contactRows(): Promise<void> {
    const { under, contactId, inbox } = this;
    const { workspaceId, channelId, member } = inbox;
    await under.insert('contact_notes', workspaceId, { contact_id: contactId, text: this.word('about') });
    const lead = await under.insert('leads', workspaceId, {
      contact_id: contactId,
      original_contact_id: contactId,
      source: 'LEAD_AD',
      external_id: this.plain('leadgen'),
      name: this.word('leadName'),
      email: `${this.plain('leadMail')}@example.com`,
      company: this.word('company'),
      message: this.word('leadMessage'),
      fields: JSON.stringify({ [this.word('question')]: this.word('answer') }),
      consents: JSON.stringify([{ text: this.word('agreed'), given: true }]),
      tags: [this.word('leadTag')],
    });
    await under.insert('lead_activities', workspaceId, { lead_id: lead, kind: 'NOTE', text: this.word('leadNote') });
    await under.insert('lead_reminders', workspaceId, {
      lead_id: lead,
      member_id: member.memberId,
      due_at: new Date(Date.now() + 3_600_000),
      text: this.word('leadReminder'),
    });
    const address = this.plain('visitor');
    await under.identity(workspaceId, {
      channel_id: channelId,
      contact_id: contactId,
      external_id: address,
      handle: this.word('handle'),
    });
    await under.insert('visitors', workspaceId, {
      channel_id: channelId,
      token_hash: randomBytes(32),
      address,
      name: this.word('visitorName'),
      email: `${this.plain('visitorMail')}@example.com`,
      origin: 'https://shop.example.com',
    });
    await under.insert('saved_views', workspaceId, {
      member_id: member.memberId,
      name: 'One customer',
      filter: JSON.stringify({ search: this.phone }),
      sorting: 'LAST_ACTIVITY',
    });
    await under.insert('contact_proposals', workspaceId, {
      contact_id: contactId,
      conversation_id: this.conversationId,
      message_id: newId(),
      kind: 'NAME',
      value: this.word('proposed'),
    });
    await under.insert('contact_segments', workspaceId, {
      name: 'Whoever has this number',
      filter: JSON.stringify({ fields: [{ key: 'Phone', comparison: 'IS', value: this.phone }] }),
    });
    await under.insert('contact_segments', workspaceId, { name: 'Everybody', filter: '{}' });
    await under.insert('saved_views', workspaceId, { name: 'Other', filter: '{}', sorting: 'LAST_ACTIVITY' });
  }

  /** What stands in no row of theirs: the audit log, mails on their way, and parts of deliveries that were set aside. */
  private async notedElsewhere(): Promise<void> {
    const { under, inbox, contactId, conversationId } = this;
    const { app } = under.app;
    const { workspaceId, member } = inbox;
    await app.get(Workspaces).run(workspaceId, async (tx) => {
      for (const target of [contactId, conversationId])
        app
          .get(AuditLog)
          .record(tx, { actor: member, action: 'contact.block', target, detail: { word: this.word('audited') } });
      app.get(AuditLog).record(tx, {
        actor: 'system',
        action: 'bot.delete',
        target: newId(),
        origin: { ip: '203.0.113.5' },
        detail: { contactId },
      });
      await app.get(Mails).queue(tx, {
        to: `${this.plain('to')}@example.com`,
        template: chatReply,
        locale: 'en',
        values: { workspace: 'Shop', replies: `Dear ${this.phone}`, site: '' },
        workspaceId,
      });
      await tx.execute(sql`update due set due_at = now() + interval '1 day' where kind = 'send-mail'`);
    });
    const ring = app.get(KeyRing);
    const aside = async (text: string, ours: boolean) => {
      const id = newId();
      const body = sealBody(ring.derive('deliveries'), ring.currentId, { id, body: Buffer.from(text) });
      await under.admin.query(
        `insert into deliveries (id, provider, body, workspace_id, set_aside_at, reason, attempts) values ($1, 'meta', $2, $3, now(), 'broken', 1)`,
        [id, body, ours ? workspaceId : null],
      );
      return id;
    };
    this.aside.theirs.push(await aside(JSON.stringify({ from: this.phone, text: 'x' }), true));
    this.aside.others.push(await aside(JSON.stringify({ from: `${this.phone}1`, text: 'x' }), true));
    this.aside.others.push(await aside(JSON.stringify({ from: this.phone, account: 'another' }), false));
  }

  /** Deliveries that were set aside: those that go with them, and those that are somebody else's. */
  readonly aside = { theirs: [] as string[], others: [] as string[] };

  private async file(messageId: string, name: string): Promise<void> {
    const fileId = await this.storedFile(name);
    await this.under.insert('attachments', this.inbox.workspaceId, {
      message_id: messageId,
      position: this.files.length,
      kind: 'FILE',
      status: 'READY',
      name: this.word('named'),
      file_id: fileId,
      url: `https://example.com/${this.word('shared')}`,
    });
  }

  private async storedFile(name: string): Promise<string> {
    const { workspaceId } = this.inbox;
    const store = this.under.app.app.get(FileStore);
    const file = await store.write(workspaceId, Buffer.from(this.word(name)), `${this.plain('fileName')}.txt`, {
      contentType: 'text/plain',
      thumbnail: Buffer.from(this.word('thumbnail')),
    });
    await this.under.app.app.get(Workspaces).run(workspaceId, (tx) => store.register(tx, file));
    this.files.push(file.id);
    return file.id;
  }
}
