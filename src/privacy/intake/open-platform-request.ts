import { Injectable } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type IncomingRequest, PrivacyRequests } from './privacy-requests.js';
import { RequestCodes } from './request-codes.js';
import { routeRequest } from './route-request.worker.js';

/** A platform asks in somebody's name, signed. The same call has the same code, however often it comes. */
@Injectable()
export class OpenPlatformRequest {
  constructor(
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly codes: RequestCodes,
    private readonly outbox: Outbox,
  ) {}

  /** Gives the code. `call` tells one call from another. */
  async run(call: readonly string[], incoming: Omit<IncomingRequest, 'code' | 'proved'>): Promise<string> {
    const codes = this.codes.ofCall(...call);
    for (const code of codes) if ((await this.codes.find(code)) !== null) return code;
    const [code] = codes;
    if (code === undefined) throw new Error('There is no key to make a code with.');
    await this.system
      .run(async (tx) => {
        const row = await this.requests.open(tx, { ...incoming, code, proved: true });
        await this.outbox.scheduleForInstance(tx, routeRequest, row.id);
      })
      .catch(async (error: unknown) => {
        // Two of the same at once: the other was first.
        if ((await this.codes.find(code)) === null) throw error;
      });
    return code;
  }
}
