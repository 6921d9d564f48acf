import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { jest } from '@jest/globals';
import { Config, readEnvironment } from '../config/index.js';

type Answer = (error: Error | null, addresses: LookupAddress[]) => void;
let answers: LookupAddress[][] = [];
const asked: string[] = [];
const realDns = await import('node:dns');
jest.unstable_mockModule('node:dns', () => ({
  ...realDns,
  lookup: (hostname: string, _: object, done: Answer) => {
    asked.push(hostname);
    done(null, (answers.length > 1 ? answers.shift() : answers[0]) ?? []);
  },
}));
const { OutgoingClient } = await import('./outgoing-client.js');
const { isPublicAddress } = await import('./public-address.js');

const config = new Config(
  // Whoever is not listed as a recipient is not even looked for.
  readEnvironment({ NODE_ENV: 'test', SANDBOX: 'off', PUSH_SERVICES: 'rebind.example' }),
  {
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    passwordPepper: 'a pepper for the tests',
    metaVerifyToken: 'verify',
    sandboxAppSecret: 'sandbox',
    vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
    receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
  },
  'postgres://x',
  null,
);

/** The machine itself, its networks, and what clouds answer on, in every way that an address can be written. */
const hosts = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.255.255.254',
  ],
  ...[
    '0.0.0.0',
    '0',
    '0x0',
    '00.0.0.0',
    '10.0.0.1',
    '0xa.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '3232235521',
    '100.64.0.1',
  ],
  ...[
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...[
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:a9fe:a9fe]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
  ],
  ...[
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2001:db8::1]',
    '[::127.0.0.1]',
    '１２７.０.０.１',
    '127。0。0。1',
  ],
];

describe('addresses that somebody else names (case U4)', () => {
  let here: Server;
  let port: number;
  let hits = 0;
  const client = new OutgoingClient(config);
  const refusal = (url: string) =>
    client.request(url, { timeout: 2_000 }).then(
      ({ status }) => `answered ${String(status)}`,
      (error: { reason?: string; message: string }) => error.reason ?? error.message,
    );

  beforeAll(async () => {
    here = createServer((_, response) => {
      hits += 1;
      response.end('secret');
    });
    await new Promise<void>((resolve) => here.listen(0, '::', resolve));
    port = (here.address() as AddressInfo).port;
  });
  beforeEach(() => {
    asked.length = 0;
    answers = [];
    hits = 0;
  });
  afterAll(async () => {
    await client.onApplicationShutdown();
    here.closeAllConnections();
    await new Promise((resolve) => here.close(resolve));
  });

  it('are not connected to where they are not public, however they are written', async () => {
    expect(hosts.length).toBeGreaterThan(40);
    for (const host of hosts)
      expect([host, await refusal(`http://${host}:${String(port)}/`)]).toEqual([host, 'address']);
    expect(hits).toBe(0);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://127.0.0.1/',
    'data:text/plain,x',
    'http://user:pass@example.com/',
    'nonsense',
    '',
  ])('are web addresses, and plain: %s', async (url) => {
    expect(await refusal(url)).toBe('address');
  });

  it('are refused where a name leads to one that is not public, be it one of several', async () => {
    for (const found of [
      ['127.0.0.1'],
      ['::1'],
      ['8.8.8.8', '127.0.0.1'],
      ['10.0.0.1', '8.8.8.8'],
      ['::ffff:169.254.169.254'],
    ]) {
      answers = [found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))];
      expect([found, await refusal(`http://rebind.example:${String(port)}/`)]).toEqual([found, 'address']);
    }
    expect(hits).toBe(0);
  });

  it('are connected to as they were checked: a name server is not asked a second time', async () => {
    // The first answer is public (and nobody is there), the second is this machine.
    answers = [[{ address: '192.88.99.77', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    expect(await refusal(`http://rebind.example:${String(port)}/`)).not.toContain('answered');
    expect([hits, asked.length]).toEqual([0, 1]);
  });

  it.each([
    'http://somebody.example/',
    'https://evilfbcdn.net/',
    'https://fbcdn.net/',
    'https://graph.facebook.com.evil.example/',
  ])(
    'are not called, nor looked for, where the deployment publishes no such recipient: %s [promise 33]',
    async (url) => {
      expect(await refusal(url)).toBe('recipient');
      expect(asked).toEqual([]);
    },
  );

  it('are called for a workspace where it named them itself, and nothing else with them', async () => {
    answers = [[{ address: '192.88.99.77', family: 4 }]];
    const url = 'http://model.example:8443/v1';
    const call = client.fetchFor({ url, ofWorkspace: true, allowedHosts: [] });
    await expect(call('http://somebody.example/v1')).rejects.toMatchObject({ reason: 'recipient', sent: 'no' });
    expect(asked).toEqual([]);
    await expect(call(`${url}/models`, { signal: AbortSignal.timeout(300) })).rejects.not.toMatchObject({
      reason: 'recipient',
    });
    expect(asked).toEqual(['model.example']);
    const ours = client.fetchFor({ url, ofWorkspace: false, allowedHosts: [] });
    await expect(ours(`${url}/models`)).rejects.toMatchObject({ reason: 'recipient' });
  });

  it('that a workspace named are looked up too, and not connected to where they are inside', async () => {
    const url = 'http://pages.example/';
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254']) {
      answers = [[{ address, family: 4 }]];
      await expect(client.requestOf({ url, allowedHosts: [] })).rejects.toMatchObject({
        reason: 'address',
        sent: 'no',
      });
    }
    // One of two is enough.
    answers = [
      [
        { address: '192.88.99.77', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ];
    await expect(client.requestOf({ url, allowedHosts: [] })).rejects.toMatchObject({ reason: 'address' });
    await expect(client.requestOf({ url: 'http://[::1]/', allowedHosts: [] })).rejects.toMatchObject({
      reason: 'address',
    });
  });

  it('are told apart from public ones', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    for (const address of ['127.0.0.1', '::1', 'localhost', ''])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });
});
