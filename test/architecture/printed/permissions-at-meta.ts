import { type Dialog, permissionsOf } from '../../../src/channels/meta/permission-table.js';
import { table } from './table.js';

const dialogs: Readonly<Record<Dialog, string>> = {
  'facebook-login': 'Facebook Login: Messenger, and Instagram through a Page',
  'instagram-login': 'Instagram Login',
  'embedded-signup':
    'WhatsApp embedded signup (chosen in the configuration that META_CONFIG_ID names, or asked for by name)',
};

/** Every permission that the server asks for at Meta, with its one purpose. */
export function printPermissionsAtMeta(): string {
  const parts = (Object.entries(dialogs) as [Dialog, string][]).map(
    ([dialog, title]) =>
      `## ${title}\n\n${table(
        ['permission', 'what it is used for', 'needed for'],
        permissionsOf(dialog).map(({ name, purpose, neededFor }) => [
          `\`${name}\``,
          purpose.en,
          neededFor.length === 0 ? 'finding more accounts' : neededFor.join(', '),
        ]),
      )}`,
  );
  return `# Permissions at Meta

Printed by \`npm run print\` from \`src/channels/meta/permission-table.ts\`. The consent dialogs ask for exactly these, whoever
connects is shown them, and \`/privacy/permissions\` publishes them. A permission without a row is never asked for.

${parts.join('\n\n')}
`;
}
