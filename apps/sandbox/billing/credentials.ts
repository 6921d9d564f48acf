/** The key that all three pretend merchants want as Bearer. It opens nothing else. */
export const BILLING_KEY = 'sandbox-billing-key';
/** What signs their events, unless the options name another. Lemon Squeezy wants 6 to 40 characters. */
export const DEFAULT_BILLING_SECRET = 'sandbox-billing-secret-0123456789';
/** The one store at the pretend Lemon Squeezy. */
export const LEMON_SQUEEZY_STORE = '1';
/** The one organization at the pretend Polar. */
export const POLAR_ORGANIZATION = '00000000-0000-4000-8000-000000000001';
