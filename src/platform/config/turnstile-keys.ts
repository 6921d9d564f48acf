/** What is wrong with the keys of Turnstile that the environment gives. */
export function turnstileProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  const { TURNSTILE_SITE_KEY: site, TURNSTILE_SECRET_KEY: secret } = given;
  if ((site === undefined) !== (secret === undefined))
    return ['TURNSTILE_SITE_KEY and TURNSTILE_SECRET_KEY belong together: set both, or none'];
  return given['NODE_ENV'] === 'production' && isTurnstileForTrying(secret)
    ? ['TURNSTILE_SECRET_KEY is one of those that Cloudflare publishes for trying out: in production it checks nobody']
    : [];
}

/** Cloudflare's published secrets: they pass everybody, or nobody. */
export function isTurnstileForTrying(secret: string | undefined): boolean {
  return secret !== undefined && /^[123]x0{20,}AA$/.test(secret);
}
