/**
 * The address of a stored file. Only http and https are followed. Files lie on this very server, by whichever of its names the
 * page was opened: another name would be another origin, whose pictures the page does not load.
 */
export function fileHref(address: string | null | undefined, origin: string = location.origin): string | null {
  if (!address) return null;
  try {
    const url = new URL(address, origin);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
    return url.pathname.startsWith('/files/') ? new URL(`${url.pathname}${url.search}`, origin).href : url.href;
  } catch {
    return null;
  }
}
