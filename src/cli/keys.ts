import { redigestChannels } from '../channels/index.js';
import { redigestStores } from '../leads/index.js';
import type { WorkspaceTransaction } from '../platform/database/index.js';
import {
  CheckKeys,
  type KeyCheck,
  type KeyState,
  RotateKeys,
  type Rotation,
  type Secrets,
} from '../platform/secrets/index.js';
import { type Command, Failed } from './command.js';
import { deploymentKeys } from './deployment-keys.js';
import { storedSecrets } from './stored-secrets.js';
import { table } from './table.js';

export const rotateKeys: Command = {
  name: 'keys rotate',
  takes: null,
  does: 'a new data key for every workspace, and all that is encrypted encrypted anew under the first of ENCRYPTION_KEYS, while servers run',
  options: {},
  async run(_given, { system, workspaces }) {
    const { ring } = await deploymentKeys(system);
    const rotation = await new RotateKeys(workspaces, system, ring, storedSecrets, redigest).run();
    const answer = { text: rotated(rotation), json: { ok: rotation.unopened.length === 0, ...rotation } };
    if (rotation.unopened.length === 0) return answer;
    throw new Failed(cannotBeOpened(rotation.unopened), answer);
  },
};

export const checkKeys: Command = {
  name: 'keys check',
  takes: null,
  does: 'opens every secret that is stored, names the rows of those that cannot be, and says which keys are still needed',
  options: {},
  async run(_given, { system, workspaces }) {
    const { ring } = await deploymentKeys(system);
    const check = await new CheckKeys(workspaces, system, ring, storedSecrets).run();
    const answer = { text: checked(check), json: { ok: check.unopened.length === 0, ...check } };
    if (check.unopened.length === 0) return answer;
    throw new Failed(cannotBeOpened(check.unopened), answer);
  },
};

/** Every digest by which something outside finds a workspace. */
async function redigest(tx: WorkspaceTransaction, secrets: Secrets): Promise<number> {
  return (await redigestChannels(tx, secrets)) + (await redigestStores(tx, secrets));
}

function rotated({ workspaces, secrets, digests, dropped, retired, needed }: Rotation): string {
  return [
    `${counted(workspaces, 'workspace has', 'workspaces have')} a new data key; ${counted(secrets, 'secret was', 'secrets were')} encrypted anew, ${counted(digests, 'digest', 'digests')} made anew, ${counted(dropped, 'old data key', 'old data keys')} dropped.`,
    ...retired.map((id) => `Nothing needs the key "${id}" any more: take it out of ENCRYPTION_KEYS, and start again.`),
    ...needed.map(
      (id) =>
        `Something still needs the key "${id}": leave it in ENCRYPTION_KEYS. Does a server run that has another key first? \`keys check\` says more.`,
    ),
  ].join('\n');
}

function checked({ columns, unopened, keys }: KeyCheck): string {
  const secrets = table(
    ['TABLE', 'COLUMN', 'SECRETS', 'CANNOT BE OPENED'],
    columns.map(({ table: name, column, secrets: count }) => [
      name,
      column,
      String(count),
      String(unopened.filter((one) => one.table === name && one.column === column).length),
    ]),
  );
  const needs = table(
    ['KEY', 'ROWS THAT NEED IT', ''],
    keys.map((key) => [key.id, String(key.rows), wordOn(key)]),
  );
  const bad = unopened.map(({ table: name, column, workspaceId, row, why }) => [
    name,
    column,
    workspaceId ?? '-',
    row,
    why,
  ]);
  const rows = bad.length === 0 ? [] : [table(['TABLE', 'COLUMN', 'WORKSPACE', 'ROW', 'WHY'], bad)];
  return [secrets, needs, ...rows].join('\n\n');
}

function wordOn({ given, first, rows, retired }: KeyState): string {
  if (!given) return 'it is missing from ENCRYPTION_KEYS';
  if (first) return 'the first: it encrypts';
  return rows === 0 && retired ? 'nothing: take it out of ENCRYPTION_KEYS' : 'run `keys rotate`';
}

function cannotBeOpened(unopened: Rotation['unopened']): string {
  const rows = unopened.slice(0, 20).map(({ table: name, column, row }) => `${name}.${column} of ${row}`);
  const more = unopened.length > rows.length ? `, and ${String(unopened.length - rows.length)} more` : '';
  return `${counted(unopened.length, 'secret', 'secrets')} cannot be opened: ${rows.join(', ')}${more}.`;
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
