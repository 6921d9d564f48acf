import { Injectable } from '@nestjs/common';
import { MessageAuthor, MessageDirection } from '../../conversations/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { withoutDetails } from '../drafting/without-details.js';
import { readQuestion } from '../knowledge/read-question.js';
import { readSettings } from '../settings/settings-row.js';
import { mostCases } from './check-cases.js';
import type { SetRow } from './evaluation-set.type.js';
import { setById } from './evaluation-sets.js';

/** What a customer asked, and what a member answered to it. */
interface Answered {
  readonly conversationId: string;
  readonly name: string | null;
  readonly question: string;
  readonly answer: string;
}

const lookedAt = 500;
const longest = 1_000;

/**
 * Fills a set from closed conversations: what customers asked first, and what a member answered. Only where the workspace
 * agreed, with the details of people taken out, and never of those who want no machine to read them.
 */
@Injectable()
export class TakeCases {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  run(actor: MemberActor, setId: string, most: number, request: RequestContext): Promise<SetRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const set = await setById(tx, setId);
      if (!(await readSettings(tx)).casesFromConversations)
        throw new DomainError(
          ErrorCode.CONFLICT,
          'This workspace does not use conversations to try bots with. An administrator allows it in the AI settings.',
          { reason: 'CASES_NOT_ALLOWED' },
        );
      const room =
        mostCases -
        (
          await tx.query(sql`
        select from evaluation_cases where workspace_id = ${tx.workspaceId} and set_id = ${set.id}`)
        ).length;
      const found = (await answeredConversations(tx)).filter(isUseful).map(withoutTheirDetails);
      const taken = found.slice(0, Math.max(0, Math.min(most, room)));
      await keep(tx, set.id, taken);
      const detail = { cases: taken.length };
      this.audit.record(tx, { actor, action: 'evaluation-set.take', target: set.id, origin: request.origin, detail });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [set.id], detail: 'evaluations' });
      return setById(tx, set.id);
    });
  }
}

/** The newest closed conversations that a customer began and a member answered, of which no case was taken yet. */
function answeredConversations(tx: WorkspaceTransaction): Promise<Answered[]> {
  return tx.query<Answered>(sql`
    select c.id as "conversationId", k.name, asked.text as question, answered.text as answer
      from (select * from conversations o
             where o.workspace_id = ${tx.workspaceId} and o.status = 'RESOLVED' and not o.spam
             order by o.last_activity_at desc limit ${lookedAt}) c
      join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
       and not (k.automation_objected or k.processing_restricted or k.blocked)
      join lateral (
        select m.id, m.text from messages m
         where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = ${MessageDirection.INBOUND}
           and m.deleted_at is null and m.text <> '' order by m.id limit 1) asked on true
      join lateral (
        select m.text, m.author from messages m
         where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = ${MessageDirection.OUTBOUND}
           and m.id > asked.id and m.deleted_at is null and m.text <> '' order by m.id limit 1) answered on true
     where answered.author = ${MessageAuthor.MEMBER}
       and not exists (select from evaluation_cases e where e.workspace_id = c.workspace_id and e.conversation_id = c.id)
     order by c.last_activity_at desc, c.id`);
}

function isUseful({ question, answer }: Answered): boolean {
  return (
    question.length <= longest && answer.length <= longest && answer.length >= 10 && readQuestion(question).length > 0
  );
}

function withoutTheirDetails(found: Answered): Answered {
  const plain = (text: string): string => withoutDetails(text, found.name);
  return { ...found, question: plain(found.question), answer: plain(found.answer) };
}

async function keep(tx: WorkspaceTransaction, setId: string, taken: readonly Answered[]): Promise<void> {
  const column = <Value>(value: (one: Answered) => Value): Value[] => taken.map(value);
  await tx.execute(sql`
    insert into evaluation_cases (workspace_id, id, set_id, question, expected, conversation_id)
    select ${tx.workspaceId}, n.id, ${setId}, n.question, n.expected, n.conversation_id
      from unnest(${column(() => newId())}::uuid[], ${column(({ question }) => question)}::text[], ${column(({ answer }) => answer)}::text[],
                  ${column(({ conversationId }) => conversationId)}::uuid[]) as n (id, question, expected, conversation_id)
    on conflict do nothing`);
}
