/** The address of a store at Shopify in whatever was typed or copied: its page, its administration, or its name alone. */
export function storeDomain(typed: string): string {
  const text = typed
    .trim()
    .replace(/^https?:\/\//iu, '')
    .toLowerCase();
  const [, managed] = /^admin\.shopify\.com\/store\/([\w-]+)/u.exec(text) ?? [];
  const name = managed ?? text.replace(/[/?#].*$/u, '');
  return /^[a-z0-9][\w-]*$/u.test(name) ? `${name}.myshopify.com` : name;
}
