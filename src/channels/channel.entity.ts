import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Sql, sql } from '../platform/database/index.js';
import { ChannelKind, ChannelStatus } from './enums.js';

/** A connected account, or one that was: the row stays for its history after a disconnect, without its token. */
@Entity('channels')
export class ChannelEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: ChannelKind;

  @Column('text')
  provider!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text')
  status!: ChannelStatus;

  /** Encrypted; opened by `Channels.openChannel` alone, and never selected with the rest. */
  @Column('bytea', { nullable: true, select: false })
  token!: Buffer | null;

  /** Encrypted; what the platform shows with each webhook call, where that is each channel's own. Never selected either. */
  @Column('bytea', { name: 'webhook_secret', nullable: true, select: false })
  webhookSecret!: Buffer | null;

  @Column('timestamptz', { name: 'token_expires_at', nullable: true })
  tokenExpiresAt!: Date | null;

  @Column('jsonb')
  settings!: Record<string, unknown>;

  @Column('timestamptz', { name: 'last_inbound_at', nullable: true })
  lastInboundAt!: Date | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column('boolean', { name: 'lead_ads' })
  leadAds!: boolean;

  @Column('boolean')
  frozen!: boolean;

  @Column('uuid', { name: 'connected_by', nullable: true })
  connectedBy!: string | null;

  @Column('timestamptz', { name: 'connected_at' })
  connectedAt!: Date;

  /** When the consent that it lives by was given. What is below is for those who look after the connection. */
  @Column('timestamptz', { name: 'granted_at', nullable: true, select: false })
  grantedAt?: Date | null;

  @Column('timestamptz', { name: 'expired_at', nullable: true, select: false })
  expiredAt?: Date | null;

  /** Since when messages may have come that were not delivered; null where none may have. */
  @Column('timestamptz', { name: 'gap_since', nullable: true, select: false })
  gapSince?: Date | null;

  @Column('timestamptz', { name: 'disconnected_at', nullable: true, select: false })
  disconnectedAt?: Date | null;

  /** A keyed digest of an account that had to be forgotten: connected again, it is known by it. */
  @Column('bytea', { name: 'former_account', nullable: true, select: false })
  formerAccount?: Buffer | null;
}

/** What a statement over `channels h` selects to give what a ChannelEntity has, its token left out. */
export const channelColumns: Sql = sql`
  h.workspace_id as "workspaceId", h.id, h.kind, h.provider, h.name, h.external_id as "externalId", h.status,
  h.token_expires_at as "tokenExpiresAt", h.settings, h.last_inbound_at as "lastInboundAt", h.last_error as "lastError",
  h.lead_ads as "leadAds", h.frozen, h.connected_by as "connectedBy", h.connected_at as "connectedAt"`;
