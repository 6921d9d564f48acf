const shape = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;

/** The IANA name of a time zone as it is written; null for what is none. An offset such as +03:00 knows no summer time. */
export function timeZoneOf(text: string): string | null {
  if (!shape.test(text)) return null;
  try {
    const known = new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone;
    // An alias (Asia/Calcutta, Turkey) stays what it was called, for old and new names change from one system to another.
    return known.toLowerCase() === text.toLowerCase() ? known : text;
  } catch {
    return null;
  }
}

/** A language tag as it is written (tr, en-GB); null for what is none. */
export function localeOf(text: string): string | null {
  if (text.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
