import { z } from 'zod';

const throttled = z.object({
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).partial() }).partial()),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
      }),
    })
    .optional(),
});

/** Seconds until Shopify has room for an operation that it did not carry out for its cost; null where it did. */
export function waitAsked(answer: unknown): number | null {
  const said = throttled.safeParse(answer);
  if (!said.success || !said.data.errors.some(({ extensions }) => extensions?.code === 'THROTTLED')) return null;
  const cost = said.data.extensions?.cost;
  if (cost === undefined) return 1;
  const { currentlyAvailable, restoreRate } = cost.throttleStatus;
  return Math.max(0.1, (cost.requestedQueryCost - currentlyAvailable) / restoreRate);
}
