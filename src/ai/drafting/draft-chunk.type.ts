import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('DraftChunk', {
  description:
    'A piece of a draft as it is written. Cut what you have at offset and add text: as a rule that is its end, but what turns out to be unsupported is taken back so.',
})
export class DraftChunk {
  @Field(() => ID, { description: 'The draft.' })
  draftId!: string;

  @Field(() => Int, { description: 'Where text belongs, in UTF-16 code units, as JavaScript counts them.' })
  offset!: number;

  @Field(() => String, { description: 'The words from there on. Plain text from a machine: show it as text.' })
  text!: string;

  @Field(() => Boolean, {
    description:
      'Whether this is the last one; what you have then is the text of the draft, which is empty where it failed or was stopped.',
  })
  done!: boolean;
}
