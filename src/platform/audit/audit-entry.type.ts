import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { PageInfo } from '../graphql/index.js';

/** What is shown of an entry. */
export interface AuditRow {
  readonly id: string;
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly ip: string | null;
  readonly detail: unknown;
  readonly hash: Buffer;
}

@ObjectType('AuditEntry', { description: 'One line of what was done, by whom. It is never changed.' })
export class AuditEntryType {
  @Field(() => ID, { description: 'The entry.' })
  id!: string;

  @Field(() => Date, { description: 'When it was done.' })
  at!: Date;

  @Field(() => String, { description: 'Who did it: `member:ID`, `token:ID` for an API token, or `system`.' })
  actor!: string;

  @Field(() => String, { description: 'What was done, such as `channel.connect`.' })
  action!: string;

  @Field(() => String, { nullable: true, description: 'The id of what it was done to.' })
  target!: string | null;

  @Field(() => String, { nullable: true, description: 'The address it was done from.' })
  ip!: string | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'Ids and settings; never what a customer wrote and never a secret.',
  })
  detail!: unknown;

  @Field(() => String, { description: 'Covers this entry and all before it, as hex.' })
  hash!: string;

  static from({ id, at, actor, action, target, ip, detail, hash }: AuditRow): AuditEntryType {
    const shown = { id, at, actor, action, target, ip, detail, hash: hash.toString('hex') };
    return Object.assign(new AuditEntryType(), shown);
  }
}

@ObjectType('AuditConnection', { description: 'A page of the audit log, the newest first.' })
export class AuditConnectionType {
  @Field(() => [AuditEntryType], { description: 'The entries.' })
  nodes!: AuditEntryType[];

  @Field(() => PageInfo, { description: 'Where it goes on.' })
  pageInfo!: PageInfo;
}
