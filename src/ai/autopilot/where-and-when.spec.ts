import { AutopilotUnderTest } from '../../../test/support/autopilot.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { eventually } from '../../../test/support/client.js';
import { Config } from '../../platform/config/index.js';
import { Queues } from '../../platform/queue/index.js';

let auto: AutopilotUnderTest;
beforeAll(async () => void (auto = await AutopilotUnderTest.start()), 60_000);
afterAll(() => auto.stop());

const question = 'How long does standard shipping take?';

/** The bot's channels, and those on which it answers by itself. */
async function channelsOfBot() {
  const { bot } = await auto.drafts.client.ask<{ bot: { channels: object[]; autoChannels: object[] } }>(
    `query ($id: ID!) { bot(id: $id) { channels { id } autoChannels { id } } }`,
    { id: auto.botId },
  );
  return { all: bot.channels.length, auto: bot.autoChannels.length };
}

/** What comes of a question of somebody new: how the bot stands there, and what it did. */
async function asked() {
  const { conversationId, customerId } = await auto.written(question);
  const { aiMode, draft } = await auto.drafts.draftOf(conversationId);
  const answers = (await auto.answers(conversationId)).length;
  return { conversationId, customerId, seen: { aiMode, draft: draft?.status ?? null, answers } };
}
const answered = { aiMode: 'AUTO', draft: null, answers: 1 };
const proposed = { aiMode: 'DRAFT', draft: 'PROPOSED', answers: 0 };

describe('where a bot answers by itself', () => {
  it('is a choice for each channel: one that is added later proposes replies [promise 37]', async () => {
    const { channelId } = auto.drafts;
    expect(await channelsOfBot()).toEqual({ all: 1, auto: 1 });
    await auto.bot({ channelIds: [] });
    await auto.bot({ channelIds: [channelId] });
    expect(await channelsOfBot()).toEqual({ all: 1, auto: 0 });
    expect((await asked()).seen).toEqual(proposed);
    await auto.bot({ autoChannelIds: [channelId] });
    expect((await asked()).seen).toEqual(answered);
    // What says nothing of it changes nothing of it.
    await auto.bot({ name: 'Ada', channelIds: [channelId] });
    expect((await asked()).seen).toEqual(answered);
    await auto.bot({ autoChannelIds: [] });
    expect((await asked()).seen).toEqual(proposed);
    await auto.bot({ mode: 'AUTO' });
    expect(await channelsOfBot()).toEqual({ all: 1, auto: 1 });
  });

  it('is on the record, and names only channels that it works on', async () => {
    await auto.bot({ autoChannelIds: [auto.drafts.channelId] });
    const { rows } = await auto.drafts.owner.query<{ detail: unknown }>(
      `select detail from audit_entries where action = 'bot.update' order by id desc limit 1`,
    );
    expect(JSON.stringify(rows[0]?.detail)).toContain(`"autoChannelIds":["${auto.drafts.channelId}"]`);
    await auto.bot({ channelIds: [] });
    await expect(auto.bot({ autoChannelIds: [auto.drafts.channelId] })).rejects.toThrow('Give it the channel first');
    await auto.bot({ mode: 'AUTO', channelIds: [auto.drafts.channelId] });
  });
});

describe('when a bot answers by itself', () => {
  const hours = (always: boolean) =>
    auto.drafts.client.ask('mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { id } }', {
      input: { timezone: 'UTC', businessHours: { always, week: [] } },
    });

  it.each([
    ['at any hour', 'ALWAYS', true, answered],
    ['at any hour, also while the business is closed', 'ALWAYS', false, answered],
    ['while the business is open', 'OPEN', true, answered],
    ['not while it is closed, if it is for the open hours', 'OPEN', false, proposed],
    ['while the business is closed', 'CLOSED', false, answered],
    ['not while it is open, if it is for the closed hours', 'CLOSED', true, proposed],
  ])('is chosen for each bot: %s [promise 37]', async (_, autoHours, always, expected) => {
    await hours(always);
    await auto.bot({ autoHours });
    expect((await asked()).seen).toEqual(expected);
  });

  it('is not decided by whether a conversation may be given back: at its hour it answers there', async () => {
    await hours(true);
    await auto.bot({ autoHours: 'CLOSED' });
    const { conversationId, customerId } = await asked();
    await auto.assign(conversationId);
    await auto.drafts.pause(conversationId, 'pauseAi');
    await auto.drafts.pause(conversationId, 'resumeAi');
    await hours(false);
    await auto.written('What does express shipping cost?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(1);
    await hours(true);
    await auto.bot({ autoHours: 'ALWAYS' });
  });
});

describe('somebody answers elsewhere', () => {
  const elsewhere = (customerId: string, text: string) =>
    auto.drafts.control('/play', {
      channel: 'whatsapp',
      accountId: '660000000000001',
      customerId,
      event: { kind: 'smb_message_echo', text },
    });

  it('with a telephone: the machine is out of the conversation, as after a reply here [promise 38]', async () => {
    const { conversationId, customerId } = await asked();
    await elsewhere(customerId, 'This is Kim, I look after you.');
    await eventually(async () => ((await auto.standing(conversationId))?.paused === true ? true : null));
    await auto.written('What does express shipping cost?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(1);
    await auto.drafts.pause(conversationId, 'resumeAi');
    await auto.written('How long does express shipping take?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(2);
  });

  it('while a reply is proposed: the proposal is withdrawn', async () => {
    await auto.bot({ autoChannelIds: [] });
    const { conversationId, customerId } = await asked();
    await elsewhere(customerId, 'Three days. Kim');
    await eventually(async () => ((await auto.drafts.draftOf(conversationId)).draft === null ? true : null));
    expect(await auto.standing(conversationId)).toMatchObject({ paused: true });
    await auto.bot({ mode: 'AUTO' });
  });

  it('on the page of the platform; what this app sent itself comes back too, and takes nothing from the machine', async () => {
    const { client, owner } = auto.drafts;
    const messenger = { channel: 'messenger', accountId: '900000000000001', customerId: '7100000000000001' };
    const { connectMessenger } = await client.ask<{ connectMessenger: { id: string } }>(
      `mutation ($input: ConnectMessengerInput!) { connectMessenger(input: $input) { id } }`,
      { input: { pageId: messenger.accountId, pageAccessToken: 'EAASANDBOXPAGE900000000000001TOKEN' } },
    );
    await auto.bot({ mode: 'AUTO', channelIds: [auto.drafts.channelId, connectMessenger.id] });
    const says = async (event: object) => {
      await auto.drafts.control('/play', { ...messenger, event });
      await auto.quiet();
    };
    const standing = async () => {
      const { rows } = await owner.query<{ id: string; paused: boolean; echoes: number }>(
        `select c.id, c.ai_paused as paused, (select count(*)::int from messages m where m.conversation_id = c.id and m.author = 'MEMBER') as echoes
           from conversations c where c.channel_id = $1`,
        [connectMessenger.id],
      );
      return rows[0];
    };
    await says({ kind: 'text', text: question });
    const answeredThere = await eventually(async () => {
      const entries = await auto.answers((await standing())?.id ?? '');
      return entries[0]?.status === 'READ' || entries[0]?.status === 'DELIVERED' ? entries : null;
    });
    expect(answeredThere).toHaveLength(1);
    expect(await standing()).toMatchObject({ paused: false, echoes: 0 });
    await says({ kind: 'inbox_echo', text: 'Kim here.' });
    await eventually(async () => ((await standing())?.echoes === 1 ? true : null));
    expect(await standing()).toMatchObject({ paused: true });
    await says({ kind: 'text', text: 'What does express shipping cost?' });
    expect(await auto.answers((await standing())?.id ?? '')).toHaveLength(1);
  });
});

describe('a handoff', () => {
  const told = async () => {
    const { rows } = await auto.drafts.owner.query<{ way: string; conversationId: string | null; count: number }>(
      `select way, conversation_id as "conversationId", count from notifications where kind = 'HANDED_OFF'`,
    );
    return rows;
  };

  it('is told to those who are away, by mail in words that name nobody [promise 38]', async () => {
    const { owner, app } = auto.drafts;
    await owner.query(`update users set email_verified_at = now()`);
    await owner.query(`delete from notifications`);
    const { conversationId } = await auto.written('I want to talk to a human please');
    expect(await told()).toEqual([{ way: 'MAIL', conversationId, count: 1 }]);
    // News is collected for some minutes before it is told.
    await owner.query(`update due set due_at = now(), generation = generation + 1 where kind = 'mail-notifications'`);
    await app.app.get(Queues).sweep();
    const mail = await eventually(async () => {
      const mails = await mailsIn(`${app.app.get(Config).dataDir}/mail`);
      return mails.find(({ text }) => text?.includes('A customer waits for a person')) ?? null;
    });
    expect(mail.text).toContain(`/inbox/open/${conversationId}`);
    expect(JSON.stringify(mail)).not.toMatch(/talk to a human|Deniz/u);
  });

  it('is told once, and an answer is not told at all', async () => {
    await auto.drafts.owner.query(`delete from notifications`);
    const { customerId } = await auto.written(question);
    expect(await told()).toEqual([]);
    await auto.written('human', customerId);
    await auto.written('human!', customerId);
    expect(await told()).toMatchObject([{ count: 1 }]);
  });
});
