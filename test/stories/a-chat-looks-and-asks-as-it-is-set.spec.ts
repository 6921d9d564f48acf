import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type SeenMessage, type TestWebChat, TestVisitor, createWebChat } from '../support/visitor.js';

const fields = 'theme radius logo allowApps askName askEmail askQuestion';

describe('a chat looks and asks as it is set', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  const visitors: TestVisitor[] = [];
  const visitor = () => {
    const made = new TestVisitor(test.app.url, chat);
    visitors.push(made);
    return made;
  };
  const update = `mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { webChat { ${fields} } } }`;
  const set = async (input: Record<string, unknown>) =>
    (
      await inbox.client.ask<{ updateWebChat: { webChat: Record<string, unknown> } }>(update, {
        input: { id: chat.channelId, ...input },
      })
    ).updateWebChat.webChat;
  const settings = async () => (await visitor().open()).body.settings;
  const dataUrl = (type: string, body: Buffer) => `data:${type};base64,${body.toString('base64')}`;

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
  }, 60_000);
  beforeEach(async () => {
    chat = await createWebChat(inbox.client);
  });
  afterAll(async () => {
    for (const one of visitors) one.close();
    await inbox.client.close();
    await test.stop();
  });

  it('is plain until somebody says otherwise, also one from before it could be said', async () => {
    const plain = { theme: 'AUTO', radius: 18, logo: null, allowApps: false };
    const asked = { askName: 'OFF', askEmail: 'OFF', askQuestion: 'OFF' };
    const old =
      "update channels set settings = settings #- '{webChat,theme}' #- '{webChat,radius}' #- '{webChat,askName}'";
    await test.admin.query(`${old} where id = $1`, [chat.channelId]);
    expect(await set({ greeting: 'Hi' })).toEqual({ ...plain, ...asked });
    expect(await settings()).toEqual({
      greeting: 'Hi',
      accentColor: '#2563eb',
      position: 'RIGHT',
      showBranding: true,
      privacyUrl: expect.stringMatching(/\/privacy$/) as unknown,
      theme: 'auto',
      radius: 18,
      logo: null,
      apps: false,
      ask: { name: 'off', email: 'off', question: 'off' },
      hours: null,
    });
  });

  it('has its look from its members, and a picture that was drawn anew', async () => {
    const picture = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#c00' } })
      .withExif({ IFD0: { Copyright: 'planted words' } })
      .jpeg()
      .toBuffer();
    expect(picture.includes('planted words')).toBe(true);
    await set({ theme: 'DARK', radius: 0, logo: dataUrl('image/jpeg', picture), askName: 'OPTIONAL' });
    const { theme, radius, logo, ask } = await settings();
    expect({ theme, radius, ask }).toEqual({
      theme: 'dark',
      radius: 0,
      ask: { name: 'optional', email: 'off', question: 'off' },
    });
    const drawn = Buffer.from(String(logo).replace('data:image/webp;base64,', ''), 'base64');
    const { format, width, height, exif } = await sharp(drawn).metadata();
    expect({ format, width, height, exif }).toEqual({ format: 'webp', width: 96, height: 48, exif: undefined });
    expect(await set({ logo: '' })).toMatchObject({ logo: null, theme: 'DARK' });
  });

  it('takes no picture that is none, and nothing out of bounds', async () => {
    const refused = async (input: Record<string, unknown>) =>
      inbox.client.refusal(update, { input: { id: chat.channelId, ...input } });
    const large = await sharp({ create: { width: 2_100, height: 2_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(large.length).toBeLessThan(100_000);
    for (const logo of [
      'https://evil.example/logo.png',
      'javascript:alert(1)',
      dataUrl('image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')),
      dataUrl('image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')).slice(0, -3),
      dataUrl('image/png', Buffer.from('nothing like a picture')),
      dataUrl('image/png', randomBytes(180_000)),
      // A bomb: small to send, large to unfold.
      dataUrl('image/png', large),
    ])
      expect([logo.slice(0, 40), await refused({ logo })]).toEqual([logo.slice(0, 40), 'BAD_USER_INPUT']);
    for (const radius of [-1, 25]) expect([radius, await refused({ radius })]).toEqual([radius, 'BAD_USER_INPUT']);
    expect(await settings()).toMatchObject({ logo: null, radius: 18 });
  });

  it('asks for what it needs before anybody begins, and for nothing of whom the site has proved', async () => {
    await set({ askEmail: 'REQUIRED', askName: 'OPTIONAL' });
    const nobody = visitor();
    await nobody.open();
    const { status, body } = await nobody.write('Hello');
    expect([status, body]).toMatchObject([422, { code: 'BAD_USER_INPUT', field: 'identity.email' }]);
    expect((await test.admin.query("select 1 from messages where text = 'Hello'")).rows).toEqual([]);
    await nobody.open({ identity: { email: 'ada@example.com' } });
    expect((await nobody.write('Hello')).status).toBe(201);
    // Who is in a conversation already is asked for nothing in the middle of it.
    await set({ askName: 'REQUIRED' });
    expect((await nobody.write('And again')).status).toBe(201);
    const other = visitor();
    await other.open({ identity: { email: 'grace@example.com' } });
    expect((await other.write('Hi')).body).toMatchObject({ field: 'identity.name' });
  });

  it('says when somebody is there, and when somebody is again', async () => {
    const week = [{ weekday: 1, opens: '09:00', closes: '17:00' }];
    const businessHours = (hours: Record<string, unknown>) =>
      inbox.client.ask('mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { id } }', {
        input: { timezone: 'Europe/Istanbul', businessHours: hours },
      });
    await businessHours({ always: false, week: [], holidays: [] });
    expect((await settings())['hours']).toEqual({ open: false, changesAt: null });
    await businessHours({ always: false, week, holidays: [] });
    const { open, changesAt } = (await settings())['hours'] as { open: boolean; changesAt: string };
    const change = new Date(changesAt);
    expect(change.getTime()).toBeGreaterThan(Date.now());
    // Monday at nine, or at five, in Istanbul.
    expect([change.getUTCDay(), change.getUTCHours(), change.getUTCMinutes()]).toEqual([1, open ? 14 : 6, 0]);
    await businessHours({ always: true, week: [], holidays: [] });
    expect((await settings())['hours']).toBeNull();
  });

  it('lets a visitor judge what a machine wrote, and members see it', async () => {
    const one = visitor();
    await one.open();
    const { conversationId } = (await one.write('Are returns free?')).body;
    const write = (more: Record<string, unknown>) =>
      test.message({ ...inbox, channelId: chat.channelId }, conversationId, {
        direction: 'OUTBOUND',
        author: 'BOT',
        status: 'SENT',
        text: 'They are.',
        ...more,
      });
    const content = JSON.stringify({
      sources: [
        { title: 'Returns', url: 'https://shop.example/returns' },
        { title: 'House rules', url: null },
        { title: 'Planted', url: 'javascript:alert(1)' },
      ],
    });
    const [answer, person, queued] = [
      await write({ content }),
      await write({ author: 'MEMBER', content }),
      await write({ status: 'QUEUED' }),
    ];
    const seen = async () => {
      const { messages } = (await one.messages()).body;
      return messages.map((message) => message as SeenMessage & { sources: unknown; rating: string | null });
    };
    const shown = await seen();
    expect(shown.find(({ id }) => id === answer)?.sources).toEqual([
      { title: 'Returns', url: 'https://shop.example/returns' },
      { title: 'House rules', url: null },
      { title: 'Planted', url: null },
    ]);
    expect(shown.find(({ id }) => id === person)?.sources).toEqual([]);

    const stream = await one.listen();
    await stream.live();
    const rate = (messageId: string, rating: unknown, by = one) => by.call('POST', 'rating', { messageId, rating });
    expect((await rate(answer, 'UP')).status).toBe(204);
    const told = await stream.until(({ data }) => data['rating'] === 'UP');
    expect(told.data).toMatchObject({ id: answer, rating: 'UP', sources: [{ title: 'Returns' }, {}, {}] });
    const rated = async () => {
      const query = `query ($id: ID!) { conversation(id: $id) { messages(first: 10) { nodes { id rating } } } }`;
      const { conversation } = await inbox.client.ask<{
        conversation: { messages: { nodes: { id: string; rating: string | null }[] } };
      }>(query, { id: conversationId });
      return conversation.messages.nodes.find(({ id }) => id === answer)?.rating;
    };
    expect(await rated()).toBe('UP');
    expect((await rate(answer, 'DOWN')).status).toBe(204);
    expect(await rated()).toBe('DOWN');
    expect((await rate(answer, null)).status).toBe(204);
    expect(await rated()).toBeNull();
    expect((await seen()).find(({ id }) => id === answer)?.rating).toBeNull();

    // What a person wrote, what has not left, what was never there, and another's.
    const stranger = visitor();
    await stranger.open();
    await stranger.write('Somebody else');
    const never = '0190c2d0-0000-7000-8000-000000000000';
    for (const [messageId, by] of [
      [person, one],
      [queued, one],
      [never, one],
      ['x', one],
      [answer, stranger],
    ] as const)
      expect((await rate(messageId, 'UP', by)).status).toBe(404);
    for (const wrong of ['GREAT', 'up', 1, undefined]) expect((await rate(answer, wrong)).status).toBe(422);
    expect(await eventually(async () => ((await rated()) === null ? true : null))).toBe(true);
  });
});
