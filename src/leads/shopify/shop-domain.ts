import { badInput } from '../../platform/errors/index.js';

const longest = 255;

/** The name of a store as Shopify gives it, in small letters; null for anything else. */
export function shopDomain(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > longest) return null;
  return /^[a-zA-Z0-9][a-zA-Z0-9\-_]*\.myshopify\.com$/.test(text) ? text.toLowerCase() : null;
}

/** The same of what a member wrote. Throws where it is no store. */
export function checkDomain(text: string): string {
  const domain = shopDomain(text.trim());
  if (domain === null)
    throw badInput(
      'domain',
      'Write the address that the store has at Shopify: your-store.myshopify.com. It stands in its settings, under Domains.',
      'SHOPIFY_DOMAIN',
    );
  return domain;
}
