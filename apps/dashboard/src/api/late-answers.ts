import type { Exchange, Operation, OperationResult } from 'urql';
import { filter, fromArray, mergeMap, pipe, share, tap } from 'wonka';

/** Marks news that the screens have had already. */
const repeated = 'repeated';

/**
 * Keeps a late answer from hiding what the live feed told meanwhile. The cache takes the answer to a question for the newer
 * word, though it may have been read before the news that overtook it: so the news is told to the cache once more behind the
 * answer, and to the cache alone. The last of it says how things stand, whatever the answer said.
 *
 * What is changed twice in a row is told of twice, and the first news may come before the second answer: it is not told again,
 * or what was moved on would go back to where it was between.
 */
export function withLateAnswers(cache: Exchange): Exchange {
  return (input) => {
    const { forward } = input;
    /** News since the oldest question that waits, and how much had come when each was asked. */
    let news: OperationResult[] = [];
    let dropped = 0;
    const asked = new Map<number, number>();
    /** Changes that wait: the cache writes those that it showed ahead of their answers together, when the last is answered. */
    const changing = new Set<number>();
    /** What was changed since the first of them, once for each time, and how much had come by then. */
    let changed: string[] = [];
    let changedSince = 0;

    const ask = ({ kind, key, variables }: Operation) => {
      const since = dropped + news.length;
      asked.set(key, since);
      if (kind !== 'mutation') return;
      if (changing.size === 0) [changed, changedSince] = [[], since];
      changing.add(key);
      changed.push(...idsIn(variables));
    };

    const forgo = (key: number) => {
      asked.delete(key);
      changing.delete(key);
      if (changing.size === 0) changed = [];
    };

    const answered = ({ operation: { key, variables }, error }: OperationResult): OperationResult[] => {
      const since = asked.get(key);
      if (since === undefined) return [];
      const wasChange = changing.has(key);
      // What was refused is told of by nobody.
      if (wasChange && error) for (const id of idsIn(variables)) changed.splice(changed.indexOf(id), 1);
      const again = news.slice((wasChange ? changedSince : since) - dropped).filter((one) => !isOvertaken(one));
      forgo(key);
      const oldest = Math.min(dropped + news.length, ...asked.values(), ...(changing.size > 0 ? [changedSince] : []));
      news = news.slice(oldest - dropped);
      dropped = oldest;
      return again.map((result) => ({ ...result, extensions: { ...result.extensions, [repeated]: true } }));
    };

    /** Whether what news tells of was changed again here, and the news of that is still on its way. */
    const isOvertaken = (result: OperationResult): boolean => {
      const subject = subjectOf(result);
      const times = (subjects: readonly (string | null)[]) => subjects.filter((other) => other === subject).length;
      return subject !== null && times(news.slice(changedSince - dropped).map(subjectOf)) < times(changed);
    };

    const inner: typeof forward = (operations) =>
      pipe(
        forward(
          pipe(
            operations,
            tap((operation) => {
              if (operation.kind === 'teardown') forgo(operation.key);
              else if (operation.kind !== 'subscription' && !asked.has(operation.key)) ask(operation);
            }),
          ),
        ),
        mergeMap((result) => {
          if (result.operation.kind !== 'subscription') return fromArray([result, ...answered(result)]);
          const { inboxEvents } = (result.data ?? {}) as { inboxEvents?: unknown };
          if (inboxEvents && asked.size > 0) news.push(result);
          return fromArray([result]);
        }),
        // The cache listens twice, for answers to what it showed ahead of them and for the rest: both hear the same, in the same order.
        share,
      );
    const outer = cache({ ...input, forward: inner });
    return (operations) =>
      pipe(
        outer(operations),
        filter(({ extensions }) => extensions?.[repeated] !== true),
      );
  };
}

/** What a change names as its own. */
function idsIn(variables: unknown): readonly string[] {
  const { id, input } = (variables ?? {}) as { id?: unknown; input?: { id?: unknown } };
  return [id, input?.id].filter((one) => typeof one === 'string');
}

/** What news says to be changed. */
function subjectOf({ data }: OperationResult): string | null {
  const { inboxEvents } = (data ?? {}) as { inboxEvents?: Record<string, { id?: string } | undefined> };
  const { lead, conversation, contact } = inboxEvents ?? {};
  return (lead ?? conversation ?? contact)?.id ?? null;
}
