import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { UserActor } from '../../platform/access/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { SessionEntity } from './session.entity.js';
import { SessionType } from './session.type.js';

/** The sessions of a person, the one used last first. */
@Injectable()
export class ListSessions {
  constructor(private readonly system: SystemDatabase) {}

  async run({ userId, sessionId }: UserActor): Promise<SessionType[]> {
    const rows = await this.system.run((tx) =>
      tx.of(SessionEntity).find({
        where: { userId, expiresAt: MoreThan(new Date()) },
        order: { lastSeenAt: 'DESC', id: 'DESC' },
        take: 100,
      }),
    );
    return rows.map((row) => SessionType.from(row, sessionId));
  }
}
