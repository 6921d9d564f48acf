import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type LiveEvent, seqOfCursor } from '../../platform/live/index.js';
import { Erased, MessageAdded, MessageChanged } from '../live-events.type.js';
import { type VisitorMessage, VisitorThreads, isVisible } from './visitor-thread.js';

/** What happened in a thread, for all who watch it from outside. */
export interface ThreadEvent {
  readonly seq: number;
  readonly what:
    | { readonly name: 'message' | 'message-changed'; readonly message: VisitorMessage }
    | { readonly name: 'erased'; readonly messageIds: readonly string[]; readonly all: boolean }
    | null;
  /** Up to when it was not delivered before. */
  readonly unseen: Date | null;
}

/** Makes what visitors are shown of the events of the inbox. */
@Injectable()
export class ThreadEvents {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly threads: VisitorThreads,
  ) {}

  /** The event as a visitor may see it; nothing of it where they may not. */
  async of(workspaceId: string, conversationId: string, event: LiveEvent): Promise<ThreadEvent> {
    const seq = seqOfCursor(event.cursor) ?? 0;
    if (event instanceof Erased) return { seq, what: erasedOf(conversationId, event), unseen: null };
    const message = event instanceof MessageAdded || event instanceof MessageChanged ? event.message : null;
    if (message === null || message.conversationId !== conversationId || !isVisible(message))
      return { seq, what: null, unseen: null };
    const { views, unseen } = await this.workspaces.read(workspaceId, (tx) => this.threads.viewsOf(tx, [message]));
    const [view] = views;
    if (view === undefined) return { seq, what: null, unseen: null };
    // An answer is in the inbox before it has left; for its visitor it begins when it has.
    const isNew = event instanceof MessageAdded || unseen !== null;
    return { seq, what: { name: isNew ? 'message' : 'message-changed', message: view }, unseen };
  }
}

function erasedOf(conversationId: string, { type, ids, conversationId: where }: Erased): ThreadEvent['what'] {
  if (type === 'Conversation' && ids.includes(conversationId)) return { name: 'erased', messageIds: [], all: true };
  return type === 'Message' && where === conversationId ? { name: 'erased', messageIds: ids, all: false } : null;
}
