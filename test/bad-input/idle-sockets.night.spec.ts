import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/client.js';
import { RawSocket } from '../support/raw-socket.js';
import { BadWebhooks } from './bad-webhooks.js';
import { pageDelivery, pageItem } from './webhook-edges.js';

const many = 2_000;
/** Bytes of the server's memory that one more idle watcher may cost: twice goal 8's floor, which is of 5,000. */
const mostEach = 40_000;
const watch = 'subscription { inboxEvents { __typename cursor ... on MessageAdded { message { id text } } } }';

describe('two thousand idle sockets (case Q6)', () => {
  let bad: BadWebhooks;
  const open: RawSocket[] = [];
  beforeAll(async () => {
    bad = await BadWebhooks.start();
  }, 60_000);
  afterAll(async () => {
    for (const one of open) one.close();
    await bad.stop();
  });

  /** Opens so many more that watch the inbox, a few at a time. */
  async function connect(count: number): Promise<void> {
    const lane = async (most: number) => {
      for (let opened = 0; opened < most; opened += 1) {
        const one = new RawSocket(bad.server.url, { cookie: bad.client.cookie ?? '', origin: bad.server.url });
        open.push(one);
        await one.init({ workspaceId: bad.client.workspaceId });
        await one.say({ type: 'subscribe', id: '1', payload: { query: watch } });
        await one.frame('next', '1');
      }
    };
    await Promise.all(Array.from({ length: 20 }, () => lane(count / 20)));
  }

  /** The least of what the server's process held within some seconds: what connecting left behind is collected meanwhile. */
  async function memory(): Promise<number> {
    let least = Infinity;
    for (let second = 0; second < 15; second += 1) {
      await sleep(1_000);
      const pages = Number(readFileSync(`/proc/${String(bad.server.pid)}/statm`, 'utf8').split(' ')[1]);
      least = Math.min(least, pages * 4_096);
    }
    return least;
  }

  const heard = ({ frames }: RawSocket, text: string) => frames.filter((frame) => JSON.stringify(frame).includes(text));

  it('cost a bounded memory each, and all of them hear what happens, once', async () => {
    // The first load what all share.
    await connect(200);
    const before = await memory();
    await connect(many);
    const each = ((await memory()) - before) / many;
    console.log(`${(each / 1_024).toFixed(1)} KiB a socket`);
    expect(each).toBeLessThan(mostEach);

    expect(await bad.post(pageDelivery([pageItem('m_idle', 'to everybody')]))).toBe(200);
    await eventually(
      () => Promise.resolve(open.every((one) => heard(one, 'to everybody').length > 0) ? true : null),
      60_000,
    );
    await sleep(2_000);
    expect(open.filter((one) => one.closed !== null || heard(one, 'to everybody').length !== 1)).toEqual([]);
    expect(open).toHaveLength(many + 200);
    expect(await bad.isUp()).toBe(true);
  }, 400_000);
});
