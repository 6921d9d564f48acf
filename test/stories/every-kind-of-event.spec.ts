import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient } from '../support/client.js';

const accounts = [
  {
    channel: 'messenger',
    accountId: '900000000000001',
    customerId: '7100000000000001',
    otherCustomerId: '7100000000000002',
    connect: 'connectMessenger',
    type: 'ConnectMessengerInput',
    input: { pageId: '900000000000001', pageAccessToken: 'EAASANDBOXPAGE900000000000001TOKEN' },
  },
  {
    channel: 'instagram',
    accountId: '17841400000000001',
    customerId: '7200000000000001',
    otherCustomerId: '7200000000000002',
    connect: 'connectInstagram',
    type: 'ConnectInstagramInput',
    input: {
      accountId: '17841400000000001',
      pageId: '900000000000001',
      accessToken: 'EAASANDBOXPAGE900000000000001TOKEN',
    },
  },
  {
    channel: 'instagram',
    accountId: '17841400000000002',
    customerId: '7200000000000002',
    otherCustomerId: '7200000000000001',
    connect: 'connectInstagram',
    type: 'ConnectInstagramInput',
    input: { accountId: '17841400000000002', accessToken: 'IGAASANDBOX17841400000000002TOKEN' },
  },
  {
    channel: 'whatsapp',
    accountId: '660000000000001',
    customerId: '905550000099',
    otherCustomerId: '4915550000088',
    connect: 'connectWhatsApp',
    type: 'ConnectWhatsAppInput',
    input: {
      wabaId: '770000000000001',
      phoneNumberId: '660000000000001',
      accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
    },
  },
  {
    channel: 'telegram',
    accountId: '7000000001',
    customerId: '5550001',
    otherCustomerId: '5550002',
    connect: 'connectTelegram',
    type: 'ConnectTelegramInput',
    input: { botToken: '7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL' },
  },
] as const;

const movesPerson = new Set(['system', 'user_id_update']);

describe.each(accounts)('every kind of event on $channel $accountId', (account) => {
  let app: TestApp;
  let client: TestClient;
  let admin: pg.Client;

  beforeAll(async () => {
    app = await startTestApp();
    client = await TestClient.signedUp(app.url);
    admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await client.close();
    await app.close();
  });

  const sandbox = async (path: string, body: unknown) => {
    const response = await fetch(`${app.sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { ok: response.ok, text: await response.text() };
  };

  it('is applied, and nothing of it is set aside', async () => {
    const connected = await client.ask<Record<string, { id: string; status: string }>>(
      `mutation ($input: ${account.type}!) { ${account.connect}(input: $input) { id status } }`,
      { input: account.input },
    );
    expect(connected[account.connect]).toMatchObject({ status: 'CONNECTED' });

    const { channel, accountId, customerId } = account;
    const refused = await sandbox('play', { channel, accountId, customerId, event: { kind: 'nothing like it' } });
    const kinds = /It knows: ([^"]+?)\.?"/.exec(refused.text)?.[1]?.split(', ') ?? [];
    expect(kinds.length).toBeGreaterThan(15);
    const first = await sandbox('play', { channel, accountId, customerId, event: { kind: 'text' } });
    const [targetId] = (JSON.parse(first.text) as { ids: string[] }).ids;
    // A new number or id makes another person of the customer, so these come last.
    const ordered = kinds.toSorted((a, b) => Number(movesPerson.has(a)) - Number(movesPerson.has(b)));
    const notPlayed: string[] = [];
    for (const kind of ordered) {
      const { ok } = await sandbox('play', { channel, accountId, customerId, event: { kind, targetId } });
      if (!ok) notPlayed.push(kind);
    }
    expect(notPlayed.filter((kind) => !movesPerson.has(kind))).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await app.drainDeliveries();
    const left = await admin.query<{ reason: string }>('select reason from deliveries');
    expect(left.rows).toEqual([]);
    const messages = await admin.query<{ kind: string; n: number }>(
      'select kind, count(*)::int as n from messages group by kind order by kind',
    );
    expect(messages.rows.length).toBeGreaterThan(5);
    expect(messages.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['TEXT', 'IMAGE', 'POSTBACK']));
  });

  it('is disconnected: the platform is told, and what still comes belongs to nobody [promise 52]', async () => {
    const { channels } = await client.ask<{ channels: { id: string }[] }>('{ channels { id } }');
    const { disconnectChannel } = await client.ask<{ disconnectChannel: { status: string } }>(
      'mutation ($id: ID!) { disconnectChannel(id: $id) { status } }',
      { id: channels[0]?.id },
    );
    expect(disconnectChannel.status).toBe('DISCONNECTED');
    const before = await admin.query('select count(*)::int as n from messages');
    const { channel, accountId, otherCustomerId: customerId } = account;
    expect(await sandbox('play', { channel, accountId, customerId, event: { kind: 'text' } })).toMatchObject({
      ok: true,
    });
    await app.drainDeliveries();
    expect((await admin.query('select count(*)::int as n from messages')).rows).toEqual(before.rows);
    const { tokenUses } = await client.ask<{ tokenUses: { nodes: { purpose: string }[] } }>(
      'query ($id: ID!) { tokenUses(channelId: $id) { nodes { purpose host cause at } } }',
      { id: channels[0]?.id },
    );
    expect(tokenUses.nodes.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['VERIFY', 'SUBSCRIBE']));
  });
});
