/** The address of a mail server with the sign-in in it, from what people know of it: `imap.example.com`, with a port or without. */
export function mailServerUrl(
  scheme: 'imaps' | 'smtps',
  typed: string,
  { user, password }: { readonly user: string; readonly password: string },
): string {
  const [, given, rest = typed] = /^([a-z]+):\/\/(.*)$/i.exec(typed.trim()) ?? [];
  // A name and password that stand there already are replaced: one place to type them is enough.
  const host = rest.trim().replace(/^.*@/, '').replace(/\/+$/, '');
  return `${(given ?? implied(scheme, host)).toLowerCase()}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}`;
}

/** At these ports TLS begins after the greeting. */
function implied(scheme: 'imaps' | 'smtps', host: string): string {
  return /:(?:143|25|587|2525)$/.test(host) ? scheme.slice(0, -1) : scheme;
}
