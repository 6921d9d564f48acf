// Subscribers that speak graphql-transport-ws themselves and look at a frame no closer than they must.
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { CollectPlan, WatchPlan, Watched } from './watcher.js';

const document = `subscription ($after: String) { inboxEvents(after: $after) { __typename cursor
  ... on CaughtUp { cursor }
  ... on MessageAdded { message { id direction author kind text status sentAt conversation { id } } }
  ... on ConversationChanged { conversation { id status unreadCount lastActivityAt contact { id name } } } } }`;
const opening = 20;

let plan: WatchPlan = { url: '', tokens: [], numbers: 0 };
let receivedAt = new Float64Array(0);
let different = 0;
let all = 0;
let reopened = 0;
let before = process.cpuUsage();

process.on('message', (question: { open?: WatchPlan; collect?: CollectPlan }) => {
  if (question.open !== undefined) {
    plan = question.open;
    clear();
    openAll().then(
      (open) => process.send?.({ open }),
      (error: unknown) => {
        process.stderr.write(`The subscriptions could not be opened: ${String(error)}\n`);
        process.exit(1);
      },
    );
  } else if (question.collect !== undefined) void collect(question.collect);
});
process.on('disconnect', () => process.exit(0));

async function collect({ expected, seconds }: CollectPlan): Promise<void> {
  for (let tries = 0; tries < seconds * 100 && different < expected; tries += 1) await sleep(10);
  const used = process.cpuUsage(before);
  const processorTime = (used.user + used.system) / 1_000;
  process.send?.({ receivedAt, different, all, reopened, processorTime } satisfies Watched);
  clear();
}

function clear(): void {
  receivedAt = new Float64Array(plan.numbers).fill(Number.NaN);
  different = 0;
  all = 0;
  reopened = 0;
  before = process.cpuUsage();
}

async function openAll(): Promise<number> {
  const waiting = plan.tokens.values();
  const lanes = Array.from({ length: opening }, async () => {
    for (const token of waiting) await new Subscription(token).live();
  });
  await Promise.all(lanes);
  return plan.tokens.length;
}

const now = () => performance.timeOrigin + performance.now();

class Subscription {
  private cursor: string | null = null;
  private becomeLive: () => void = () => undefined;

  constructor(private readonly token: string) {}

  /** Opens it for good; resolves when it has caught up the first time. */
  live(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('A subscription is not live after a minute.')), 60_000);
      this.becomeLive = () => {
        clearTimeout(late);
        resolve();
      };
      this.open();
    });
  }

  private open(): void {
    const socket = new WebSocket(`${plan.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${this.token}` } }));
    });
    socket.on('message', (data: Buffer) => this.hear(socket, data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      reopened += 1;
      void sleep(200).then(() => this.open());
    });
  }

  private hear(socket: WebSocket, frame: string): void {
    if (frame.includes('"type":"ping"')) socket.send('{"type":"pong"}');
    else if (frame.includes('"type":"connection_ack"')) {
      const payload = { query: document, variables: { after: this.cursor } };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    } else if (frame.includes('"type":"next"')) {
      this.cursor = /"cursor":"([^"]+)"/.exec(frame)?.[1] ?? this.cursor;
      const said = /"text":"(\d+) is the order/.exec(frame)?.[1];
      if (said !== undefined) {
        const number = Number(said);
        all += 1;
        if (Number.isNaN(receivedAt[number])) different += 1;
        receivedAt[number] = now();
      } else if (frame.includes('"CaughtUp"')) this.becomeLive();
      else if (frame.includes('"errors"')) process.stderr.write(`A subscription was refused: ${frame.slice(0, 500)}\n`);
    } else if (frame.includes('"type":"error"'))
      process.stderr.write(`A subscription failed: ${frame.slice(0, 500)}\n`);
  }
}
