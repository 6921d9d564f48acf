import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { PersonalData } from '../../platform/personal-data/index.js';
import { type Counts, Erasures, type OpenErasure } from './erasures.js';

/** Rows of one transaction: some 100 ms, so that nobody waits long behind it. */
const batch = 5_000;

/** One bounded step of an erasure, through the modules from the last to the first, and then through what platform noted. */
@Injectable()
export class EraseStep {
  constructor(
    private readonly personalData: PersonalData,
    private readonly erasures: Erasures,
  ) {}

  /** Participant. What is the subject's own; gives whether that was all of it. */
  async own(tx: WorkspaceTransaction, { id, subject }: Pick<OpenErasure, 'id' | 'subject'>): Promise<boolean> {
    return this.walk(tx, { id, subject }, (module) => module !== 'platform');
  }

  /** Participant. What the platform noted of them, and what the audit log says of them; gives whether that was all of it. */
  async noted(tx: WorkspaceTransaction, { id, subject }: Pick<OpenErasure, 'id' | 'subject'>): Promise<boolean> {
    if (!(await this.walk(tx, { id, subject }, (module) => module === 'platform'))) return false;
    const row = await tx.first<{ blanked: number }>(sql`select blank_audit_entries(${id}, ${batch}) as blanked`);
    const blanked = row?.blanked ?? 0;
    await this.count(tx, id, { 'audit_entries: whom they are about': blanked }, []);
    return blanked < batch;
  }

  private async walk(
    tx: WorkspaceTransaction,
    { id, subject }: Pick<OpenErasure, 'id' | 'subject'>,
    which: (module: string) => boolean,
  ): Promise<boolean> {
    for (const eraser of this.personalData.erasers.filter(({ module }) => which(module))) {
      const { erased, files, more } = await eraser.erase(tx, subject, batch);
      await this.count(tx, id, erased, files);
      if (more) return false;
    }
    return true;
  }

  private async count(tx: WorkspaceTransaction, id: string, erased: Counts, files: readonly string[]): Promise<void> {
    const some = Object.fromEntries(Object.entries(erased).filter(([, count]) => count > 0));
    if (Object.keys(some).length > 0 || files.length > 0) await this.erasures.count(tx, id, some, files);
  }
}
