import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../platform/access/index.js';
import { SystemDatabase, newId, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { type PushAddress, PushAddresses } from './push-address.js';

/** A person has few browsers; the oldest gives way. */
const mostBrowsers = 10;

/** A signed-in browser says that it takes pushes. */
@Injectable()
export class RegisterPush {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly addresses: PushAddresses,
  ) {}

  async run(user: UserActor, given: PushAddress): Promise<boolean> {
    const address = this.addresses.check(given);
    const id = newId();
    const digests = this.secrets.digests('push endpoint', address.endpoint);
    await this.system.run(async (tx) => {
      // A browser that changes hands tells its new person only.
      await tx.execute(sql`delete from push_subscriptions where endpoint_digest = any (${digests}::bytea[])`);
      await tx.execute(sql`
        insert into push_subscriptions (id, user_id, session_id, endpoint_digest, address)
        select ${id}, ${user.userId}, s.id, ${digests[0] ?? null}, ${this.addresses.seal(id, address)}
          from sessions s where s.id = ${user.sessionId}
        on conflict (endpoint_digest) do update
           set id = excluded.id, user_id = excluded.user_id, session_id = excluded.session_id, address = excluded.address`);
      await tx.execute(sql`
        delete from push_subscriptions where user_id = ${user.userId} and id not in
               (select id from push_subscriptions where user_id = ${user.userId} order by created_at desc, id desc limit ${mostBrowsers})`);
    });
    return true;
  }
}
