import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { CannedResponseEntity } from './canned-response.entity.js';

@ObjectType('CannedResponse', { description: 'A text that members use again and again.' })
export class CannedResponseType {
  @Field(() => ID, { description: 'The id of the canned response.' })
  id!: string;

  @Field(() => String, { description: 'What calls it up; unique in the workspace, whatever its case.' })
  shortcut!: string;

  @Field(() => String, { description: 'The text.' })
  text!: string;

  static from({ id, shortcut, text }: CannedResponseEntity): CannedResponseType {
    return Object.assign(new CannedResponseType(), { id, shortcut, text });
  }
}
