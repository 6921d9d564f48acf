import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { ErasedRowsType } from '../proof/receipt.type.js';
import { PreviewRetention } from './preview-retention.js';

const days = (name: string, description: string) =>
  Args(name, { type: () => Int, nullable: true, description: `${description} Left out: as it is.` });

@Resolver()
export class PreviewRetentionResolver {
  constructor(private readonly preview: PreviewRetention) {}

  @Query(() => [ErasedRowsType], {
    description:
      'What would be removed if this were saved now, by what it is: conversations, messages, files, ai_runs and audit_entries. What a legal hold keeps is not counted.',
  })
  @Allow(Permission.SetRetention)
  previewRetention(
    @CurrentMember() member: MemberActor,
    @days('conversationsDays', 'Conversations, after the last thing that happened in them; null: for ever.')
    conversationsDays?: number | null,
    @days('leadsDays', 'Leads; null: for ever.') leadsDays?: number | null,
    @days('aiRunsDays', 'What was sent to a model, and what it answered.') aiRunsDays?: number | null,
    @days('auditDays', 'Audit entries; 30 at least.') auditDays?: number | null,
  ): Promise<ErasedRowsType[]> {
    return this.preview.run(member, { conversationsDays, leadsDays, aiRunsDays, auditDays });
  }
}
