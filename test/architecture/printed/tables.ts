import { readTables } from '../../isolation/catalog.js';
import { definerFunctions, outsideRowSecurity } from '../../isolation/outside-row-security.js';
import type { Source } from './documents.js';
import { table } from './table.js';

/** Every table and on which side of row security it stands. */
export async function printTables({ owner }: Pick<Source, 'owner'>): Promise<string> {
  const tables = await readTables(owner);
  const outside = tables.filter(({ name }) => outsideRowSecurity[name] !== undefined);
  const walled = tables.filter(({ name }) => outsideRowSecurity[name] === undefined);
  return `# Tables

Printed by \`npm run print\` from an empty, migrated database and the reviewed list in
\`test/isolation/outside-row-security.ts\`.

## Walled off by workspace

Row security is on and forced: a transaction sees the rows of its own workspace, and none without one. Every primary key,
unique key and reference begins with the workspace.

${walled.map(({ name, key }) => `- \`${name}\`${key === 'workspace_id' ? '' : ` (by \`${String(key)}\`)`}`).join('\n')}

## Outside row security

${table(
  ['table', 'why'],
  outside.map(({ name }) => [`\`${name}\``, outsideRowSecurity[name] ?? '']),
)}

## Functions that see past row security

They run as \`parley_definer\`, which nobody signs in as (\`roll_deliveries\` as the owner), with a fixed search path, and
only the server's role may call them.

${table(
  ['function', 'why'],
  Object.entries(definerFunctions).map(([signature, why]) => [`\`${signature.replaceAll(',', ', ')}\``, why]),
)}
`;
}
