import { Injectable } from '@nestjs/common';
import type { PageLanguage } from '../../accounts/index.js';
import { FindSubject } from '../../conversations/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { Subject } from '../../platform/personal-data/index.js';
import { SubjectExports } from './subject-exports.js';
import { pageLanguage } from './words.js';

/** Begins to make what a person is given of what is kept about them. */
@Injectable()
export class StartExport {
  constructor(
    private readonly exports: SubjectExports,
    private readonly outbox: Outbox,
    private readonly subjects: FindSubject,
  ) {}

  /**
   * Participant. The file is made after the commit; `SubjectExported` tells when it is there. Without a language it is in
   * the workspace's.
   */
  async begin(
    tx: WorkspaceTransaction,
    subject: Subject,
    requestId: string | null,
    language: PageLanguage | null = null,
  ): Promise<{ readonly exportId: string }> {
    const id = newId();
    await this.exports.add(tx, { id, requestId, subject, language: language ?? (await this.languageOf(tx)) });
    this.outbox.schedule(tx, 'export-subject', id);
    return { exportId: id };
  }

  /** The same for contacts, with all that is theirs. */
  async ofContacts(
    tx: WorkspaceTransaction,
    contactIds: readonly string[],
    requestId: string | null,
    language: PageLanguage | null = null,
  ): Promise<{ readonly exportId: string }> {
    return this.begin(tx, await this.subjects.contact(tx, contactIds), requestId, language);
  }

  private async languageOf(tx: WorkspaceTransaction): Promise<PageLanguage> {
    const row = await tx.first<{ locale: string }>(sql`select locale from workspaces where id = ${tx.workspaceId}`);
    return pageLanguage(row?.locale);
  }
}
