/** The address of a stored file. Only http and https are followed; a path is read against this very server. */
export function fileHref(address: string | null | undefined, origin: string = location.origin): string | null {
  if (!address) return null;
  try {
    const url = new URL(address, origin);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
