import { Field, ID, InputType } from '@nestjs/graphql';
import { WidgetPosition } from '../web-chat-settings.type.js';

@InputType({ description: 'What is to be different about a web chat; what is left out stays.' })
export class UpdateWebChatInput {
  @Field(() => ID, { description: 'The channel.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What the workspace calls it.' })
  name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The sites that may show it, all of them. A site that is left out is refused from now on.',
  })
  allowedDomains?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The first words that a visitor reads.' })
  greeting?: string | null;

  @Field(() => String, { nullable: true, description: 'The colour of its buttons, as #rrggbb.' })
  accentColor?: string | null;

  @Field(() => WidgetPosition, { nullable: true, description: 'Its corner.' })
  position?: WidgetPosition | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it names the software.' })
  showBranding?: boolean | null;
}
