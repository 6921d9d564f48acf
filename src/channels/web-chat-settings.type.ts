import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum WidgetPosition {
  LEFT = 'LEFT',
  RIGHT = 'RIGHT',
}
registerEnumType(WidgetPosition, {
  name: 'WidgetPosition',
  description: 'The corner of the page in which the chat sits.',
});

@ObjectType({ description: 'How a web chat looks and where it may appear.' })
export class WebChatSettings {
  @Field(() => String, { description: 'What a site names to show this chat.' })
  publicKey!: string;

  @Field(() => [String], { description: 'The sites that may show it.' })
  allowedDomains!: string[];

  @Field(() => String, { description: 'The first words that a visitor reads.' })
  greeting!: string;

  @Field(() => String, { description: 'The colour of its buttons, as #rrggbb.' })
  accentColor!: string;

  @Field(() => WidgetPosition, { description: 'Its corner.' })
  position!: WidgetPosition;

  @Field(() => Boolean, { description: 'Whether it names the software.' })
  showBranding!: boolean;
}
