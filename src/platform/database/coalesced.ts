import DataLoader from 'dataloader';

const mostAtOnce = 500;

/**
 * Look-ups by one key each that are asked for at the same moment, made as one: `find` gives the rows of all keys. Nothing
 * is kept, so each look-up sees the present.
 */
export function coalesced<Row>(
  find: (keys: readonly Buffer[]) => Promise<readonly (Row & { readonly key: Buffer })[]>,
): (key: Buffer) => Promise<Row | null> {
  const loader = new DataLoader<Buffer, Row | null>(
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [row.key.toString('hex'), row]));
      return keys.map((key) => rows.get(key.toString('hex')) ?? null);
    },
    { cache: false, maxBatchSize: mostAtOnce },
  );
  return (key) => loader.load(key);
}
