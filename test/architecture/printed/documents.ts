import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { startTestApp } from '../../support/app.js';
import { printLicences } from '../../supply-chain/licences.js';
import { printCatalog } from './catalog.js';
import { printDataMap } from './data-map.js';
import { printEnvironment } from './environment.js';
import { printReadme } from './figures.js';
import { printPermissions } from './permissions.js';
import { printPermissionsAtMeta } from './permissions-at-meta.js';
import { printRoutes } from './routes.js';
import { printSchema } from './schema.js';
import { printTables } from './tables.js';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** What there is to print from: the whole server, and the owner's connection to its empty, migrated database. */
export interface Source {
  readonly app: NestFastifyApplication;
  readonly owner: pg.Client;
}

/** The committed files that are printed from the code, and how. */
export const documents: Readonly<Record<string, (source: Source) => string | Promise<string>>> = {
  'schema.graphql': printSchema,
  '.env.example': printEnvironment,
  'migrations/schema.sql': printCatalog,
  'docs/permissions.md': printPermissions,
  'docs/permissions-at-meta.md': printPermissionsAtMeta,
  'docs/data-map.md': printDataMap,
  'docs/tables.md': printTables,
  'docs/routes.md': printRoutes,
  'docs/licences.md': printLicences,
  'README.md': printReadme,
};

/** Starts the server on an empty database for as long as `work` takes. */
export async function withSource<Result>(work: (source: Source) => Promise<Result>): Promise<Result> {
  const test = await startTestApp({ redis: false });
  const owner = new pg.Client({ connectionString: test.database.ownerUrl });
  await owner.connect();
  try {
    return await work({ app: test.app, owner });
  } finally {
    await owner.end();
    await test.close();
  }
}

/** Writes every document; gives the paths of those that changed. */
export function writeDocuments(): Promise<string[]> {
  return withSource(async (source) => {
    const changed: string[] = [];
    for (const [file, print] of Object.entries(documents)) {
      const printed = await print(source);
      if ((await committed(file)) === printed) continue;
      await writeFile(path.join(root, file), printed);
      changed.push(file);
    }
    return changed;
  });
}

/** A document as it stands in the checkout; empty when it does not. */
export async function committed(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8').catch(() => '');
}

/** In words, how a committed document differs from what the code prints; null when it does not. */
export function difference(file: string, stands: string, printed: string): string | null {
  if (stands === printed) return null;
  const [old, fresh] = [stands.split('\n'), printed.split('\n')];
  const at = fresh.findIndex((line, index) => line !== old[index]);
  const line = at === -1 ? fresh.length : at;
  return (
    `${file} is not what the code prints: run \`npm run print\` and commit it. They part at line ${String(line + 1)}:\n` +
    `- ${old[line] ?? '(the end)'}\n+ ${fresh[line] ?? '(the end)'}`
  );
}
