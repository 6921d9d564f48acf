import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';

/** Who runs this deployment: the verified addresses that are configured, or without any the first person who came in. */
@Injectable()
export class InstanceOperators {
  private readonly addresses: ReadonlySet<string>;

  constructor(
    config: Config,
    private readonly system: SystemDatabase,
  ) {
    this.addresses = new Set(config.operatorAddresses);
  }

  async includes(user: {
    readonly id: string;
    readonly email: string;
    readonly emailVerified: boolean;
  }): Promise<boolean> {
    if (this.addresses.size > 0) return user.emailVerified && this.addresses.has(user.email.toLowerCase());
    return (await this.system.first(sql`select from users where id = ${user.id} and founded_instance`)) !== null;
  }
}
