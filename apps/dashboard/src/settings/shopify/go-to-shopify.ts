import { safeHref } from '../../ui/safe-text.js';

/** Takes the owner of a store to where they say yes: an address that the server made. */
export function goToShopify(given: string | undefined): void {
  const address = safeHref(given ?? '');
  if (address) location.assign(address);
}
