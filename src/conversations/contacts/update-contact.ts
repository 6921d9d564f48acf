import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';
import { type ContactDetails, checkContact } from './check-contact.js';
import { readFields } from './fields/contact-field.row.js';
import { lockContact } from './lock-contacts.js';
import type { UpdateContactInput } from './update-contact.input.js';

/** Changes what is known of a contact. */
@Injectable()
export class UpdateContact {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: UpdateContactInput): Promise<ContactRow> {
    return this.workspaces.run(actor.workspaceId, (tx) => this.apply(tx, actor, origin, input));
  }

  /** The same in a transaction that is open already. */
  async apply(
    tx: WorkspaceTransaction,
    actor: MemberActor | 'system',
    origin: Pick<RequestOrigin, 'ip'>,
    input: UpdateContactInput,
  ): Promise<ContactRow> {
    const before = await lockContact(tx, input.id);
    const details = checkContact(before, input, given(input.customFields) ? await readFields(tx) : []);
    if (isDeepStrictEqual({ ...before, ...details }, before)) return before;
    const after = await write(tx, before.id, details);
    this.feed.append(tx, { kind: 'ContactChanged', ids: [after.id] });
    if (after.blocked !== before.blocked) {
      this.audit.record(tx, {
        actor,
        action: after.blocked ? 'contact.block' : 'contact.unblock',
        target: after.id,
        origin,
      });
    }
    return after;
  }
}

function given(value: unknown): boolean {
  return value !== null && value !== undefined;
}

async function write(tx: WorkspaceTransaction, id: string, details: ContactDetails): Promise<ContactRow> {
  const { name, emails, phones, tags, customFields, language, blocked } = details;
  const row = await tx.first<ContactRow>(sql`
    update contacts k set name = ${name}, emails = ${emails}::text[], phones = ${phones}::text[], tags = ${tags}::text[],
           custom_fields = ${JSON.stringify(customFields)}::jsonb, language = ${language}, blocked = ${blocked}
     where k.workspace_id = ${tx.workspaceId} and k.id = ${id} returning ${contactColumns}`);
  if (row === null) throw new Error('A contact that is locked cannot go away.');
  return row;
}
