import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RetentionPolicyType } from '../retention/retention-policy.type.js';
import type { WorkspaceEntity } from './workspace.entity.js';
import { BusinessHoursType, ControllerDetailsType } from './workspace-settings.type.js';

@ObjectType('Workspace', { description: 'A business and its inbox. Nothing of one workspace is seen in another.' })
export class WorkspaceType {
  @Field(() => ID, { description: 'What `x-workspace-id` names it by.' })
  id!: string;

  @Field(() => String, { description: 'What the business is called.' })
  name!: string;

  @Field(() => String, { description: 'An IANA time zone, such as Europe/Istanbul.' })
  timezone!: string;

  @Field(() => String, { description: 'The language of the workspace, such as en or tr.' })
  locale!: string;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it will be deleted; null while nobody asked for that.' })
  deletionScheduledAt!: Date | null;

  @Field(() => ControllerDetailsType, { description: 'Who the contacts of the workspace are dealing with.' })
  controller!: ControllerDetailsType;

  @Field(() => BusinessHoursType, { description: 'When the business answers.' })
  businessHours!: BusinessHoursType;

  @Field(() => RetentionPolicyType, { description: 'For how long it keeps what.' })
  retention!: RetentionPolicyType;

  static from(row: WorkspaceEntity): WorkspaceType {
    const { id, name, timezone, locale, createdAt } = row;
    return Object.assign(new WorkspaceType(), {
      id,
      name,
      timezone,
      locale,
      createdAt,
      deletionScheduledAt: null,
      controller: ControllerDetailsType.from(row.controller),
      businessHours: BusinessHoursType.from(row.businessHours, timezone),
      retention: RetentionPolicyType.from(row.retention),
    });
  }
}
