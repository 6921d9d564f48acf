/** A Content-Security-Policy, directive by directive. */
export type ContentPolicy = ReadonlyMap<string, readonly string[]>;

/** The policy that an answer carries. */
export function policyOf(response: Pick<Response, 'headers'>): ContentPolicy {
  const text = response.headers.get('content-security-policy') ?? '';
  return new Map(
    text
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .filter(([name]) => name !== undefined && name !== '')
      .map(([name = '', ...sources]) => [name, sources]),
  );
}

const exactly: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'form-action': "'self'",
  'script-src': "'self'",
  'script-src-attr': "'none'",
  'style-src': "'self'",
};

/** What a page's policy leaves open. */
export function policyFaults(policy: ContentPolicy): string[] {
  const faults = Object.entries(exactly)
    .filter(([directive, sources]) => policy.get(directive)?.join(' ') !== sources)
    .map(([directive]) => `${directive} is ${policy.get(directive)?.join(' ') ?? 'missing'}`);
  for (const [directive, sources] of policy)
    for (const source of sources)
      if (/^(\*|https?:|wss?:|'unsafe-[\w-]+')$/.test(source)) faults.push(`${directive} allows ${source}`);
  return faults;
}
