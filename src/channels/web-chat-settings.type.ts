import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum WidgetPosition {
  LEFT = 'LEFT',
  RIGHT = 'RIGHT',
}
registerEnumType(WidgetPosition, {
  name: 'WidgetPosition',
  description: 'The corner of the page in which the chat sits.',
});

export enum WidgetTheme {
  AUTO = 'AUTO',
  LIGHT = 'LIGHT',
  DARK = 'DARK',
}
registerEnumType(WidgetTheme, {
  name: 'WidgetTheme',
  description: 'Whether a chat is light or dark.',
  valuesMap: {
    AUTO: { description: 'As the visitor prefers it.' },
    LIGHT: { description: 'Light for everybody.' },
    DARK: { description: 'Dark for everybody.' },
  },
});

export enum WidgetAsk {
  OFF = 'OFF',
  OPTIONAL = 'OPTIONAL',
  REQUIRED = 'REQUIRED',
}
registerEnumType(WidgetAsk, {
  name: 'WidgetAsk',
  description: 'Whether something is asked for before the first message.',
  valuesMap: {
    OFF: { description: 'It is not asked for.' },
    OPTIONAL: { description: 'It may be left empty, and the whole form passed over.' },
    REQUIRED: { description: 'Nobody can begin to write without it, but who the site has proved.' },
  },
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

  @Field(() => WidgetTheme, { description: 'Whether it is light or dark.' })
  theme!: WidgetTheme;

  @Field(() => Int, { description: 'How round its corners are, in pixels: 0 to 24.' })
  radius!: number;

  @Field(() => String, { nullable: true, description: 'The picture at its top, as a data URL of at most 96 by 96.' })
  logo!: string | null;

  @Field(() => Boolean, {
    description: 'Whether native apps may show it in a web view, where there is no site to be on the list.',
  })
  allowApps!: boolean;

  @Field(() => WidgetAsk, { description: 'Whether a name is asked for first.' })
  askName!: WidgetAsk;

  @Field(() => WidgetAsk, { description: 'Whether an e-mail address is asked for first.' })
  askEmail!: WidgetAsk;

  @Field(() => WidgetAsk, { description: 'Whether the question is asked for in the same form, as the first message.' })
  askQuestion!: WidgetAsk;
}
