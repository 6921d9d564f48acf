import { createHmac } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { appSecret } from '../../support/app.js';

/** One webhook call, as the platform will make it until it is taken. */
export interface Call {
  readonly key: string;
  readonly body: string;
  /** How many times at once it is made; a platform repeats what it thinks was lost. */
  readonly copies?: number;
}

/** What came of one post; status 0 where there was no answer. */
export interface Posted {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly milliseconds: number;
}

const patienceMilliseconds = 180_000;

/** Posts signed webhooks as Meta does: kept connections, several in flight, and each call again until it is answered 200. */
export class MetaSender {
  /** The ledger: what was acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Answers by status; 0 is none. */
  readonly answers = new Map<number, number>();
  /** Refusals that did not say when to come again. */
  readonly withoutRetryAfter: Posted[] = [];
  private readonly agent: http.Agent;

  constructor(
    private readonly url: () => string,
    inFlight: number,
    private readonly pauseMilliseconds = 100,
  ) {
    this.agent = new http.Agent({ keepAlive: true, maxSockets: inFlight * 6 });
  }

  /** Makes a call until it is acknowledged. */
  async deliver(call: Call): Promise<void> {
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const posted = await Promise.all(Array.from({ length: call.copies ?? 1 }, () => this.post(call.body)));
      if (posted.some(({ status }) => status === 200)) {
        this.acknowledged.add(call.key);
        return;
      }
      if (Date.now() > deadline) throw new Error(`${call.key} was not taken in ${String(patienceMilliseconds)} ms.`);
      await sleep(this.pauseMilliseconds);
    }
  }

  /** Delivers all, `inFlight` at a time; tells after each. */
  async deliverAll(
    calls: Iterable<Call>,
    inFlight: number,
    after: (done: number) => void = () => undefined,
  ): Promise<void> {
    const waiting = calls[Symbol.iterator]();
    let done = 0;
    const lane = async () => {
      for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
        await this.deliver(next.value);
        done += 1;
        after(done);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  }

  /** Makes one call once. */
  post(body: string): Promise<Posted> {
    const since = performance.now();
    const raw = Buffer.from(body);
    const signature = `sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}`;
    return new Promise<Posted>((resolve) => {
      const settle = (status: number, retryAfter: string | null) => {
        this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
        const posted = { status, retryAfter, milliseconds: performance.now() - since };
        if (status === 503 && retryAfter === null) this.withoutRetryAfter.push(posted);
        resolve(posted);
      };
      const request = http.request(
        `${this.url()}/webhooks/meta`,
        {
          method: 'POST',
          agent: this.agent,
          timeout: 20_000,
          headers: {
            'content-type': 'application/json',
            'content-length': raw.length,
            'x-hub-signature-256': signature,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => settle(response.statusCode ?? 0, response.headers['retry-after'] ?? null));
          response.on('error', () => settle(0, null));
        },
      );
      request.on('timeout', () => request.destroy());
      request.on('error', () => settle(0, null));
      request.end(raw);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
