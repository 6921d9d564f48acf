import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { type WorkspaceTransaction, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';

/** How many bytes of files a workspace keeps, small pictures included, and how many it may; null: as many as there is place for. */
export interface RoomForFiles {
  readonly usedBytes: number;
  readonly mostBytes: number | null;
}

/** There is no room for another file. */
export class NoRoomForFile extends DomainError {
  constructor({ usedBytes, mostBytes }: RoomForFiles) {
    super(
      ErrorCode.PLAN_LIMIT,
      `There is no room for this file: ${inWords(usedBytes)} of ${inWords(mostBytes ?? usedBytes)} are in use. ` +
        'Delete what is not needed any more, or ask whoever runs this server for more room.',
    );
    this.name = 'NoRoomForFile';
  }
}

const nearly = 0.9;
const toldAgainDays = 7;

/** The room that a workspace has for files. The database counts it with the rows, so it is exact, and given back with them. */
@Injectable()
export class FileRoom {
  private readonly most: number | null;

  constructor({ environment }: Config) {
    const megabytes = environment.FILES_MB_PER_WORKSPACE;
    this.most = megabytes === 0 ? null : megabytes * 1_000_000;
  }

  /** What is used now. */
  async of(tx: WorkspaceTransaction): Promise<RoomForFiles> {
    const row = await tx.first<{ bytes: string; most: string | null }>(sql`
      select bytes, most_bytes as most from file_room where workspace_id = ${tx.workspaceId}`);
    const own = row?.most ?? null;
    return { usedBytes: Number(row?.bytes ?? 0), mostBytes: own === null ? this.most : Number(own) };
  }

  /** Throws where so many bytes more have no room. */
  async require(tx: WorkspaceTransaction, bytes: number): Promise<void> {
    const room = await this.of(tx);
    if (room.mostBytes !== null && room.usedBytes + bytes > room.mostBytes) throw new NoRoomForFile(room);
  }

  /** Whether the room is nearly used up, said to one transaction a week. */
  async isNews(tx: WorkspaceTransaction): Promise<boolean> {
    const { usedBytes, mostBytes } = await this.of(tx);
    if (mostBytes === null || usedBytes < nearly * mostBytes) return false;
    const told = await tx.execute(sql`
      insert into file_room as room (workspace_id, told_at) values (${tx.workspaceId}, now())
      on conflict (workspace_id) do update set told_at = now()
       where room.told_at is null or room.told_at < now() - make_interval(days => ${toldAgainDays})`);
    return told > 0;
  }
}

/** Bytes as people say them. */
export function inWords(bytes: number): string {
  const gigabytes = bytes / 1_000_000_000;
  const [number, unit] = gigabytes >= 1 ? [gigabytes, 'GB'] : [bytes / 1_000_000, 'MB'];
  return `${String(Number(number.toFixed(1)))} ${unit}`;
}
