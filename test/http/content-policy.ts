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
  'require-trusted-types-for': "'script'",
};

/** What a page's policy leaves open; `trusted` is the policy of Trusted Types that it may make. */
export function policyFaults(policy: ContentPolicy, trusted = 'parley'): string[] {
  const faults = Object.entries({ ...exactly, 'trusted-types': trusted })
    .filter(([directive, sources]) => policy.get(directive)?.join(' ') !== sources)
    .map(([directive]) => `${directive} is ${policy.get(directive)?.join(' ') ?? 'missing'}`);
  for (const [directive, sources] of policy)
    for (const source of sources)
      if (/^(\*|https?:|wss?:|'unsafe-[\w-]+')$/.test(source)) faults.push(`${directive} allows ${source}`);
  return faults;
}
