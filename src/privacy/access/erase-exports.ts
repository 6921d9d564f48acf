import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type ErasedBatch, type Eraser, PersonalData, type Subject } from '../../platform/personal-data/index.js';
import { SubjectExports } from './subject-exports.js';

/** What was given to a person goes with the person: no link to it opens from the commit on. */
@Injectable()
export class EraseExports implements Eraser, OnModuleInit {
  readonly module = 'privacy';

  constructor(
    private readonly personalData: PersonalData,
    private readonly exports: SubjectExports,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, subject: Subject): Promise<ErasedBatch> {
    const files = await this.exports.removeOf(tx, subject);
    // Also where one is being made just now: its worker finds no row, and removes what it made.
    for (const id of files) this.outbox.schedule(tx, 'export-subject', id);
    return { erased: files.length === 0 ? {} : { subject_exports: files.length }, files, more: false };
  }
}
