import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import type { Deletion } from './workspace-deletions.js';

const dueAfterMs = 24 * 3_600_000;

@ObjectType('PrivacyStep', { description: 'One step of a privacy request.' })
export class PrivacyStepType {
  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => PrivacyRequestStatus, { description: 'How far it was from then on.' })
  status!: PrivacyRequestStatus;

  @Field(() => String, { nullable: true, description: 'What there is to say of it.' })
  note!: string | null;
}

@ObjectType('PrivacyRequest', { description: 'Something that was asked for under the law, and how far it is.' })
export class PrivacyRequestType {
  @Field(() => ID, { description: 'The request.' })
  id!: string;

  @Field(() => PrivacyRequestKind, { description: 'What is asked for.' })
  kind!: PrivacyRequestKind;

  @Field(() => PrivacyRequestOrigin, { description: 'By which door it came.' })
  origin!: PrivacyRequestOrigin;

  @Field(() => PrivacyRequestStatus, { description: 'How far it is.' })
  status!: PrivacyRequestStatus;

  @Field(() => String, { description: 'Whom or what it is about.' })
  subject!: string;

  @Field(() => String, { description: 'What it can be followed by.' })
  confirmationCode!: string;

  @Field(() => String, { description: 'Where it can be followed, signed out too.' })
  statusUrl!: string;

  @Field(() => Date, { description: 'When it came.' })
  receivedAt!: Date;

  @Field(() => Date, { description: 'By when it is done at the latest.' })
  dueAt!: Date;

  @Field(() => Date, { nullable: true, description: 'The later date, where it takes longer.' })
  extendedUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it takes longer.' })
  extensionReason!: string | null;

  @Field(() => Date, { nullable: true, description: 'When whoever asked was told of a delay.' })
  noticeSentAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was done.' })
  completedAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether somebody asks for another.' })
  onBehalfOf!: boolean;

  @Field(() => Boolean, { description: 'Whether it is about a child.' })
  minor!: boolean;

  @Field(() => String, { nullable: true, description: 'The law that it goes by.' })
  law!: string | null;

  @Field(() => String, { nullable: true, description: 'Where what was asked for can be fetched.' })
  exportUrl!: string | null;

  @Field(() => [PrivacyStepType], { description: 'Its steps, in their order.' })
  history!: PrivacyStepType[];

  /** What the deletion of a workspace looks like to whoever asked for it. */
  static ofDeletion(deletion: Deletion, publicUrl: string): PrivacyRequestType {
    const { id, code, requestedAt, completedAt } = deletion;
    const step = (at: Date, status: PrivacyRequestStatus) =>
      Object.assign(new PrivacyStepType(), { at, status, note: null });
    return Object.assign(new PrivacyRequestType(), {
      id,
      kind: PrivacyRequestKind.ERASE,
      origin: PrivacyRequestOrigin.DASHBOARD,
      status: statusOf(deletion),
      subject: 'workspace',
      confirmationCode: code,
      statusUrl: `${publicUrl}/privacy/requests/${code}`,
      receivedAt: requestedAt,
      dueAt: dueAtOf(deletion),
      extendedUntil: null,
      extensionReason: null,
      noticeSentAt: null,
      completedAt,
      onBehalfOf: false,
      minor: false,
      law: null,
      exportUrl: null,
      history: [
        step(requestedAt, PrivacyRequestStatus.RECEIVED),
        step(requestedAt, PrivacyRequestStatus.IN_PROGRESS),
        ...(completedAt === null ? [] : [step(completedAt, PrivacyRequestStatus.COMPLETED)]),
      ],
    });
  }
}

/** How far a deletion is. */
export function statusOf({ completedAt }: Deletion): PrivacyRequestStatus {
  return completedAt === null ? PrivacyRequestStatus.IN_PROGRESS : PrivacyRequestStatus.COMPLETED;
}

/** By when a deletion is done, whatever a platform answers. */
export function dueAtOf({ requestedAt }: Deletion): Date {
  return new Date(requestedAt.getTime() + dueAfterMs);
}
