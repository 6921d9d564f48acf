import type { MerchantSettings } from '../../../platform/config/index.js';
import type { Polar, PolarCore } from '@polar-sh/sdk/2026-10';
import type { MerchantCall, MerchantCalls } from '../merchant-calls.js';

/** The parts of Polar's kit that are used. */
export type PolarKit = Pick<Polar, 'checkouts' | 'customerSessions' | 'subscriptions'>;

/**
 * Polar's own kit on the one way out: it knows what is asked for where, and what it is called. By itself it would read answers
 * of any size, could not be ended, and would call whom the deployment does not publish. It is loaded when it is first used:
 * it takes 10 MB, which who sells nothing by Polar does not need.
 */
export async function polarKit(
  settings: MerchantSettings,
  calls: MerchantCalls,
  signal: AbortSignal,
): Promise<PolarKit> {
  const { createPolarCore } = await import('@polar-sh/sdk/2026-10');
  const core = createPolarCore({ accessToken: settings.apiKey, baseUrl: settings.apiUrl });
  core.sendRequest = async ([url, request]) => {
    const { body } = await calls.make(callOf(url, request), signal);
    return new Response(new Uint8Array(body));
  };
  return servicesOf(core);
}

async function servicesOf(core: PolarCore): Promise<PolarKit> {
  const [{ createCheckoutsService }, { createCustomerSessionsService }, { createSubscriptionsService }] =
    await Promise.all([
      import('@polar-sh/sdk/2026-10/services/checkouts'),
      import('@polar-sh/sdk/2026-10/services/customer_sessions'),
      import('@polar-sh/sdk/2026-10/services/subscriptions'),
    ]);
  return {
    checkouts: createCheckoutsService(core),
    customerSessions: createCustomerSessionsService(core),
    subscriptions: createSubscriptionsService(core),
  };
}

function callOf(url: string, { method, headers, body }: RequestInit): MerchantCall {
  return {
    method: method as MerchantCall['method'],
    url,
    headers: Object.fromEntries(new Headers(headers)),
    ...(typeof body === 'string' && { body }),
  };
}
