import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Pruned, Retention, type RetentionPolicy } from '../../accounts/index.js';
import { isAged } from '../../conversations/index.js';
import { type Sql, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { forgetUnasked } from '../questions/forget-unasked.js';

const batch = 1_000;

/** The record of what was sent to a model is kept for as long as the workspace says. */
@Injectable()
export class KeepAiRuns implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly workspaces: Workspaces,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      kind: 'aiRunsDays',
      prune: (workspaceId, days) => this.prune(workspaceId, days),
      count: (tx, policy) => this.count(tx, policy),
    });
  }

  private async prune(workspaceId: string, days: number): Promise<Pruned> {
    // Their ids are in the order of time, so that the oldest are found without reading the rest.
    return this.workspaces.run(workspaceId, async (tx) => {
      const gone = await tx.execute(sql`
        delete from ai_runs where workspace_id = ${workspaceId} and at < now() - make_interval(days => ${days})
           and id in (select r.id from ai_runs r where r.workspace_id = ${workspaceId} and ${this.isFree('runs')} order by r.id limit ${batch})`);
      const asked = await tx.execute(sql`
        delete from question_askings where workspace_id = ${workspaceId} and id in (
          select r.id from question_askings r
           where r.workspace_id = ${workspaceId} and r.asked_at < now() - make_interval(days => ${days}) and ${this.isFree('askings')} limit ${batch})`);
      const unasked = await forgetUnasked(tx, batch);
      const all = { ai_runs: gone, question_askings: asked, unanswered_questions: unasked };
      const pruned = { gone: all, more: Object.values(all).includes(batch) };
      await this.retention.went(tx, pruned);
      return pruned;
    });
  }

  /** Those that are old enough themselves, and those that go with their conversation. */
  private async count(tx: WorkspaceTransaction, policy: RetentionPolicy): Promise<Record<string, number>> {
    const goes = (at: Sql, of: 'runs' | 'askings') => sql`
      ((${at} < now() - make_interval(days => ${policy.aiRunsDays}) and ${this.isFree(of)})
       or r.conversation_id in (
         select id from conversations where ${isAged(tx.workspaceId, policy.conversationsDays, this.holds)}))`;
    // What was made of a lead goes with it.
    const ofLead = sql`(r.lead_id is not null and ${this.isFree('runs')} and exists (
      select from leads l where l.workspace_id = r.workspace_id and l.id = r.lead_id
         and l.created_at < now() - make_interval(days => ${policy.leadsDays})))`;
    const runs = await tx.first<{ count: number }>(sql`
      select count(*)::int as count from ai_runs r where r.workspace_id = ${tx.workspaceId} and (${goes(sql`r.at`, 'runs')} or ${ofLead})`);
    // A question goes with the last who asked it.
    const asked = await tx.first<{ askings: number; questions: number }>(sql`
      select coalesce(sum(gone), 0)::int as askings, count(*) filter (where gone = times)::int as questions
        from (select count(*) as times, count(*) filter (where ${goes(sql`r.asked_at`, 'askings')}) as gone
                from question_askings r where r.workspace_id = ${tx.workspaceId} group by r.question_id) questions`);
    return {
      ai_runs: runs?.count ?? 0,
      question_askings: asked?.askings ?? 0,
      unanswered_questions: asked?.questions ?? 0,
    };
  }

  private isFree(of: 'runs' | 'askings'): Sql {
    const talking = sql`(select c.contact_id from conversations c where c.workspace_id = r.workspace_id and c.id = r.conversation_id)`;
    const lead = sql`(select l.contact_id from leads l where l.workspace_id = r.workspace_id and l.id = r.lead_id)`;
    return this.holds.without(sql`r.workspace_id`, of === 'runs' ? sql`coalesce(${talking}, ${lead})` : talking);
  }
}
