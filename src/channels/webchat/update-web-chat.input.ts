import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { WidgetAsk, WidgetPosition, WidgetTheme } from '../web-chat-settings.type.js';

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

  @Field(() => WidgetTheme, { nullable: true, description: 'Whether it is light or dark.' })
  theme?: WidgetTheme | null;

  @Field(() => Int, { nullable: true, description: 'How round its corners are, in pixels: 0 to 24.' })
  radius?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The picture at its top: a PNG, JPEG, WebP or GIF as a data URL of at most 200,000 characters. It is drawn anew, at most 96 by 96. Empty takes it away.',
  })
  logo?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether native apps may show it in a web view, where there is no site to be on the list.',
  })
  allowApps?: boolean | null;

  @Field(() => WidgetAsk, { nullable: true, description: 'Whether a name is asked for first.' })
  askName?: WidgetAsk | null;

  @Field(() => WidgetAsk, { nullable: true, description: 'Whether an e-mail address is asked for first.' })
  askEmail?: WidgetAsk | null;

  @Field(() => WidgetAsk, {
    nullable: true,
    description: 'Whether the question is asked for in the same form, as the first message.',
  })
  askQuestion?: WidgetAsk | null;
}
