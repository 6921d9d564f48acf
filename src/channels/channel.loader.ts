import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';
import { ChannelEntity } from './channel.entity.js';
import { Channels } from './channels.js';

/** Channels by id, for the fields that show the channel of something. Bridge with `Channels.typeOf`. */
@Injectable()
export class ChannelLoader extends RowLoader<ChannelEntity> {
  constructor(
    workspaces: Workspaces,
    private readonly channels: Channels,
  ) {
    super(workspaces);
  }

  protected override batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, ChannelEntity>> {
    return this.channels.byIds(tx, keys);
  }
}
