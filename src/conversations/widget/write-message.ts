import { Injectable } from '@nestjs/common';
import { WidgetAsk } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, cleanInput, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { isExternalMessage } from '../external-message.js';
import { UploadRefs } from './upload-refs.js';
import { describeContact } from './visitor-contact.js';
import { VisitorSignals } from './visitor-signals.js';
import { type VisitorMessage, VisitorThreads } from './visitor-thread.js';
import type { PresentVisitor } from './visitors.js';
import type { MessageInput } from './widget-input.js';
import { WidgetLimits } from './widget-limits.js';

interface Written {
  readonly conversationId: string;
  readonly message: VisitorMessage;
}

/** A visitor writes. The same idempotency key gives the first message again, however often it is sent. */
@Injectable()
export class WriteMessage {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: VisitorThreads,
    private readonly uploads: UploadRefs,
    private readonly signals: VisitorSignals,
    private readonly limits: WidgetLimits,
    private readonly feed: LiveFeed,
  ) {}

  async run(present: PresentVisitor, ip: string, input: MessageInput): Promise<Written> {
    const { chat, visitor } = present;
    const text = cleanInput(input.text ?? '');
    const ids = [...new Set(input.attachmentIds ?? [])];
    if (text === '' && ids.length === 0) throw badInput('text', 'Write something first.');
    const doer = { channelId: chat.channelId, ip, visitorId: visitor.id };
    await this.limits.count('write', doer);
    const { thread, files } = await this.workspaces.read(chat.workspaceId, async (tx) => ({
      thread: await this.threads.of(tx, chat, visitor),
      files: await this.uploads.find(tx, visitor.id, ids),
    }));
    if (thread?.blocked === true) return this.refuse(present, thread.contactId);
    if ((thread?.conversationId ?? null) === null) {
      requireAnswers(present);
      await this.limits.count('begin', doer);
    }
    const externalId = `${visitor.id}:${input.idempotencyKey}`;
    await this.signals.apply(present, {
      type: 'message',
      externalId,
      text: text === '' ? null : text,
      uploads: files.map(({ id, name, contentType }) => ({ fileId: id, name, contentType })),
    });
    return this.workspaces.run(chat.workspaceId, async (tx) => {
      if (thread === null) await describeContact(tx, this.feed, chat.channelId, visitor);
      return this.find(tx, present, externalId);
    });
  }

  /** Of what a blocked contact writes only the count is kept. */
  private async refuse({ chat }: PresentVisitor, contactId: string): Promise<never> {
    await this.workspaces.run(chat.workspaceId, (tx) =>
      tx.execute(sql`
        update contacts set refused_messages = refused_messages + 1 where workspace_id = ${tx.workspaceId} and id = ${contactId}`),
    );
    throw closed();
  }

  private async find(tx: WorkspaceTransaction, { chat }: PresentVisitor, externalId: string): Promise<Written> {
    const stored = await tx.first<{ id: string; conversationId: string }>(sql`
      select id, conversation_id as "conversationId" from messages where ${isExternalMessage(tx.workspaceId, chat.channelId, externalId)}`);
    const { views } =
      stored === null ? { views: [] } : await this.threads.named(tx, stored.conversationId, [stored.id]);
    const [message] = views;
    // Blocked, or forgotten, in this very moment.
    if (stored === null || message === undefined) throw closed();
    return { conversationId: stored.conversationId, message };
  }
}

/** What the chat wants to know before anybody begins. Of whom the site has proved it knows more than they would say. */
function requireAnswers({ chat, visitor }: PresentVisitor): void {
  const { askName, askEmail } = chat.settings;
  if (visitor.proven) return;
  if (askName === WidgetAsk.REQUIRED && visitor.name === null)
    throw badInput('identity.name', 'This chat asks for a name first: open the session with one.');
  if (askEmail === WidgetAsk.REQUIRED && visitor.email === null)
    throw badInput('identity.email', 'This chat asks for an e-mail address first: open the session with one.');
}

function closed(): DomainError {
  return new DomainError(ErrorCode.FORBIDDEN, 'This chat takes no more messages from here.');
}
