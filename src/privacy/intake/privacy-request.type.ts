import { Field, ID, ObjectType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { Deletion } from '../../accounts/index.js';
import { PageInfo } from '../../platform/graphql/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { forgotten } from './request-steps.js';
import { type RequestRow, subjectOf } from './request.row.js';

const deletionHours = 24;

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

  @Field(() => String, { nullable: true, description: 'What whoever asked wrote, in their words.' })
  note!: string | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'For RECTIFY: what is right, under the names that updateContact has; null once it is put right.',
  })
  rectification!: unknown;

  @Field(() => [String], { description: 'Under which names something was put right; never what it was or is.' })
  rectified!: readonly string[];

  @Field(() => Boolean, {
    description: 'Whether it cannot be told from the words what is asked for: a person says it.',
  })
  unclear!: boolean;

  @Field(() => Boolean, { description: 'Whether a workspace answers for it; else those who run the deployment do.' })
  ownedByWorkspace!: boolean;

  @Field(() => [PrivacyStepType], { description: 'Its steps, in their order.' })
  history!: PrivacyStepType[];

  /** No field: `contacts` is read by it. */
  contactIds!: readonly string[];

  /** No field: `exportUrl` is read by it. */
  workspaceId!: string | null;

  /** No field: `receipt` is read by it. */
  erasureId!: string | null;

  static from(row: RequestRow, publicUrl: string): PrivacyRequestType {
    const { id, kind, origin, status, code, receivedAt, dueAt, extendedUntil, noticeSentAt, completedAt } = row;
    const { onBehalfOf, minor, law, contactIds, details } = row;
    return Object.assign(new PrivacyRequestType(), {
      id,
      kind,
      origin,
      status,
      subject: subjectOf(row),
      confirmationCode: code,
      statusUrl: `${publicUrl}/privacy/requests/${code}`,
      receivedAt,
      dueAt,
      extendedUntil,
      extensionReason: details.extensionReason,
      noticeSentAt,
      completedAt,
      onBehalfOf,
      minor,
      law,
      note: details.note,
      rectification: details.rectification,
      rectified: details.rectified ?? [],
      unclear: details.unclear === true,
      ownedByWorkspace: row.workspaceId !== null,
      contactIds,
      erasureId: row.erasureId,
      workspaceId: row.workspaceId,
      history: details.history.map((step) =>
        stepOf(new Date(step.at), step.status, [step.note, step.words].filter((text) => text).join(' ') || null),
      ),
    });
  }

  /** What those who run the deployment see: of a workspace's request how far it is, and no word that was said. */
  static forOperator(row: RequestRow, publicUrl: string): PrivacyRequestType {
    if (row.workspaceId === null) return PrivacyRequestType.from(row, publicUrl);
    return Object.assign(PrivacyRequestType.from(forgotten(row), publicUrl), { workspaceId: null });
  }

  /** What the deletion of a workspace looks like to whoever asked for it. */
  static ofDeletion(deletion: Deletion, publicUrl: string): PrivacyRequestType {
    const { id, code, requestedAt, completedAt } = deletion;
    return Object.assign(new PrivacyRequestType(), {
      id,
      kind: PrivacyRequestKind.ERASE,
      origin: PrivacyRequestOrigin.DASHBOARD,
      status: statusOfDeletion(deletion),
      subject: 'workspace',
      confirmationCode: code,
      statusUrl: `${publicUrl}/privacy/requests/${code}`,
      receivedAt: requestedAt,
      dueAt: dueAtOfDeletion(deletion),
      extendedUntil: null,
      extensionReason: null,
      noticeSentAt: null,
      completedAt,
      onBehalfOf: false,
      minor: false,
      law: null,
      note: null,
      rectification: null,
      rectified: [],
      unclear: false,
      ownedByWorkspace: false,
      contactIds: [],
      erasureId: id,
      workspaceId: null,
      history: [
        stepOf(requestedAt, PrivacyRequestStatus.RECEIVED, null),
        stepOf(requestedAt, PrivacyRequestStatus.IN_PROGRESS, null),
        ...(completedAt === null ? [] : [stepOf(completedAt, PrivacyRequestStatus.COMPLETED, null)]),
      ],
    });
  }
}

@ObjectType({ description: 'A page of privacy requests.' })
export class PrivacyRequestConnection {
  @Field(() => [PrivacyRequestType], {
    description: 'The requests: what waits first, children’s before all, then by the day on which it is due.',
  })
  nodes!: PrivacyRequestType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}

/** How far a deletion is. */
export function statusOfDeletion({ completedAt }: Deletion): PrivacyRequestStatus {
  return completedAt === null ? PrivacyRequestStatus.IN_PROGRESS : PrivacyRequestStatus.COMPLETED;
}

/** By when a deletion is done, whatever a platform answers. */
export function dueAtOfDeletion({ requestedAt }: Deletion): Date {
  return new Date(requestedAt.getTime() + deletionHours * 3_600_000);
}

function stepOf(at: Date, status: PrivacyRequestStatus, note: string | null): PrivacyStepType {
  return Object.assign(new PrivacyStepType(), { at, status, note });
}
