import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { Config, readEnvironment } from '../config/index.js';
import { OutgoingClient } from './outgoing-client.js';

describe('a call that a process that stood still would make too late (case F3)', () => {
  let there: Server;
  let hits = 0;
  let client: InstanceType<typeof OutgoingClient>;
  let url: string;

  beforeAll(async () => {
    there = createServer((_, response) => {
      hits += 1;
      response.end('taken');
    });
    await new Promise<void>((resolve) => there.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((there.address() as AddressInfo).port)}/`;
    const secrets = {
      encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      passwordPepper: 'a pepper for the tests',
      metaVerifyToken: 'verify',
      sandboxAppSecret: 'sandbox',
      vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
      receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
    };
    client = new OutgoingClient(
      new Config(
        readEnvironment({ NODE_ENV: 'test', SANDBOX: 'off', META_GRAPH_URL: url }),
        secrets,
        'postgres://x',
        null,
      ),
    );
  });
  afterEach(() => {
    jest.restoreAllMocks();
    hits = 0;
  });
  afterAll(async () => {
    await client.onApplicationShutdown();
    there.closeAllConnections();
    await new Promise((resolve) => there.close(resolve));
  });

  const later = (milliseconds: number) => {
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
  };

  it('does not leave, and is known not to have left', async () => {
    const call = client.request(url, { method: 'POST', body: 'hello' });
    later(5_100);
    await expect(call).rejects.toMatchObject({ sent: 'no', reason: 'timeout' });
    expect(hits).toBe(0);
  });

  it('leaves where the time is not over', async () => {
    const call = client.request(url, { method: 'POST', body: 'hello' });
    later(4_000);
    expect((await call).status).toBe(200);
    expect(hits).toBe(1);
  });
});
