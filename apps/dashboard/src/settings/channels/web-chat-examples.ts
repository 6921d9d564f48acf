/** What is written on a site's own server, by the language of that server. The secret is in its environment. */
export const identityExamples = {
  'Node.js': `import { createHmac } from 'node:crypto';

const hash = createHmac('sha256', process.env.PARLEY_SECRET)
  .update(String(user.id))
  .digest('hex');`,
  PHP: `$hash = hash_hmac('sha256', (string) $user->id, getenv('PARLEY_SECRET'));`,
  Python: `import hashlib, hmac, os

hash = hmac.new(
    os.environ["PARLEY_SECRET"].encode(),
    str(user.id).encode(),
    hashlib.sha256,
).hexdigest()`,
} as const;

export type ServerLanguage = keyof typeof identityExamples;

/** And what the page says with it, where somebody is signed in. */
export const identifyExample = `<script>
  window.Parley = window.Parley || function () { (Parley.q = Parley.q || []).push(arguments) };
  Parley('identify', { id: '…', name: '…', email: '…', hash: '…' });
</script>`;

/** For sites that are built with npm. */
export const npmExample = (server: string, key: string): string => `import { loadChat } from '@parley/web-chat';

loadChat({ server: '${server}', key: '${key}' });`;
