import { type MachineReplies, MessageAuthor, MessageDirection } from '../../conversations/index.js';
import type { BotRow } from '../bots/bot.row.js';
import { sameStem, stemOf, wordsOf } from '../knowledge/fold-text.js';
import type { FoundPassage } from '../knowledge/search-passages.js';
import { runSentence, runWords } from '../drafting/run-words.js';
import type { Proposal } from '../drafting/compose-draft.js';
import type { SpokenThread, ThreadMessage } from '../drafting/thread.js';
import { asksForPerson, isAngry, namesKeyword, saysTheSame } from './customer-words.js';

/** Why a machine yields a conversation. */
export interface Handoff {
  /** In words, for members and for the record. */
  readonly words: string;
  /** Nobody is told at the other end: a machine would only answer that. */
  readonly silent: boolean;
}

/** Answers within a few minutes that no person could have asked for. */
export const mostLately = 8;
/** How often somebody may say the very same before it is taken for a machine. */
const mostRepeats = 3;

const spoken = (words: string): Handoff => ({ words, silent: false });
const silent = (words: string): Handoff => ({ words, silent: true });

/** What speaks against an answer before one is looked for; null where nothing does. */
export function handoffBefore(
  thread: Pick<SpokenThread, 'messages'>,
  bot: BotRow,
  replies: MachineReplies,
  overBudget: 'day' | 'month' | null,
): Handoff | null {
  const open = unanswered(thread);
  const words = open.map(({ text }) => text ?? '').join('\n');
  if (open.some(({ automatic }) => automatic) || isLoop(thread, open) || replies.lately >= mostLately)
    return silent(runWords.HANDOFF_MACHINE);
  if (asksForPerson(words) || open.some(({ text }) => asksForPerson(text ?? ''))) return spoken(runWords.HANDOFF_ASKED);
  if (namesKeyword(words, bot.handoffKeywords)) return spoken(runWords.HANDOFF_KEYWORD);
  if (isAngry(words)) return spoken(runWords.HANDOFF_ANGRY);
  if (open.some(isWordless)) return spoken(runWords.HANDOFF_WORDLESS);
  if (replies.sinceMember >= bot.maxRepliesPerConversation) return spoken(runWords.HANDOFF_REPLIES);
  if (overBudget === 'day') return spoken(runWords.HANDOFF_DAY);
  if (overBudget === 'month') return spoken(runWords.HANDOFF_MONTH);
  return null;
}

/** What speaks against the answer that was found; null where nothing does. */
export function handoffAfter(question: string, bot: BotRow, proposal: Proposal): Handoff | null {
  const least = bot.minConfidence;
  if (least !== null && (proposal.confidence === null || proposal.confidence < least))
    return spoken(runSentence('UNSURE', { had: String(proposal.confidence ?? 0), wanted: String(least) }));
  return isWithinTopics(question, bot.topics, proposal.sources) ? null : spoken(runWords.HANDOFF_TOPIC);
}

/** What the customer wrote since anybody answered, the oldest first; notices answer nothing. */
function unanswered({ messages }: Pick<SpokenThread, 'messages'>): ThreadMessage[] {
  const said = messages.filter(({ author }) => author !== MessageAuthor.SYSTEM);
  const last = said.findLastIndex(({ direction }) => direction !== MessageDirection.INBOUND);
  return said.slice(last + 1);
}

/** Our own words come back, or the same is said again and again, whatever is answered. */
function isLoop({ messages }: Pick<SpokenThread, 'messages'>, open: readonly ThreadMessage[]): boolean {
  const ours = messages.filter(({ direction }) => direction === MessageDirection.OUTBOUND);
  const theirs = messages.filter(({ direction }) => direction === MessageDirection.INBOUND);
  return open.some(({ text }) => {
    if (text === null || wordsOf(text).length === 0) return false;
    const echoed = wordsOf(text).length >= 4 && ours.some((message) => saysTheSame(message.text ?? '', text));
    const repeats = theirs.filter((message) => saysTheSame(message.text ?? '', text)).length;
    return echoed || (repeats >= mostRepeats && ours.length >= mostRepeats - 1);
  });
}

/** A picture, a voice, a file: what it asks no machine here can tell. A sticker asks nothing. */
function isWordless({ text, kind }: ThreadMessage): boolean {
  return (text ?? '').trim() === '' && !['TEXT', 'STICKER', 'UNSUPPORTED'].includes(kind);
}

/** Whether a question, or what answers it, speaks of one of the topics. */
function isWithinTopics(question: string, topics: readonly string[], sources: readonly FoundPassage[]): boolean {
  if (topics.length === 0) return true;
  const spokenOf = [question, ...sources.flatMap(({ title, heading, question: asked }) => [title, heading, asked])];
  const stems = spokenOf.flatMap((text) => wordsOf(text ?? '')).map(stemOf);
  return topics.some((topic) => {
    const wanted = wordsOf(topic).map(stemOf);
    return wanted.length > 0 && wanted.every((one) => stems.some((other) => sameStem(one, other)));
  });
}
