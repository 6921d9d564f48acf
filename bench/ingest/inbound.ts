import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TestDatabase } from '../../test/support/database.js';
import type { TestServer } from '../../test/support/server.js';
import { Sender, type SendOptions, type Sent } from '../load/sender.js';
import type { Message } from '../load/webhooks.js';
import type { BenchContext } from '../report/bench.js';
import { type SeededWorkspace, seedWorkspaces } from './seed-workspaces.js';

/** A round of messages, from the first call to the last row. */
export interface Round extends Sent {
  /** Messages a second, from the first call until all can be read. */
  readonly rate: number;
  /** Processor time, in ms. */
  readonly serverTime: number;
  readonly postgresTime: number;
}

/** The server, its workspaces and a sender. */
export class InboundUnderLoad {
  private next = 0;

  private constructor(
    private readonly context: BenchContext,
    readonly database: TestDatabase,
    readonly admin: pg.Client,
    readonly server: TestServer,
    readonly workspaces: readonly SeededWorkspace[],
    private readonly customers: number,
    readonly sender: Sender,
  ) {}

  static async start(
    context: BenchContext,
    counts: { readonly workspaces: number; readonly customers: number },
    environment: Readonly<Record<string, string>> = {},
  ): Promise<InboundUnderLoad> {
    const { machine } = context;
    const database = await machine.database();
    const admin = await machine.admin(database);
    const workspaces = await seedWorkspaces(admin, counts);
    const server = await machine.server(database, environment);
    const sender = new Sender();
    machine.endLater(() => sender.stop());
    return new InboundUnderLoad(context, database, admin, server, workspaces, counts.customers, sender);
  }

  /** Messages of customers in turn, over the workspaces in turn. */
  messages(count: number, workspaces = this.workspaces.length): Message[] {
    const from = this.next;
    this.next += count;
    return Array.from({ length: count }, (_, index) => {
      const number = from + index;
      return { number, workspace: number % workspaces, customer: Math.floor(number / workspaces) % this.customers };
    });
  }

  /** Sends messages and waits until the last of them is in its conversation; checks that none is missing. */
  async round(messages: readonly Message[], options: SendOptions): Promise<Round> {
    const { machine } = this.context;
    await this.sender.prepare({ url: this.server.url, prefix: 'b', messages });
    const stored = await this.stored();
    const serverBefore = machine.serverTime(this.server);
    const postgresBefore = machine.postgresTime();
    const since = performance.now();
    const sent = await this.sender.send(options);
    await this.untilApplied();
    const seconds = (performance.now() - since) / 1_000;
    const times = {
      serverTime: machine.serverTime(this.server) - serverBefore,
      postgresTime: machine.postgresTime() - postgresBefore,
    };
    const arrived = (await this.stored()) - stored;
    if (sent.refused > 0) throw new Error(`${String(sent.refused)} webhooks were not acknowledged.`);
    if (arrived !== sent.acknowledged)
      throw new Error(`${String(sent.acknowledged)} messages were acknowledged, ${String(arrived)} can be read.`);
    return { ...sent, ...times, rate: arrived / seconds };
  }

  /** How many messages there are. */
  async stored(): Promise<number> {
    const { rows } = await this.admin.query<{ count: string }>('select count(*) from messages');
    return Number(rows[0]?.count);
  }

  /** Waits until no delivery waits. */
  async untilApplied(): Promise<void> {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const { rows } = await this.admin.query('select from deliveries where set_aside_at is null limit 1');
      if (rows.length === 0) return;
      if (Date.now() > deadline) throw new Error('Deliveries still wait after two minutes.');
      await sleep(10);
    }
  }

  /** Asks the public API, as a workspace's owner. */
  async ask<Data>(workspace: number, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await fetch(`${this.server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.workspaces[workspace]?.token ?? ''}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors !== undefined) throw new Error(`The API refused: ${JSON.stringify(errors)}`);
    return data;
  }
}
