import type { Exchange, OperationResult } from 'urql';
import { filter, fromArray, mergeMap, pipe, tap } from 'wonka';

/** Marks news that the screens have had already. */
const repeated = 'repeated';

/**
 * Keeps a late answer from hiding what the live feed told meanwhile. The cache takes the answer to a question for the newer
 * word, though it may have been read before the news that overtook it: so the news is told to the cache once more behind the
 * answer, and to the cache alone. The last of it says how things stand, whatever the answer said.
 */
export function withLateAnswers(cache: Exchange): Exchange {
  return (input) => {
    const { forward } = input;
    /** News since the oldest question that waits, and how much had come when each was asked. */
    let news: OperationResult[] = [];
    let dropped = 0;
    const asked = new Map<number, { since: number; changes: boolean }>();

    const answered = (key: number): OperationResult[] => {
      const question = asked.get(key);
      if (question === undefined) return [];
      asked.delete(key);
      // The cache writes changes that it showed ahead of their answers together, when the last of them is answered.
      if (question.changes)
        for (const other of asked.values()) if (other.changes) other.since = Math.min(other.since, question.since);
      const again = news.slice(question.since - dropped);
      const oldest = Math.min(dropped + news.length, ...[...asked.values()].map(({ since }) => since));
      news = news.slice(oldest - dropped);
      dropped = oldest;
      return again.map((result) => ({ ...result, extensions: { ...result.extensions, [repeated]: true } }));
    };

    const inner: typeof forward = (operations) =>
      pipe(
        forward(
          pipe(
            operations,
            tap(({ kind, key }) => {
              if (kind === 'teardown') answered(key);
              else if (kind !== 'subscription' && !asked.has(key))
                asked.set(key, { since: dropped + news.length, changes: kind === 'mutation' });
            }),
          ),
        ),
        mergeMap((result) => {
          if (result.operation.kind !== 'subscription') return fromArray([result, ...answered(result.operation.key)]);
          const { inboxEvents } = (result.data ?? {}) as { inboxEvents?: unknown };
          if (inboxEvents && asked.size > 0) news.push(result);
          return fromArray([result]);
        }),
      );
    const outer = cache({ ...input, forward: inner });
    return (operations) =>
      pipe(
        outer(operations),
        filter(({ extensions }) => extensions?.[repeated] !== true),
      );
  };
}
