import { type ConversationThreads, MessageAuthor, MessageDirection } from '../../conversations/index.js';

/** A conversation as drafting sees it: its last messages, the oldest first, and what forbids a machine to work on it. */
export type Thread = NonNullable<Awaited<ReturnType<ConversationThreads['thread']>>>;

/** What was said, and by whom: as much of a conversation as an answer needs. */
export interface SpokenThread {
  readonly contact: Pick<Thread['contact'], 'name'>;
  readonly messages: readonly ThreadMessage[];
}
export type ThreadMessage = Thread['messages'][number];

/** What the customer wrote and nobody has answered yet, the newest first; at most three messages. */
export function openQuestions(thread: Thread): ThreadMessage[] {
  const open: ThreadMessage[] = [];
  for (const message of thread.messages.toReversed()) {
    if (isNotice(message)) continue;
    if (message.direction !== MessageDirection.INBOUND) break;
    if (hasWords(message)) open.push(message);
  }
  return open.slice(0, 3);
}

/** The customer's last words, answered or not. */
export function lastQuestion(thread: Thread): ThreadMessage | null {
  return (
    thread.messages.findLast((message) => message.direction === MessageDirection.INBOUND && hasWords(message)) ?? null
  );
}

/** The last message of either side; a notice that nobody is there answers nothing. */
export function lastSaid(thread: Thread): ThreadMessage | null {
  return thread.messages.findLast((message) => !isNotice(message)) ?? null;
}

function isNotice({ author }: ThreadMessage): boolean {
  return author === MessageAuthor.SYSTEM;
}

function hasWords(message: ThreadMessage): boolean {
  return (message.text ?? '').trim() !== '';
}
