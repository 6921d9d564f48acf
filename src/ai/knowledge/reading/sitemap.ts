import { readingLimits } from './limits.js';

/** What a sitemap names, as it stands there. */
export interface Sitemap {
  readonly pages: readonly string[];
  readonly sitemaps: readonly string[];
}

/** Whether a text is a sitemap: its first element says so. */
export function isSitemap(text: string): boolean {
  return /^(?:urlset|sitemapindex)$/i.test(firstElement(text));
}

/**
 * Reads the addresses of a sitemap. It is looked through for them and not taken for a document of its own: what it declares
 * (entities above all) means nothing.
 */
export function readSitemap(text: string): Sitemap {
  const index = /^sitemapindex$/i.test(firstElement(text));
  const found = new Set<string>();
  for (const [, address = ''] of text.matchAll(
    /<(?:\w{1,20}:)?loc>([^<]{1,2100}|\s*<!\[CDATA\[[^\]]{1,2100}\]\]>\s*)<\/(?:\w{1,20}:)?loc>/gi,
  )) {
    found.add(unescaped(address.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '').trim()));
    if (found.size >= readingLimits.addresses) break;
  }
  return index ? { pages: [], sitemaps: [...found] } : { pages: [...found], sitemaps: [] };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{1,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
      return code > 0x1f && code < 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

function firstElement(text: string): string {
  return /<(?:\w{1,20}:)?([a-z]{1,20})[\s>]/i.exec(text.slice(0, 20_000))?.[1] ?? '';
}
