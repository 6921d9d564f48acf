import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('ComposerFile', { description: 'A file that you have uploaded and not sent yet.' })
export class ComposerFile {
  @Field(() => ID, { description: 'The id of the file.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called; null where it has no name.' })
  name!: string | null;

  @Field(() => Int, { description: 'Its size in bytes.' })
  size!: number;
}

/** A composer draft as its tables hold it. */
export interface ComposerDraftRow {
  readonly conversationId: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
  readonly files: readonly ComposerFile[];
  readonly updatedAt: Date;
}

@ObjectType('ComposerDraft', { description: 'What you have begun to write in a conversation. Nobody else sees it.' })
export class ComposerDraftType implements ComposerDraftRow {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => String, { description: 'The words so far, as they were typed.' })
  text!: string;

  @Field(() => [ID], { description: 'Files that you have uploaded for it, in their order.' })
  attachmentIds!: readonly string[];

  @Field(() => [ComposerFile], { description: 'The same files with their names, for another device that shows them.' })
  files!: readonly ComposerFile[];

  @Field(() => Date, { description: 'When it was last saved.' })
  updatedAt!: Date;

  static from({ conversationId, text, attachmentIds, files, updatedAt }: ComposerDraftRow): ComposerDraftType {
    return Object.assign(new ComposerDraftType(), { conversationId, text, attachmentIds, files, updatedAt });
  }
}

@ObjectType('ComposerDraftChange', { description: 'You wrote on, perhaps on another device.' })
export class ComposerDraftChangeType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => ComposerDraftType, {
    nullable: true,
    description: 'The draft as it is now; null once it was sent or emptied.',
  })
  draft!: ComposerDraftType | null;
}
