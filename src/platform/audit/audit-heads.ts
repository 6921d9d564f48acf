import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/index.js';
import { isUuid } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';

/** How far a workspace's audit chain is, and the hash it has there. */
export interface AuditHead {
  readonly seq: bigint;
  readonly hash: Buffer;
}

const longest = 256 * 1024;

/**
 * The heads of the audit chains, kept outside the database as well: whoever cuts off the end of a log there, or writes it
 * anew with all its hashes, does not agree with them any more. They are written right after a commit, many at a time, and
 * signed with a key that the database does not hold.
 */
@Injectable()
export class AuditHeads implements OnModuleDestroy {
  private readonly logger = new Logger(AuditHeads.name);
  private readonly folder: string;
  private waiting = new Map<string, AuditHead>();
  private writing: Promise<void> | null = null;

  constructor(
    config: Config,
    private readonly ring: KeyRing,
  ) {
    this.folder = path.resolve(config.environment.DATA_DIR, 'audit');
  }

  /** Writes a head down soon; of one workspace the last counts. */
  note(workspaceId: string, head: AuditHead): void {
    const known = this.waiting.get(workspaceId);
    if (known === undefined || known.seq < head.seq) this.waiting.set(workspaceId, head);
    this.writing ??= this.writeAll().finally(() => (this.writing = null));
  }

  /** The furthest head that was written down; null where none was, 'forged' where a line is not ours. */
  async read(workspaceId: string): Promise<AuditHead | null | 'forged'> {
    const text = await readFile(this.fileOf(workspaceId), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const lines = text.split('\n');
    // What stands behind the last line feed was being written when the machine stopped.
    lines.pop();
    let furthest: AuditHead | null = null;
    for (const line of lines) {
      const [seq = '', hash = '', signature = ''] = line.split(' ');
      if (!/^\d{1,18}$/.test(seq) || !this.isSigned(workspaceId, seq, hash, signature)) return 'forged';
      const head = { seq: BigInt(seq), hash: Buffer.from(hash, 'hex') };
      if (furthest === null || furthest.seq <= head.seq) furthest = head;
    }
    return furthest;
  }

  /** The workspace is gone, and its head with it. */
  async forget(workspaceId: string): Promise<void> {
    this.waiting.delete(workspaceId);
    await this.flush();
    await rm(this.fileOf(workspaceId), { force: true });
  }

  /** Waits until all that was noted is written. */
  async flush(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private async writeAll(): Promise<void> {
    // Behind the work of this turn, so that what it commits together is written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.size > 0) {
      const heads = this.waiting;
      this.waiting = new Map();
      try {
        await mkdir(this.folder, { recursive: true, mode: 0o700 });
        for (const [workspaceId, head] of heads) await this.write(workspaceId, head);
      } catch (error) {
        // The log itself is safe: only the proof that its end was not cut is behind until the next entry.
        this.logger.error(`The head of an audit log could not be written: ${(error as Error).message}`);
      }
    }
  }

  private async write(workspaceId: string, { seq, hash }: AuditHead): Promise<void> {
    const file = this.fileOf(workspaceId);
    const place = `${seq.toString()} ${hash.toString('hex')}`;
    const line = `${place} ${this.sign(workspaceId, seq.toString(), hash.toString('hex')).toString('hex')}\n`;
    const { size } = await stat(file).catch(() => ({ size: 0 }));
    if (size < longest) {
      await appendFile(file, line, { mode: 0o600 });
      return;
    }
    await writeFile(`${file}.part`, line, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  private sign(workspaceId: string, seq: string, hash: string): Buffer {
    return createHmac('sha256', this.ring.derive('audit-head')).update(`${workspaceId} ${seq} ${hash}`).digest();
  }

  private isSigned(workspaceId: string, seq: string, hash: string, signature: string): boolean {
    const given = Buffer.from(signature, 'hex');
    return this.ring.deriveAll('audit-head').some((key) => {
      const own = createHmac('sha256', key).update(`${workspaceId} ${seq} ${hash}`).digest();
      return own.length === given.length && timingSafeEqual(own, given);
    });
  }

  private fileOf(workspaceId: string): string {
    if (!isUuid(workspaceId)) throw new Error('A workspace is named by its id.');
    return path.join(this.folder, `${workspaceId}.heads`);
  }
}
