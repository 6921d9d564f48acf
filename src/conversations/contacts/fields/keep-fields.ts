import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { AuditLog } from '../../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  isUuid,
  newId,
  sql,
} from '../../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../../platform/errors/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { Outbox } from '../../../platform/outbox/index.js';
import { ContactFieldKind, type ContactFieldRow, fieldColumns, readFields } from './contact-field.row.js';
import { removeFieldKind } from './remove-field.worker.js';

/** What a member says of a field. */
export interface WantedField {
  readonly id: string | null | undefined;
  readonly name: string;
  readonly kind: ContactFieldKind;
  readonly choices: readonly string[] | null | undefined;
}

const maxName = 60;
const maxFields = 50;
const maxChoices = 50;
const maxChoice = 100;

/** The fields that a workspace keeps of its contacts. */
@Injectable()
export class KeepFields {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** All of them, by name. */
  async list({ workspaceId }: MemberActor): Promise<ContactFieldRow[]> {
    const fields = await this.workspaces.read(workspaceId, (tx) => readFields(tx));
    return fields.filter(({ removedAt }) => removedAt === null);
  }

  /** Makes one, or with an id changes that one: its name and its choices. No value of any contact changes. */
  async save(actor: MemberActor, wanted: WantedField, origin: RequestOrigin): Promise<ContactFieldRow> {
    const name = checkName(wanted.name);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const others = await lockFields(tx);
      const known = given(wanted.id) ? find(others, wanted.id) : null;
      if (known !== null && known.kind !== wanted.kind)
        throw badInput('kind', 'A field keeps its kind. Make another one for other values.', 'FIELD_KIND_STAYS');
      const choices = checkChoices(wanted);
      refuseTwice(
        others.filter(({ id }) => id !== known?.id),
        name,
      );
      if (known === null && others.length >= maxFields) throw tooMany();
      const row = await write(
        tx,
        known ?? { id: newId(), key: freeKey(others, name), kind: wanted.kind },
        name,
        choices,
      );
      this.tell(tx, actor, origin, 'contact-field.save', row.id);
      return row;
    });
  }

  /** Removes one with all its values; these go in steps, and none is taken from now on. */
  async remove(actor: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const field = find(await lockFields(tx), id);
      await refuseWhileLookedFor(tx, field);
      await tx.execute(sql`
        update contact_fields set removed_at = now() where workspace_id = ${tx.workspaceId} and id = ${field.id}`);
      this.outbox.schedule(tx, removeFieldKind, field.id);
      this.tell(tx, actor, origin, 'contact-field.delete', field.id);
      return true;
    });
  }

  private tell(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    action: string,
    target: string,
  ): void {
    this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'contact-fields', ids: [target] });
    this.audit.record(tx, { actor, action, target, origin });
  }
}

/** One change at a time in a workspace, so that two who save at the same moment see one another. */
async function lockFields(tx: WorkspaceTransaction): Promise<ContactFieldRow[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`contact-fields ${tx.workspaceId}`}, 0))`);
  return readFields(tx);
}

async function write(
  tx: WorkspaceTransaction,
  { id, key, kind }: Pick<ContactFieldRow, 'id' | 'key' | 'kind'>,
  name: string,
  choices: readonly string[],
): Promise<ContactFieldRow> {
  const row = await tx.first<ContactFieldRow>(sql`
    insert into contact_fields as f (workspace_id, id, key, name, kind, choices)
    values (${tx.workspaceId}, ${id}, ${key}, ${name}, ${kind}, ${choices}::text[])
    on conflict (workspace_id, id) do update set name = excluded.name, choices = excluded.choices
    returning ${fieldColumns}`);
  if (row === null) throw new Error('An insert gave no row.');
  return row;
}

function find(fields: readonly ContactFieldRow[], id: string): ContactFieldRow {
  const field = isUuid(id) ? fields.find((one) => one.id === id.toLowerCase() && one.removedAt === null) : undefined;
  if (field === undefined) throw notFound('Field');
  return field;
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function checkName(typed: string): string {
  const name = cleanInput(typed).replace(/\s+/gu, ' ');
  if (name === '') throw badInput('name', 'Give the field a name.', 'NAME_MISSING');
  if (name.length > maxName)
    throw badInput('name', `A name has at most ${String(maxName)} characters.`, 'TOO_LONG', { most: String(maxName) });
  return name;
}

function checkChoices({ kind, choices }: WantedField): string[] {
  if (kind !== ContactFieldKind.CHOICE) return [];
  const cleaned = [...new Set((choices ?? []).map((one) => cleanInput(one).replace(/\s+/gu, ' ')))].filter(
    (one) => one !== '',
  );
  if (cleaned.length === 0) throw badInput('choices', 'Write what there is to choose from.', 'CHOICES_MISSING');
  if (cleaned.length > maxChoices)
    throw badInput('choices', `At most ${String(maxChoices)} choices, please.`, 'TOO_MANY', {
      most: String(maxChoices),
    });
  if (cleaned.some((one) => one.length > maxChoice))
    throw badInput('choices', `A choice has at most ${String(maxChoice)} characters.`, 'TOO_LONG', {
      most: String(maxChoice),
    });
  return cleaned;
}

function refuseTwice(others: readonly ContactFieldRow[], name: string): void {
  if (!others.some((one) => one.removedAt === null && one.name.toLowerCase() === name.toLowerCase())) return;
  throw new DomainError(ErrorCode.CONFLICT, 'Another field has this name.', { reason: 'FIELD_TWICE', field: 'name' });
}

/** What contacts hold under this name already becomes the field's; a name that was another field's before gets a number. */
function freeKey(others: readonly ContactFieldRow[], name: string): string {
  const taken = new Set(others.map(({ key }) => key));
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? name : `${name.slice(0, maxName - 4)} ${String(count)}`;
    if (!taken.has(key)) return key;
  }
}

function tooMany(): DomainError {
  return new DomainError(ErrorCode.CONFLICT, `A workspace has at most ${String(maxFields)} fields.`, {
    reason: 'FIELDS_MANY',
    values: { most: String(maxFields) },
  });
}

/** A segment that looks at a field would find others without it. */
async function refuseWhileLookedFor(tx: WorkspaceTransaction, { key }: ContactFieldRow): Promise<void> {
  const segment = await tx.first<{ name: string }>(sql`
    select s.name from contact_segments s
     where s.workspace_id = ${tx.workspaceId} and s.filter -> 'fields' @> ${JSON.stringify([{ key }])}::jsonb
     order by s.name limit 1`);
  if (segment === null) return;
  throw new DomainError(ErrorCode.CONFLICT, `The segment “${segment.name}” looks at this field. Change it first.`, {
    reason: 'FIELD_IN_SEGMENT',
    values: { name: segment.name },
  });
}
