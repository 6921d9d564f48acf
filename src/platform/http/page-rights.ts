import type { FastifyReply } from 'fastify';

/** The one policy of Trusted Types that a page of ours may make: the dashboard's (its `ui/trusted.ts`). */
export const trustedPolicy = 'parley';

/**
 * What a browser could lend to a page and no page of ours uses: switched off, for the pages and for whatever they frame.
 * Each is known to the browsers that support the header at all: an unknown one is a warning on every page.
 */
const unused = [
  'accelerometer',
  'camera',
  'display-capture',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

/** What pages of ours do use: a copied link, a film over the whole screen or beside the page. */
const own = ['clipboard-write', 'fullscreen', 'picture-in-picture'] as const;

/** The header that says so. */
export const permissionsPolicy = [
  ...unused.map((feature) => `${feature}=()`),
  ...own.map((feature) => `${feature}=(self)`),
].join(', ');

/** Lets a page make another policy of Trusted Types than the dashboard's, because its libraries need one. */
export function usesTrustedPolicy(reply: FastifyReply, name: string): void {
  const policy = String(reply.getHeader('content-security-policy'));
  const given = `trusted-types ${trustedPolicy}`;
  if (!policy.includes(given)) throw new Error('The policy of the page says nothing of Trusted Types.');
  void reply.header('content-security-policy', policy.replace(given, `trusted-types ${name}`));
}

/** Lets Turnstile's script run and its frame be shown on one page, and nothing else of theirs. */
export function letsTurnstileIn(reply: FastifyReply, origin: string): void {
  letsOthersIn(reply, { 'script-src': origin, 'frame-src': origin });
}

/**
 * Lets a script of others run on one page, with what it needs. The page has no text of anybody's and no markup made by a
 * script of ours, so what text may become there is theirs to look after.
 */
export function letsOthersIn(reply: FastifyReply, sources: Readonly<Record<string, string>>): void {
  const policy = String(reply.getHeader('content-security-policy'));
  const changes = [
    ...Object.entries(sources).map(([name, places]) => [`${name} 'self'`, `${name} 'self' ${places}`] as const),
    [";require-trusted-types-for 'script'", ''],
    [`;trusted-types ${trustedPolicy}`, ''],
  ] as const;
  const missing = changes.filter(([before]) => !policy.includes(before));
  if (missing.length > 0) throw new Error(`The policy of the page does not say ${String(missing[0]?.[0])}.`);
  void reply.header(
    'content-security-policy',
    changes.reduce((text, [before, after]) => text.replace(before, after), policy),
  );
}
