import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  isUuid,
  newId,
  sql,
  waitForOthers,
} from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { checkFormDomains } from './check-domains.js';
import { newFormKey } from './form-key.js';
import { type FormRow, formColumns } from './form.row.js';

/** What a member says of a form. */
export interface GivenForm {
  readonly name: string;
  readonly allowedDomains: readonly string[];
  readonly answerOnly: boolean;
}

const most = 50;
const longestName = 100;

/** The contact forms of a workspace. */
@Injectable()
export class ContactForms {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  /** All of them, the oldest first. */
  list({ workspaceId }: MemberActor): Promise<FormRow[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.query<FormRow>(sql`
        select ${formColumns} from contact_forms f join workspaces w on w.id = f.workspace_id
         where f.workspace_id = ${tx.workspaceId} order by f.id`),
    );
  }

  /** Makes a form. It is used from the commit on, on the sites that are named and on no others. */
  async create(actor: MemberActor, given: GivenForm, { origin }: RequestContext): Promise<FormRow> {
    const name = cleanInput(given.name).replace(/\s+/gu, ' ');
    if (name === '') throw badInput('name', 'Give the form a name.', 'FILL_IN');
    if (name.length > longestName)
      throw badInput('name', `Use at most ${String(longestName)} characters.`, 'TOO_LONG', {
        most: String(longestName),
      });
    const domains = checkFormDomains(given.allowedDomains);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await waitForOthers(tx, 'contact-forms');
      const { count } = (await tx.first<{ count: number }>(
        sql`select count(*)::int as count from contact_forms where workspace_id = ${tx.workspaceId}`,
      )) ?? { count: 0 };
      if (count >= most)
        throw badInput('name', `A workspace has ${String(most)} forms at most. Remove one first.`, 'FORMS_MOST', {
          most: String(most),
        });
      const id = newId();
      await tx.execute(sql`
        insert into contact_forms (workspace_id, id, name, public_key, allowed_domains, answer_only)
        values (${tx.workspaceId}, ${id}, ${name}, ${newFormKey(tx.workspaceId)}, ${domains}::text[], ${given.answerOnly})`);
      const detail = { answerOnly: given.answerOnly };
      this.audit.record(tx, { actor, action: 'contact-form.create', target: id, origin, detail });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'contact-forms' });
      return one(tx, id);
    });
  }

  /** Removes a form: it is refused from the commit on. What came by it stays. */
  async delete(actor: MemberActor, id: string, { origin }: RequestContext): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const gone = isUuid(id)
        ? await tx.execute(sql`delete from contact_forms where workspace_id = ${tx.workspaceId} and id = ${id}`)
        : 0;
      if (gone === 0) throw notFound('The form');
      this.audit.record(tx, { actor, action: 'contact-form.delete', target: id, origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'contact-forms' });
      return true;
    });
  }
}

async function one(tx: WorkspaceTransaction, id: string): Promise<FormRow> {
  const row = await tx.first<FormRow>(sql`
    select ${formColumns} from contact_forms f join workspaces w on w.id = f.workspace_id
     where f.workspace_id = ${tx.workspaceId} and f.id = ${id}`);
  if (row === null) throw new Error('A row that was written is there.');
  return row;
}

/** Participant. The form of a key, held against its removal; null where there is none. */
export function formByKey(tx: WorkspaceTransaction, key: string): Promise<FormRow | null> {
  return tx.first<FormRow>(sql`
    select ${formColumns} from contact_forms f join workspaces w on w.id = f.workspace_id
     where f.workspace_id = ${tx.workspaceId} and f.public_key = ${key}`);
}
