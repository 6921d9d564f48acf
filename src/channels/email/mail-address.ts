/** A mail address as we keep it; null where it is none. Only what can stand in a header without quoting. */
export function mailAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  if (address.length > 254) return null;
  return /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}<>()[\]\\,;:"@.]+(?:\.[^\s\p{Cc}<>()[\]\\,;:"@.]+)*$/u.test(
    address,
  )
    ? address
    : null;
}

/** The domain of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
