/** What a value is good for: counts, bytes, ratios and processor time hold on any machine; times and rates on a quiet one. */
type Holds = 'count' | 'ratio' | 'processor time' | 'time';

/** One goal of the product: what may not be fallen under, and what is asked for. */
export interface Goal {
  readonly what: string;
  readonly unit: string;
  readonly floor: number;
  readonly target: number;
  /** Whether a larger value is the better one. */
  readonly more: boolean;
  readonly holds: Holds;
}

const less = (what: string, unit: string, floor: number, target: number, holds: Holds): Goal => ({
  what,
  unit,
  floor,
  target,
  more: false,
  holds,
});
const more = (what: string, unit: string, floor: number, target: number, holds: Holds): Goal => ({
  ...less(what, unit, floor, target, holds),
  more: true,
});

/** Every goal that a bench measures, by its number. */
export const goals = {
  '1': more('inbound messages/s end to end ÷ the batched Postgres ceiling', '%', 15, 30, 'ratio'),
  '2': less('processor time per inbound message, Node + Postgres', 'ms', 1.2, 0.5, 'processor time'),
  '3': less('statements per inbound message, 500 waiting, one workspace', '', 0.2, 0.05, 'count'),
  '3s': less('statements per inbound message, 500 waiting in 500 workspaces', '', 4, 1.5, 'count'),
  '4': less('webhook acknowledged, durable, p99 at 1,000/s', 'ms', 50, 15, 'time'),
  '4b': more('webhooks acknowledged, durable, at saturation', '/s', 2_000, 3_300, 'time'),
  '5': less('webhook sent → subscription received, p95 at 1,000/s, 1,000 subscribers', 'ms', 150, 30, 'time'),
  '6': less('inbox page, buffers at 10M ÷ at 1M messages', '×', 1.5, 1.2, 'count'),
  '6p': less('inbox page, p95 under row security at 10M messages', 'ms', 3, 1, 'time'),
  '6b': less('statements per inbox request, any page size', '', 6, 4, 'count'),
  '6c': more('inbox pages/s through GraphQL ÷ a bare handler with the same SQL', '%', 40, 65, 'ratio'),
  '7': more('ingest with row security ÷ without', '×', 0.75, 0.9, 'ratio'),
  '7i': more('inbox page with row security ÷ without', '×', 0.75, 0.9, 'ratio'),
  '8': less('memory per idle subscription at 5,000', 'KiB', 20, 10, 'count'),
  '8b': less('one event to 1,000 subscribers, last 1 % ÷ bare broadcast', '×', 3, 1.2, 'ratio'),
  '9': less('start of the API to its first answer', 's', 5, 2.5, 'time'),
  '9m': less('memory of the idle API', 'MB', 300, 200, 'count'),
  '10': less('chat widget on the host page, gzip', 'KB', 3, 2.5, 'count'),
  '10a': less('chat widget, whole, gzip', 'KB', 24, 18, 'count'),
  '10r': less('chat widget, requests until somebody comes near', '', 1, 1, 'count'),
  '10b': less('chat widget, bytes on the line until then', 'KB', 4, 3.5, 'count'),
  '10s': less('chat widget, layout shift of the page', '', 0, 0, 'count'),
  '10l': less('chat widget, tasks that it makes longer than 50 ms at a quarter of the speed', '', 0, 0, 'time'),
  '12': less('a workspace of 1M messages is erased, in committed batches', 's', 60, 15, 'time'),
  '12n': less('meanwhile: another workspace’s inbox page, p95 ÷ quiet', '×', 3, 1.5, 'ratio'),
  '13': less('knowledge retrieval, p95, 1,000 passages', 'ms', 20, 5, 'time'),
  '13l': less('knowledge retrieval, p95, 20,000 passages', 'ms', 60, 20, 'time'),
  '13h': less('knowledge retrieval, p95, 50,000 passages', 'ms', 150, 60, 'time'),
  '13b': less("our share of the time to a draft's first word, p95", 'ms', 100, 40, 'time'),
  Qa: more('questions of a shop’s customers answered from the right passage, no model', '%', 70, 85, 'ratio'),
  Qu: more('questions that nothing in the knowledge answers: left alone, no model', '%', 90, 97, 'ratio'),
  Qha: more('the same for a shop whose questions were never tuned on: answered', '%', 70, 85, 'ratio'),
  Qhu: more('the same for a shop whose questions were never tuned on: left alone', '%', 90, 97, 'ratio'),
  G5: less('search of messages, p95, 100,000 of 1,000,000 in the workspace', 'ms', 50, 50, 'time'),
  S9: less('a page of a segment, p95, 1,000,000 contacts', 'ms', 100, 30, 'time'),
  S9c: less('how many are in a segment, p95, 1,000,000 contacts', 'ms', 3_000, 1_000, 'time'),
  I9: more('leads read out of files a second, 1,000,000 in ten files', '/s', 500, 1_500, 'time'),
  I9u: more('the same files again: rows that change what is there, a second', '/s', 500, 1_500, 'time'),
  I9d: less('people of those files without a lead, or with two, after both times', '', 0, 0, 'count'),
  I9m: less('memory of the server, ten files of 100,000 leads ÷ one', '×', 2, 1.5, 'count'),
  E9: more('leads written into a file a second, 1,000,000', '/s', 5_000, 10_000, 'time'),
  E9f: less('first byte of a file of 1,000,000 leads', 's', 10, 5, 'time'),
  E9m: less('memory of the server, a file of 1,000,000 leads ÷ of 100,000', '×', 1.5, 1.2, 'count'),
  G20b: less('a backup of 1,000,000 messages', 's', 300, 60, 'time'),
  G20m: less('memory of a backup, ten times the messages ÷ once', '×', 1.5, 1.2, 'count'),
  G20r: less('1,000,000 messages restored elsewhere, until the server answers', 's', 600, 300, 'time'),
  '14': less('one workspace at 10 times its share: others’ p95 ÷ quiet', '×', 3, 1.5, 'ratio'),
  '14h': less('one workspace at 100 times its share: others’ p95 ÷ quiet', '×', 3, 2, 'ratio'),
  '15': less('bytes per message, indexes included', 'bytes', 550, 450, 'count'),
  '15c': less('bytes of a conversation after 20 messages ÷ fresh', '×', 2.5, 1.5, 'count'),
  '16': less('messages lost or doubled, sent twice, out of order, killed midway', '', 0, 0, 'count'),
  '17': less('others’ p99 during 50 sign-ins a second', 'ms', 250, 100, 'time'),
  '20c': less('inbox of 10,000: a conversation seen before stands there, p95', 'ms', 100, 50, 'time'),
  '20u': less('inbox of 10,000: a conversation not seen before stands there, p95', 'ms', 300, 150, 'time'),
  '20b': less('frames until a sent message stands in the thread', '', 1, 1, 'count'),
  '20p': less('command palette opens, p95', 'ms', 50, 50, 'time'),
  '20r': less('saved replies, 5,000 of them, are found, p95', 'ms', 50, 50, 'time'),
  '20i': less('interaction to next paint, a session of work, p98', 'ms', 200, 100, 'time'),
  '20f': less('frames over 33 ms while scrolling through 10,000 rows', '%', 5, 1, 'time'),
} as const satisfies Record<string, Goal>;

export type GoalNumber = keyof typeof goals;

export type Verdict = 'target' | 'floor' | 'missed';

/** How a value stands to its goal. */
export function verdictOf(goal: Goal, value: number): Verdict {
  const reaches = (bound: number) => (goal.more ? value >= bound : value <= bound);
  // What is not a number reaches nothing.
  if (reaches(goal.target)) return 'target';
  return reaches(goal.floor) ? 'floor' : 'missed';
}
