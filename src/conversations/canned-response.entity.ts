import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A text that members use again and again, called up by its shortcut. */
@Entity('canned_responses')
export class CannedResponseEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  shortcut!: string;

  @Column('text')
  text!: string;
}
