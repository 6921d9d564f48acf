import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ContactFieldKind, type ContactFieldRow } from './contact-field.row.js';

registerEnumType(ContactFieldKind, {
  name: 'ContactFieldKind',
  description: 'DATE: a day, such as 2026-05-31. CHOICE: one of the texts that the field names.',
});

@ObjectType('ContactField', { description: 'A field that the workspace keeps of its contacts.' })
export class ContactFieldType {
  @Field(() => ID, { description: 'The id of the field.' })
  id!: string;

  @Field(() => String, {
    description: 'Its name in customFields. It stays as it is when the field is given another name.',
  })
  key!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => ContactFieldKind, { description: 'What it holds.' })
  kind!: ContactFieldKind;

  @Field(() => [String], { description: 'What there is to choose from; empty for other kinds.' })
  choices!: readonly string[];

  static from({ id, key, name, kind, choices }: ContactFieldRow): ContactFieldType {
    return Object.assign(new ContactFieldType(), { id, key, name, kind, choices });
  }
}
