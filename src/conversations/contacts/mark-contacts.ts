import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { ContactRow } from '../contact.row.js';
import { lockContacts } from './lock-contacts.js';

/** What the law lets a person ask to be left out of; what is not given stays as it is. */
export interface PrivacyMarks {
  readonly processingRestricted?: boolean;
  readonly automationObjected?: boolean;
}

/** Marks contacts as the law has it. Drafting, automatic answers and reports read the marks. */
@Injectable()
export class MarkContacts {
  constructor(private readonly feed: LiveFeed) {}

  /** Contacts as they are from now on; unknown ids are refused as not found. */
  async run(tx: WorkspaceTransaction, ids: readonly string[], marks: PrivacyMarks): Promise<ContactRow[]> {
    const contacts = await lockContacts(tx, ids);
    await tx.execute(sql`
      update contacts set processing_restricted = coalesce(${marks.processingRestricted ?? null}, processing_restricted),
             automation_objected = coalesce(${marks.automationObjected ?? null}, automation_objected)
       where workspace_id = ${tx.workspaceId} and id = any (${contacts.map(({ id }) => id)}::uuid[])`);
    this.feed.append(tx, ...contacts.map(({ id }) => ({ kind: 'ContactChanged', ids: [id] })));
    return contacts.map((contact) => ({ ...contact, ...marks }));
  }
}
