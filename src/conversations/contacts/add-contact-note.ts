import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, cleanInput, newId, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import type { ContactRow } from '../contact.row.js';
import { lockContact } from './lock-contacts.js';

const maxText = 10_000;

/** Writes something down about a contact. */
@Injectable()
export class AddContactNote {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
  ) {}

  async run({ workspaceId, memberId }: MemberActor, contactId: string, given: string): Promise<ContactRow> {
    const text = cleanInput(given);
    if (text === '') throw badInput('text', 'Write something first.', 'WRITE_FIRST');
    if (text.length > maxText)
      throw badInput('text', `A note has at most ${String(maxText)} characters.`, 'TOO_LONG', {
        most: String(maxText),
      });
    return this.workspaces.run(workspaceId, async (tx) => {
      const contact = await lockContact(tx, contactId);
      await tx.execute(sql`
        insert into contact_notes (workspace_id, id, contact_id, member_id, text)
        values (${workspaceId}, ${newId()}, ${contact.id}, ${memberId}, ${text})`);
      this.feed.append(tx, { kind: 'ContactChanged', ids: [contact.id] });
      return contact;
    });
  }
}
