import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { MessageTemplate } from '../channel-adapter.js';

@ObjectType('MessageTemplate', {
  description: 'A message that the platform has approved beforehand, with places to fill in.',
})
export class MessageTemplateType {
  @Field(() => String, { description: 'Its name at the platform.' })
  name!: string;

  @Field(() => String, { description: 'Its language code at the platform; the same name may exist in several.' })
  language!: string;

  @Field(() => String, { description: 'What it is for, in the platform’s word: UTILITY, MARKETING, AUTHENTICATION.' })
  category!: string;

  @Field(() => String, { description: 'What the customer sees, with {{1}}, {{2}} ... where its variables go.' })
  body!: string;

  @Field(() => Int, { description: 'How many values it takes.' })
  variables!: number;

  @Field(() => String, { description: 'Whether it is approved, in the platform’s word.' })
  status!: string;

  @Field(() => String, { nullable: true, description: 'Why it cannot be sent from here, in words; null where it can.' })
  unusable!: string | null;

  static from({ name, language, category, body, variables, status, unusable }: MessageTemplate): MessageTemplateType {
    return Object.assign(new MessageTemplateType(), { name, language, category, body, variables, status, unusable });
  }
}
