import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RetentionPolicy } from '../retention/retention-policy.js';
import type { BusinessHours } from './business-hours.js';
import type { ControllerDetails } from './workspace-settings.js';

/** A tenant. */
@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  timezone!: string;

  @Column('text')
  locale!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('jsonb')
  controller!: Partial<ControllerDetails>;

  @Column('jsonb', { name: 'business_hours' })
  businessHours!: Partial<BusinessHours>;

  @Column('jsonb')
  retention!: Partial<RetentionPolicy>;
}
