import { Field, ID, ObjectType, OmitType } from '@nestjs/graphql';
import { ConversationFilter, ConversationOrder } from '../conversation-filter.input.js';

@ObjectType({ description: 'The filter of a view; what is null does not matter.' })
export class SavedFilter extends OmitType(ConversationFilter, [] as const, ObjectType) {}

/** A view as its table holds it. */
export interface SavedViewRow {
  readonly id: string;
  /** Whose it is; null for the workspace's. */
  readonly memberId: string | null;
  readonly name: string;
  readonly filter: ConversationFilter;
  readonly order: ConversationOrder;
}

@ObjectType('SavedView', { description: 'A filter of the inbox, kept under a name.' })
export class SavedViewType {
  @Field(() => ID, { description: 'The id of the view.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => SavedFilter, { description: 'Which conversations it shows.' })
  filter!: SavedFilter;

  @Field(() => ConversationOrder, { description: 'Which come first.' })
  order!: ConversationOrder;

  @Field(() => Boolean, { description: 'Whether every member has it; else it is yours alone.' })
  shared!: boolean;

  static from({ id, name, filter, order, memberId }: SavedViewRow): SavedViewType {
    return Object.assign(new SavedViewType(), { id, name, filter, order, shared: memberId === null });
  }
}
