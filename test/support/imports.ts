import { type TestClient, eventually } from './client.js';
import { upload } from './uploads.js';

/** What the server says of an import. */
export interface SeenImport {
  readonly id: string;
  readonly status: string;
  readonly stopped: string | null;
  readonly processed: number;
  readonly total: number | null;
  readonly fileId: string | null;
  readonly result: {
    readonly created: number;
    readonly updated: number;
    readonly rejectedCount: number;
    readonly rejected: readonly {
      readonly line: number;
      readonly reason: string;
      readonly code: string;
      readonly column: string | null;
    }[];
  } | null;
}

/** What is asked of an import. */
export const importFields =
  'id status stopped processed total fileId result { created updated rejectedCount rejected { line reason code column } }';

/** Uploads a table as a member; gives the id of the file. */
export async function uploadTable(client: TestClient, table: string | Buffer, name = 'leads.csv'): Promise<string> {
  const { status, body } = await upload(client, Buffer.from(table), name, { forImport: true });
  if (status !== 201) throw new Error(`The table was refused: ${String(status)} ${body.message ?? ''}`);
  return body.id;
}

/** Begins to import an uploaded table. */
export async function beginImport(
  client: TestClient,
  fileId: string,
  more: { readonly mapping?: unknown; readonly dryRun?: boolean; readonly encoding?: string } = {},
): Promise<string> {
  const { importLeads } = await client.ask<{ importLeads: { id: string } }>(
    `mutation ($fileId: ID!, $mapping: JSON, $dryRun: Boolean, $encoding: String) {
       importLeads(fileId: $fileId, mapping: $mapping, dryRun: $dryRun, encoding: $encoding) { id } }`,
    { fileId, ...more },
  );
  return importLeads.id;
}

/** The import as it is now. */
export async function seenImport(client: TestClient, id: string): Promise<SeenImport | null> {
  const { leadImport } = await client.ask<{ leadImport: SeenImport | null }>(
    `query ($id: ID!) { leadImport(id: $id) { ${importFields} } }`,
    { id },
  );
  return leadImport;
}

/** What became of an import, once it has ended. */
export function importEnded(client: TestClient, id: string, milliseconds = 30_000): Promise<SeenImport> {
  return eventually(async () => {
    const seen = await seenImport(client, id);
    return seen?.status === 'DONE' || seen?.status === 'FAILED' ? seen : null;
  }, milliseconds);
}

/** Uploads a table, imports it, and gives what became of it. */
export async function importTable(
  client: TestClient,
  table: string | Buffer,
  more: Parameters<typeof beginImport>[2] = {},
): Promise<SeenImport> {
  return importEnded(client, await beginImport(client, await uploadTable(client, table), more));
}
