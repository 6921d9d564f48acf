/**
 * The address of a stored file. Only http and https are followed. Files lie on this very server, by whichever of its names the
 * page was opened: another name would be another origin, whose pictures the page does not load. What else lies on this
 * server is no file, and a page that asked for it would do so in the person's name.
 */
export function fileHref(address: string | null | undefined, origin: string = location.origin): string | null {
  if (!address) return null;
  try {
    const url = new URL(address, origin);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
    if (url.pathname.startsWith(files)) return new URL(`${url.pathname}${url.search}`, origin).href;
    return url.origin === origin ? null : url.href;
  } catch {
    return null;
  }
}

/** The address of a file that a page may ask for by itself, to show it: one of this server. */
export function shownHref(address: string | null | undefined, origin: string = location.origin): string | null {
  const href = fileHref(address, origin);
  return href?.startsWith(`${origin}${files}`) ? href : null;
}

const files = '/files/';
