import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { DraftChange, DraftLanguage, DraftStatus } from '../enums.js';
import type { DraftRow } from './draft.row.js';
import type { SourceType } from './source.type.js';

/** What a client is shown of a draft; a preview is for no conversation. */
type ShownDraft = Omit<DraftRow, 'instruction' | 'changesId'>;

@ObjectType('Draft', {
  description: 'A reply that is proposed to the members. Its text is plain text from a machine: show it as text.',
})
export class DraftType {
  @Field(() => ID, { description: 'The id of the draft; pass it with the message that is made from it.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The conversation that it is for.' })
  conversationId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The lead that it is for.' })
  leadId!: string | null;

  @Field(() => String, {
    description: 'The words; empty where status is FAILED, and while it is GENERATING: draftText tells them then.',
  })
  text!: string;

  @Field(() => DraftStatus, { description: 'What became of it.' })
  status!: DraftStatus;

  @Field(() => Float, {
    nullable: true,
    description: 'How sure the model says it is, or how much of the question the quoted passage holds, 0 to 1.',
  })
  confidence!: number | null;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DraftChange, { nullable: true, description: 'How it was made of another draft; null where it was not.' })
  change!: DraftChange | null;

  @Field(() => DraftLanguage, { nullable: true, description: 'Of a translation: its language.' })
  language!: DraftLanguage | null;

  /** No field: resolvers read it. */
  runId!: string | null;

  /** No field: what a preview rests on, which is stored nowhere; null where the resolver looks it up. */
  cites: readonly SourceType[] | null = null;

  static from(row: ShownDraft): DraftType {
    const { id, conversationId, leadId, text, status, confidence, createdAt, change, language, runId } = row;
    return Object.assign(new DraftType(), {
      id,
      conversationId,
      leadId,
      text,
      status,
      confidence,
      createdAt,
      change,
      language,
      runId,
    });
  }
}
