import { Column, Entity, PrimaryColumn } from 'typeorm';

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
}
