import pg, { type Client, type ClientConfig, type QueryResult } from 'pg';

interface Lane {
  readonly client: Client;
  readonly ready: Promise<unknown>;
  inFlight: number;
  corked: boolean;
}

/**
 * Connections that are written the next statement before the last is answered. Statements that are asked for at the same
 * moment leave in one write and their answers come in one read, which costs a fraction of a round trip for each. Each
 * statement stays a transaction of its own: one that fails takes nothing with it, but those behind it wait while it runs,
 * so only short statements belong here.
 */
export class Pipeline {
  private readonly lanes: Lane[] = [];
  private closed = false;

  constructor(
    private readonly settings: ClientConfig,
    private readonly size: number,
    private readonly prepare: (client: Client) => Promise<unknown> = () => Promise.resolve(),
  ) {}

  /** Runs what asks one thing of a connection, on the one that has the least to do. */
  async run(ask: (client: Client) => Promise<QueryResult>): Promise<QueryResult> {
    const lane = this.lane();
    lane.inFlight += 1;
    try {
      await lane.ready;
      this.gather(lane);
      return await ask(lane.client);
    } finally {
      lane.inFlight -= 1;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.lanes.splice(0).map((lane) => lane.client.end().catch(() => undefined)));
  }

  /** Holds what is written back until all that is asked for at this moment is there. */
  private gather(lane: Lane): void {
    if (lane.corked) return;
    lane.corked = true;
    const { stream } = lane.client.connection;
    stream.cork();
    process.nextTick(() => {
      lane.corked = false;
      stream.uncork();
    });
  }

  private lane(): Lane {
    if (this.closed) throw new Error('The connections to the database are closed.');
    const least = this.lanes.reduce<Lane | null>(
      (best, lane) => (best === null || lane.inFlight < best.inFlight ? lane : best),
      null,
    );
    if (least !== null && (least.inFlight === 0 || this.lanes.length >= this.size)) return least;
    return this.open();
  }

  private open(): Lane {
    const client = new pg.Client({ ...this.settings, pipeline: true });
    const ready = client.connect().then(() => this.prepare(client));
    const lane: Lane = { client, ready, inFlight: 0, corked: false };
    const drop = () => {
      const index = this.lanes.indexOf(lane);
      if (index >= 0) this.lanes.splice(index, 1);
    };
    // A connection that ends is replaced at the next use; without a listener it would end the process.
    client.on('error', drop);
    client.on('end', drop);
    ready.catch(() => {
      drop();
      void client.end().catch(() => undefined);
    });
    this.lanes.push(lane);
    return lane;
  }
}
