import { Field, InputType } from '@nestjs/graphql';
import { WidgetPosition } from '../web-chat-settings.type.js';

@InputType({ description: 'A chat for a site of the business.' })
export class CreateWebChatInput {
  @Field(() => String, { description: 'What the workspace calls it.' })
  name!: string;

  @Field(() => [String], {
    description:
      'The sites that may show it: example.com, *.example.com, example.com:8443. Only https counts, but on localhost.',
  })
  allowedDomains!: string[];

  @Field(() => String, { nullable: true, description: 'The first words that a visitor reads.' })
  greeting?: string | null;

  @Field(() => String, { nullable: true, description: 'The colour of its buttons, as #rrggbb.' })
  accentColor?: string | null;

  @Field(() => WidgetPosition, { nullable: true, description: 'Its corner.' })
  position?: WidgetPosition | null;
}
