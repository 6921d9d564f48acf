import { createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../signatures.ts';
import type { MerchantName } from './model.ts';

/** How long a link to the portal is good, as at Lemon Squeezy. */
const LINK_MS = 24 * 3_600_000;

/** Links to the page on which a customer looks after what they pay for: whoever has one is that customer. */
export class PortalLinks {
  private readonly key = randomBytes(32);
  private readonly origin: () => string;

  constructor(origin: () => string) {
    this.origin = origin;
  }

  /** The address of a customer's page, good for a while. */
  to(merchant: MerchantName, customerId: string, returnUrl: string | null = null): string {
    const expires = String(Date.now() + LINK_MS);
    const query = new URLSearchParams({
      customer: customerId,
      expires,
      signature: this.mark(merchant, customerId, expires),
      ...(returnUrl !== null && { return: returnUrl }),
    });
    return `${this.origin()}/${merchant}/portal?${query.toString()}`;
  }

  /** Whose page this is; undefined where the link is wrong or too old. */
  customerOf(merchant: MerchantName, query: URLSearchParams): string | undefined {
    const customer = query.get('customer') ?? '';
    const expires = query.get('expires') ?? '';
    const good = sameText(query.get('signature') ?? '', this.mark(merchant, customer, expires));
    return good && Number(expires) > Date.now() ? customer : undefined;
  }

  private mark(merchant: MerchantName, customer: string, expires: string): string {
    return createHmac('sha256', this.key).update(`${merchant}|${customer}|${expires}`).digest('hex');
  }
}
