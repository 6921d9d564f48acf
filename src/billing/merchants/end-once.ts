import { MerchantError, type MerchantSubscription } from './merchant.js';
import { NotThere } from './merchant-calls.js';

/**
 * Ends a subscription that may have ended before. Merchants say no to that, each in other words, so what counts is how the
 * subscription stands then, not what they said.
 */
export async function endOnce(
  end: () => Promise<MerchantSubscription>,
  look: () => Promise<MerchantSubscription | null>,
  isEnded: (subscription: MerchantSubscription) => boolean,
): Promise<MerchantSubscription | null> {
  try {
    return await end();
  } catch (error) {
    if (error instanceof NotThere) return null;
    if (!(error instanceof MerchantError) || error.reason === 'unreachable') throw error;
    const found = await look();
    if (found === null || isEnded(found)) return found;
    throw error;
  }
}

/** Whether it has ended, or where the end of the period is early enough, is about to. */
export function endsAsAsked({ endsAt }: MerchantSubscription, when: 'period-end' | 'now'): boolean {
  return endsAt !== null && (when === 'period-end' || endsAt.getTime() <= Date.now());
}

/** What is there, or null. */
export async function orNull<Found>(look: () => Promise<Found>): Promise<Found | null> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}
