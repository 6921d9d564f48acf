import { noteFormerMembers, tablesToErase } from '../../accounts/index.js';
import type { AuditCheckpoints, AuditLog } from '../../platform/audit/index.js';
import {
  type SystemDatabase,
  type WorkspaceTransaction,
  type Workspaces,
  isUuid,
  newId,
  sql,
  takeAsLongAsItTakes,
} from '../../platform/database/index.js';
import type { FileStore } from '../../platform/files/index.js';
import type { CarriedTable } from '../../platform/personal-data/index.js';
import type { Secrets } from '../../platform/secrets/index.js';
import { RequestCodes } from '../intake/request-codes.js';
import { ArrivingFiles } from './arriving-files.js';
import { type CheckedFile, type MovingMember, checkRows } from './check-rows.js';
import { type ArrivingTable, InsertRows } from './insert-rows.js';
import { MovingFile } from './moving-file.js';
import type { MovingManifest } from './moving-manifest.js';
import { MovingRefused } from './moving-refused.js';
import { carriedTables } from './ways.js';

/** Where a workspace arrives. */
export interface Arriving {
  readonly system: SystemDatabase;
  readonly workspaces: Workspaces;
  readonly audit: AuditLog;
  readonly checkpoints: AuditCheckpoints;
  readonly secrets: Secrets;
  readonly files: Pick<FileStore, 'putBack' | 'removeAll'>;
  /** Told of each step. */
  say(line: string): void;
}

/** What arrived, counted. */
export interface ImportedWorkspace {
  /** The address of who owns it here. */
  readonly owner: string;
  readonly workspace: MovingManifest['workspace'];
  readonly from: string;
  readonly exportedAt: string;
  readonly rows: number;
  readonly files: number;
  /** Files whose bytes did not come. */
  readonly missingFiles: number;
  /** Files of a kind that is not kept. */
  readonly refusedFiles: number;
  /** Who worked there, and has to be invited anew. */
  readonly people: readonly MovingMember[];
}

interface Owner {
  readonly id: string;
  readonly email: string;
}

/**
 * Takes in a workspace from a file that another deployment wrote. The whole file is read and checked before anything is
 * written; then all of it comes in one transaction or nothing does. Its ids stay; nobody gets in but the owner: who is named, or
 * else an owner of it there who has an account here by the same address. Either has confirmed that address: whoever wants may
 * sign up with the address of somebody else.
 */
export async function importWorkspace(
  path: string,
  ownerEmail: string | null,
  arriving: Arriving,
): Promise<ImportedWorkspace> {
  const named = ownerEmail === null ? null : await ownerOf(arriving.system, ownerEmail);
  return MovingFile.with(path, async (file) => {
    const { workspace } = file.manifest;
    await arriving.workspaces.read(workspace.id, refuseKnown);
    arriving.say(`"${workspace.name}", as it was on ${file.manifest.exportedAt}. Reading all of the file.`);
    const checked = await checkRows(file, (line) => arriving.say(line));
    const owner = named ?? (await formerOwner(arriving.system, checked.members));
    let isOurs = false;
    try {
      return await arriving.workspaces.run(workspace.id, async (tx) => {
        await takeAsLongAsItTakes(tx);
        await refuseKnown(tx);
        const arrival = new Arrival(tx, file, checked, arriving, () => (isOurs = true));
        return arrival.run(owner);
      });
    } catch (error) {
      // A commit whose answer was lost may have been one all the same.
      if (isOurs && !(await arriving.workspaces.read(workspace.id, isHere)))
        await arriving.files.removeAll(workspace.id);
      throw error;
    }
  });
}

/** A workspace that is here, or was deleted here, does not come from a file: neither its rows nor its files are touched. */
async function refuseKnown(tx: WorkspaceTransaction): Promise<void> {
  if (await isHere(tx))
    throw new MovingRefused(
      'This workspace is here already. A file is never mixed into one that is. Nothing was changed.',
    );
  const deletion = await tx.first<{ at: Date }>(
    sql`select requested_at as at from workspace_deletions where workspace_id = ${tx.workspaceId}`,
  );
  if (deletion !== null)
    throw new MovingRefused(
      `This workspace was deleted here on ${deletion.at.toISOString().slice(0, 10)}, and what was deleted does not come back. Nothing was changed.`,
    );
}

async function isHere(tx: WorkspaceTransaction): Promise<boolean> {
  return (await tx.first(sql`select from workspaces where id = ${tx.workspaceId}`)) !== null;
}

async function ownerOf(system: SystemDatabase, email: string): Promise<Owner> {
  const owner = await system.first<Owner>(
    sql`select id, email from users where lower(email) = lower(${email}) and email_verified_at is not null`,
  );
  if (owner === null)
    throw new MovingRefused(
      `Nobody has an account with the address ${email} here, and has confirmed that address. Let whoever is to own the workspace sign up, or be invited to another workspace, and confirm the address first. Nothing was changed.`,
    );
  return owner;
}

/** An owner of it where it comes from, who has an account here too and has shown that the address is theirs. */
async function formerOwner(system: SystemDatabase, members: CheckedFile['members']): Promise<Owner> {
  const addresses = members.flatMap(({ role, email }) => (role === 'OWNER' && email !== null ? [email] : []));
  const owner = await system.first<Owner>(sql`
    select id, email from users
     where lower(email) = any (select lower(address) from unnest(${addresses}::text[]) address) and email_verified_at is not null
     order by email limit 1`);
  if (owner === null)
    throw new MovingRefused(
      `None of its owners (${addresses.join(', ')}) has an account here and has confirmed the address. Let one of them sign up and confirm the address first, or name with --owner EMAIL who is to own it. Nothing was changed.`,
    );
  return owner;
}

/** One workspace on its way in, inside its transaction. */
class Arrival {
  private readonly rows: InsertRows;
  private readonly manifest: MovingManifest;

  constructor(
    private readonly tx: WorkspaceTransaction,
    private readonly file: MovingFile,
    private readonly checked: CheckedFile,
    private readonly arriving: Arriving,
    private readonly taken: () => void,
  ) {
    this.rows = new InsertRows(tx, arriving.secrets, (line) => arriving.say(line));
    this.manifest = file.manifest;
  }

  async run(owner: Owner): Promise<ImportedWorkspace> {
    const { workspace, from, exportedAt } = this.manifest;
    // Whoever takes in the same file at the same time waits here, and is refused then.
    let rows = await this.insert('workspaces');
    this.taken();
    // Bytes that a try which was killed has left.
    await this.arriving.files.removeAll(workspace.id);
    const files = new ArrivingFiles(this.file, this.arriving.files, (line) => this.arriving.say(line));
    const tables = await this.tablesInOrder();
    for (const table of tables) rows += table === 'files' ? await this.insertFiles(files) : await this.insert(table);
    for (const table of tables) await this.complete(table);
    for (const { afterwards } of carriedTables.values())
      if (afterwards !== undefined) await this.tx.execute(afterwards);
    await this.noteCodes();
    await this.goOnWithAudit();
    const memberId = await this.giveTo(owner);
    const people = this.checked.members.filter(({ id, email }) => email !== null && id !== memberId);
    await noteFormerMembers(
      this.tx,
      this.arriving.secrets,
      people.map(({ id, email }) => ({ id, email: email ?? '' })),
    );
    this.arriving.audit.record(this.tx, {
      actor: 'system',
      action: 'workspace.import',
      target: workspace.id,
      detail: { from, exportedAt, ownerMemberId: memberId, auditSeq: this.checked.audit.seq.toString() },
    });
    return {
      owner: owner.email,
      workspace,
      from,
      exportedAt,
      rows,
      files: files.kept,
      missingFiles: files.missing,
      refusedFiles: files.refused,
      people,
    };
  }

  private tableOf(name: string): ArrivingTable {
    const way = carriedTables.get(name) as CarriedTable;
    const columns = this.manifest.tables.find((table) => table.name === name)?.columns ?? [];
    return { name, way, columns, lines: () => this.file.lines(name) };
  }

  private async insert(name: string): Promise<number> {
    const rows = await this.rows.insert(this.tableOf(name));
    if (rows > 0) this.arriving.say(`${name}: ${String(rows)} rows`);
    return rows;
  }

  private insertFiles(files: ArrivingFiles): Promise<number> {
    const { way, columns, ...table } = this.tableOf('files');
    const seen = ['has_thumbnail', 'small_size'];
    return this.rows.insert({
      ...table,
      way: { ...way, carried: `${way.carried} ${seen.join(' ')}` },
      columns: [...columns, ...seen],
      lines: () => files.rows(),
    });
  }

  private async complete(name: string): Promise<void> {
    await this.rows.complete(this.tableOf(name));
  }

  /** Those that are referred to before those that refer to them. */
  private async tablesInOrder(): Promise<string[]> {
    return (await tablesToErase(this.tx)).filter((name) => carriedTables.has(name)).reverse();
  }

  /** The codes that people were given lead to their requests here as well. */
  private async noteCodes(): Promise<void> {
    const codes = new RequestCodes(this.arriving.system, this.arriving.secrets);
    const requests = await this.tx.query<{ id: string; code: string }>(
      sql`select id, code from privacy_requests where code ~ '^[0-9a-f]{32}$'`,
    );
    for (const { id, code } of requests)
      await codes.note(this.tx, code, { requestId: id, workspaceId: this.tx.workspaceId });
  }

  /** The log goes on behind its last entry, and where it was pruned this deployment signs where it begins. */
  private async goOnWithAudit(): Promise<void> {
    const { auditFollows } = this.manifest;
    const { seq, hash } = this.checked.audit;
    if (auditFollows !== null)
      await this.arriving.checkpoints.place(this.tx, {
        seq: auditFollows.seq,
        hash: Buffer.from(auditFollows.hash, 'hex'),
      });
    await this.tx.execute(sql`
      insert into workspace_counters (workspace_id, audit, audit_hash)
      values (${this.tx.workspaceId}, ${seq.toString()}::bigint, ${hash})`);
  }

  /** Makes the owner a member: the one that they were, by their address, or a new one. */
  private async giveTo(owner: Owner): Promise<string> {
    const former = this.checked.members.find(({ email }) => email?.toLowerCase() === owner.email.toLowerCase());
    const memberId = former?.id ?? newId();
    if (!isUuid(memberId)) throw new Error('A member that was written has an id.');
    await this.tx.execute(sql`
      insert into members (workspace_id, id, user_id, role) values (${this.tx.workspaceId}, ${memberId}, ${owner.id}, 'OWNER')
      on conflict (workspace_id, id) do update set user_id = excluded.user_id, role = excluded.role, available = true`);
    return memberId;
  }
}
