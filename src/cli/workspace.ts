import { existsSync } from 'node:fs';
import { AuditCheckpoints, AuditHeads, AuditLog } from '../platform/audit/index.js';
import type { Config } from '../platform/config/index.js';
import { isUuid } from '../platform/database/index.js';
import { type FileStore, openFileStore, unfinished, writeWhole } from '../platform/files/index.js';
import { OutgoingClient } from '../platform/http/index.js';
import { type KeyRing, Secrets } from '../platform/secrets/index.js';
import { MovingRefused, exportWorkspace as leave, importWorkspace as arrive } from '../privacy/index.js';
import { progress } from './backup-source.js';
import { inWords } from './backup-surroundings.js';
import { type Command, type Databases, Refused, WrongUsage, textOf } from './command.js';
import { deploymentKeys } from './deployment-keys.js';

export const exportWorkspace: Command = {
  name: 'workspace export',
  takes: 'ID FILE',
  does: 'everything of a workspace that can travel, in one zip that people and `workspace import` can read; the server may run',
  options: {},
  async run({ names }, databases) {
    const [id, file, ...more] = names;
    if (id === undefined || file === undefined || more.length > 0)
      throw new WrongUsage('Name the id of a workspace, and the file to write.');
    if (!isUuid(id)) throw new WrongUsage(`"${names[0] ?? ''}" is not the id of a workspace.`);
    if (existsSync(file)) throw new Refused(`${file} is there already. Name a file that is not.`);
    return withSurroundings(databases, async ({ config, ring, files, audit }) => {
      let size = 0;
      const made = await leave(
        id.toLowerCase(),
        {
          workspaces: databases.workspaces,
          audit,
          secrets: new Secrets(ring),
          files,
          from: config.publicUrl,
          say: progress,
        },
        async (bytes) =>
          void (size = await writeWhole(file, bytes).catch((error: unknown) => refuseToBegin(file, error))),
      );
      const missing = made.missingFiles === 0 ? '' : ` ${String(made.missingFiles)} files were gone or damaged.`;
      const trouble =
        made.auditTrouble === null
          ? ''
          : `\nIts audit log is broken at ${made.auditTrouble}. \`workspace import\` does not take such a file; people can read it all the same.`;
      const text =
        `${file}: "${made.workspace.name}" as it was at ${made.exportedAt}, ${String(made.rows)} rows of ${String(made.tables)} tables ` +
        `and ${String(made.files)} files, ${inWords(size)}.${missing}\n` +
        'It is not encrypted, and who is erased from now on is still in it: keep it safe, and delete it when it has served.' +
        trouble;
      return { text, json: { file, size, ...made } };
    });
  },
};

export const importWorkspace: Command = {
  name: 'workspace import',
  takes: 'FILE',
  does: 'takes in a workspace that `workspace export` wrote elsewhere, all of it or nothing; channels arrive disconnected',
  options: {
    owner: {
      type: 'string',
      value: 'EMAIL',
      does: 'who owns it here: somebody with an account and a confirmed address; if not named, who owned it there and has both',
    },
  },
  async run(given, databases) {
    const [file, ...more] = given.names;
    const owner = textOf(given, 'owner');
    if (file === undefined || more.length > 0) throw new WrongUsage('Name one file that `workspace export` wrote.');
    if (!existsSync(file)) throw new Refused(`There is no file ${file}.`);
    return withSurroundings(databases, async ({ ring, files, audit }) => {
      const { system, workspaces } = databases;
      const checkpoints = new AuditCheckpoints(ring);
      const secrets = new Secrets(ring);
      const here = { system, workspaces, audit, checkpoints, secrets, files, say: progress };
      const made = await arrive(file, owner ?? null, here);
      const people = made.people.map(({ name, email, role }) => `  ${String(email)} (${name ?? 'no name'}, ${role})`);
      const text = [
        `"${made.workspace.name}" is here, as it was at ${made.exportedAt}: ${String(made.rows)} rows and ${String(made.files)} files. ${made.owner} owns it. Its id is ${made.workspace.id}.`,
        ...lost(made.missingFiles, 'did not come: they were gone or damaged where it came from'),
        ...lost(made.refusedFiles, 'were not kept: they are too large, or of a kind that is not taken'),
        'Its channels are disconnected: connect them again. AI is switched off until its key is given.',
        ...(people.length === 0 ? [] : ['Nobody else has access. Invite who worked there:', ...people]),
      ];
      return { text: text.join('\n'), json: made };
    });
  },
};

interface Surroundings {
  readonly config: Config;
  readonly ring: KeyRing;
  readonly files: FileStore;
  readonly audit: AuditLog;
}

async function withSurroundings<Result>(
  { system }: Databases,
  work: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
  const { config, ring } = await deploymentKeys(system);
  const http = new OutgoingClient(config);
  const heads = new AuditHeads(config, ring);
  try {
    return await work({ config, ring, files: openFileStore(config, http, ring), audit: new AuditLog(heads) });
  } catch (error) {
    throw error instanceof MovingRefused ? new Refused(error.message) : error;
  } finally {
    await heads.flush();
    await http.onApplicationShutdown();
  }
}

/** Only what cannot be begun is said of the file; what fails in the middle is said by whatever failed. */
function refuseToBegin(file: string, error: unknown): never {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'open') throw error;
  throw new Refused(`${file}${unfinished} cannot be written: ${code ?? 'it failed'}.`);
}

function lost(count: number, what: string): string[] {
  return count === 0 ? [] : [`${String(count)} files ${what}.`];
}
