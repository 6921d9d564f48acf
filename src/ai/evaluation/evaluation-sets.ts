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
} from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type CheckedCase, checkSources, checkedCases } from './check-cases.js';
import type { EvaluationCase } from './evaluate-bot.input.js';
import type { SetRow } from './evaluation-set.type.js';

/** A set as a member wants it. */
export interface WantedSet {
  readonly id: string | null;
  readonly name: string;
  readonly cases: readonly EvaluationCase[];
}

const mostSets = 50;
const longestName = 100;

/** Sets of cases, which members write and change. */
@Injectable()
export class EvaluationSets {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  all(actor: MemberActor): Promise<SetRow[]> {
    return this.workspaces.read(actor.workspaceId, (tx) =>
      tx.query<SetRow>(sql`
        select s.id, s.name, s.updated_at as "updatedAt" from evaluation_sets s
         where s.workspace_id = ${tx.workspaceId} order by s.id limit ${mostSets}`),
    );
  }

  /** Keeps a set as it is given: a case with an id is changed, one without is new, one that is left out goes. */
  save(actor: MemberActor, { id: given, name, cases }: WantedSet, request: RequestContext): Promise<SetRow> {
    const checked = checkedCases(cases);
    const title = cleanInput(name).replace(/\s+/gu, ' ');
    if (title === '') throw badInput('name', 'Give the set a name.', 'NAME_MISSING');
    if (title.length > longestName)
      throw badInput('name', `Use at most ${String(longestName)} characters.`, 'TOO_LONG', {
        most: String(longestName),
      });
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await checkSources(tx, checked);
      const id = given === null ? await this.add(tx, title) : await rename(tx, given, title);
      await keepCases(tx, id, checked);
      const detail = { cases: checked.length };
      this.audit.record(tx, { actor, action: 'evaluation-set.save', target: id, origin: request.origin, detail });
      this.told(tx, id);
      return setById(tx, id);
    });
  }

  remove(actor: MemberActor, id: string, request: RequestContext): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const gone = isUuid(id)
        ? await tx.execute(sql`delete from evaluation_sets where workspace_id = ${tx.workspaceId} and id = ${id}`)
        : 0;
      if (gone === 0) throw notFound('The set');
      this.audit.record(tx, { actor, action: 'evaluation-set.delete', target: id, origin: request.origin });
      this.told(tx, id);
      return true;
    });
  }

  private async add(tx: WorkspaceTransaction, name: string): Promise<string> {
    const sets = await tx.query(sql`select from evaluation_sets where workspace_id = ${tx.workspaceId}`);
    if (sets.length >= mostSets)
      throw new DomainError(ErrorCode.CONFLICT, `There can be at most ${String(mostSets)} sets. Delete one first.`, {
        reason: 'SETS_MANY',
        values: { most: String(mostSets) },
      });
    const id = newId();
    await tx.execute(
      sql`insert into evaluation_sets (workspace_id, id, name) values (${tx.workspaceId}, ${id}, ${name})`,
    );
    return id;
  }

  private told(tx: WorkspaceTransaction, id: string): void {
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'evaluations' });
  }
}

/** A set by its id. Participant. */
export async function setById(tx: WorkspaceTransaction, id: string): Promise<SetRow> {
  const row = isUuid(id)
    ? await tx.first<SetRow>(sql`
        select s.id, s.name, s.updated_at as "updatedAt" from evaluation_sets s where s.workspace_id = ${tx.workspaceId} and s.id = ${id}`)
    : null;
  if (row === null) throw notFound('The set');
  return row;
}

async function rename(tx: WorkspaceTransaction, id: string, name: string): Promise<string> {
  const found = await setById(tx, id);
  await tx.execute(sql`
    update evaluation_sets set name = ${name}, updated_at = now() where workspace_id = ${tx.workspaceId} and id = ${found.id}`);
  return found.id;
}

async function keepCases(tx: WorkspaceTransaction, setId: string, cases: readonly CheckedCase[]): Promise<void> {
  const stay = cases.flatMap(({ id }) => id ?? []);
  await tx.execute(sql`
    delete from evaluation_cases where workspace_id = ${tx.workspaceId} and set_id = ${setId} and id <> all (${stay}::uuid[])`);
  const column = <Value>(some: readonly CheckedCase[], value: (one: CheckedCase) => Value): Value[] => some.map(value);
  const values = (some: readonly CheckedCase[], id: (one: CheckedCase) => string) => sql`
    unnest(${column(some, id)}::uuid[], ${column(some, ({ question }) => question)}::text[], ${column(some, ({ expected }) => expected)}::text[],
           ${column(some, ({ knowledgeId }) => knowledgeId)}::uuid[]) as n (id, question, expected, knowledge_id)`;
  const changed = cases.filter(({ id }) => id !== null);
  const there = await tx.execute(sql`
    update evaluation_cases c set question = n.question, expected = n.expected, knowledge_id = n.knowledge_id
      from ${values(changed, ({ id }) => id ?? '')}
     where c.workspace_id = ${tx.workspaceId} and c.set_id = ${setId} and c.id = n.id`);
  if (there < new Set(stay.map((id) => id.toLowerCase())).size) throw notFound('The case');
  await tx.execute(sql`
    insert into evaluation_cases (workspace_id, set_id, id, question, expected, knowledge_id)
    select ${tx.workspaceId}, ${setId}, n.id, n.question, n.expected, n.knowledge_id
      from ${values(
        cases.filter(({ id }) => id === null),
        () => newId(),
      )}`);
}
