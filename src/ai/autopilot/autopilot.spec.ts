import { AutopilotUnderTest } from '../../../test/support/autopilot.js';
import { eventually, postWebhook } from '../../../test/support/client.js';
import { envelope, textItem, whatsApp } from '../../../test/faults/harness/traffic.js';

let auto: AutopilotUnderTest;
beforeAll(async () => void (auto = await AutopilotUnderTest.start()), 60_000);
afterAll(() => auto.stop());

const shipping = 'How long does standard shipping take?';

describe('a bot that answers by itself', () => {
  it('says that it is a machine at the start, answers from the knowledge, and shows how [promise 34] [promise 37]', async () => {
    const { conversationId, customerId } = await auto.written(shipping);
    const [answer, ...others] = await auto.answers(conversationId);
    expect(others).toEqual([]);
    expect(answer?.text).toMatch(
      /^You are chatting with Ada, an AI assistant\..*\n\nStandard shipping takes 3 days\./u,
    );
    expect(answer).toMatchObject({ error: null, status: expect.stringMatching(/SENT|DELIVERED|READ/u) });
    const { messages } = (
      await auto.drafts.client.ask<{
        conversation: { messages: { nodes: { author: string; sources: object[]; run: object | null }[] } };
      }>(
        `query ($id: ID!) { conversation(id: $id) { messages(first: 5) { nodes { author sources { title } run { purpose outcome provider botId } } } } }`,
        { id: conversationId },
      )
    ).conversation;
    expect(messages.nodes.find(({ author }) => author === 'BOT')).toMatchObject({
      sources: [{ title: 'The shop' }],
      run: { purpose: 'AUTO_REPLY', outcome: 'SENT', provider: 'quote', botId: auto.botId },
    });
    // The customer waits no longer, and no member has read it.
    expect(await auto.standing(conversationId)).toEqual({ paused: false, status: 'OPEN', unread: 1, waiting: false });
    expect((await auto.drafts.draftOf(conversationId)).draft).toBeNull();

    await auto.written('What does express shipping cost?', customerId);
    const second = (await auto.answers(conversationId))[1];
    expect(second?.text).toContain('9.90 EUR');
    expect(second?.text).not.toContain('AI assistant');
  });

  it('speaks the language of the customer, and its own words of being a machine [promise 37]', async () => {
    const { conversationId } = await auto.written('Kargo ücreti ne kadar?');
    expect((await auto.answers(conversationId))[0]?.text).toMatch(/^Ben Ada, bir yapay zekâ asistanıyım/u);
    await auto.bot({ disclosure: 'Our computer answers here.' });
    const other = await auto.written(`${shipping} Hello!`);
    expect((await auto.answers(other.conversationId))[0]?.text).toMatch(/^Our computer answers here\.\n\nStandard/u);
    await auto.bot({ disclosure: '' });
  });

  it.each([
    ['is asked for a person', 'I want to talk to a human please', 'asks for a person', {}],
    ['is asked for one in Turkish', 'Bir yetkiliyle görüşmek istiyorum', 'asks for a person', {}],
    ['hears anger', `${shipping} This is unacceptable`, 'sounds upset', {}],
    ['hears a word of its list', `${shipping} I have an invoice`, 'leaves to people', { handoffKeywords: ['Invoice'] }],
    [
      'is not sure enough',
      'How long does standard shipping of a zebra by rocket take?',
      'less sure',
      { minConfidence: 0.99 },
    ],
    ['finds nothing grounded', 'Who painted the Mona Lisa?', 'nothing grounded', {}],
    ['is asked outside its topics', `${shipping} Tell me`, 'outside the topics', { topics: ['returns'] }],
    ['may spend nothing', `${shipping} Please tell`, 'budget of the bot', { dailyBudgetCents: 0 }],
  ])('hands over when it %s [promise 38]', async (_, words, why, bot) => {
    const usual = { handoffKeywords: [], minConfidence: 0, topics: [] };
    await auto.bot({ ...usual, ...bot });
    const { conversationId, customerId } = await auto.written(words);
    const said = await auto.said(conversationId);
    expect(said.filter(({ author }) => author === 'BOT')).toEqual([]);
    const [notice, ...more] = said.filter(({ author, direction }) => author === 'SYSTEM' && direction === 'OUTBOUND');
    expect(more).toEqual([]);
    expect(notice?.text).toMatch(/a colleague will answer you here|çalışanımız size buradan/u);
    expect(said.find(({ direction }) => direction === 'NOTE')?.text).toContain(why);
    expect(await auto.standing(conversationId)).toMatchObject({
      paused: true,
      status: 'OPEN',
      waiting: true,
      unread: 1,
    });
    const [run] = await auto.drafts.runsOf(conversationId);
    expect(run).toMatchObject({ outcome: 'HANDED_OFF', error: expect.stringContaining(why) });
    // From now on it is a person's: no machine says anything more.
    await auto.bot({ ...usual, dailyBudgetCents: 100_000_000 });
    await auto.written(`${shipping} Hello again`, customerId);
    expect(await auto.answers(conversationId)).toEqual([]);
  });

  it('answers as often as it may, then a person does; resumed, it may again [promise 38]', async () => {
    await auto.bot({ maxRepliesPerConversation: 2 });
    const { conversationId, customerId } = await auto.written('How long does express shipping take?');
    await auto.written('What does express shipping cost?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(2);
    await auto.written('Is the shop open on weekdays?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(2);
    expect(await auto.standing(conversationId)).toMatchObject({ paused: true });
    await auto.drafts.send(conversationId, 'I am Kim. Yes, we are.', null);
    await auto.quiet();
    await auto.drafts.pause(conversationId, 'resumeAi');
    await auto.written('How long does standard shipping take then?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(3);
    await auto.bot({ maxRepliesPerConversation: 20 });
  });

  it('hands over where the platform takes an answer and says later that it reached nobody [promise 38]', async () => {
    // The pretend platform knows nobody of this number.
    const item = textItem(whatsApp, 9_900_001, 'wamid.nobody', `${shipping} Good day`, Date.now());
    expect(await postWebhook(auto.drafts.app.url, envelope(whatsApp, [item]))).toBe(200);
    const conversationId = await eventually(async () => {
      const { rows } = await auto.drafts.owner.query<{ id: string }>(
        `select m.conversation_id as id from messages m where m.author = 'BOT' and m.status = 'FAILED'`,
      );
      return rows[0]?.id ?? null;
    });
    expect(await auto.standing(conversationId)).toMatchObject({ paused: true, waiting: true });
    const notes = (await auto.said(conversationId)).filter(({ direction }) => direction === 'NOTE');
    expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining('may not have reached the customer')]);
  });

  it('answers no machine: the same words again and again, or its own, end it without a word', async () => {
    const first = await auto.written('Is the shop open on Sunday? Ticket 1');
    for (let round = 0; round < 3; round += 1)
      await auto.written('Is the shop open on Sunday? Ticket 1', first.customerId);
    expect(await auto.answers(first.conversationId)).toHaveLength(2);
    const said = await auto.said(first.conversationId);
    expect(said.filter(({ author, direction }) => author === 'SYSTEM' && direction === 'OUTBOUND')).toEqual([]);
    expect(said.find(({ direction }) => direction === 'NOTE')?.text).toContain('machine');

    const other = await auto.written(shipping.replace('standard', 'express'));
    const [answer] = await auto.answers(other.conversationId);
    await auto.written(answer?.text ?? '', other.customerId);
    expect(await auto.answers(other.conversationId)).toHaveLength(1);
    expect(await auto.standing(other.conversationId)).toMatchObject({ paused: true });
  });

  it.each([
    ['is paused', (id: string) => auto.drafts.pause(id, 'pauseAi')],
    ['has an assignee', (id: string) => auto.assign(id)],
    ['is spam', (id: string) => change('markSpam(conversationId: $id, spam: true)', id)],
  ])('keeps out of a conversation that %s [promise 38]', async (_, take) => {
    const { conversationId, customerId } = await auto.written(`${shipping} Thanks`);
    expect(await auto.answers(conversationId)).toHaveLength(1);
    await take(conversationId);
    await auto.written('How long does express shipping take?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(1);
    expect((await auto.drafts.draftOf(conversationId)).draft).toBeNull();
  });

  it('answers again in a conversation that a member gives back, which is nobody’s then [promise 38]', async () => {
    const { conversationId, customerId } = await auto.written(`${shipping} Bye`);
    await auto.assign(conversationId);
    await auto.drafts.pause(conversationId, 'pauseAi');
    const { resumeAi } = await auto.drafts.client.ask<{ resumeAi: unknown }>(
      `mutation ($id: ID!) { resumeAi(conversationId: $id) { aiPaused assignee { id } } }`,
      { id: conversationId },
    );
    expect(resumeAi).toEqual({ aiPaused: false, assignee: null });
    await auto.written('How long does express shipping take?', customerId);
    expect(await auto.answers(conversationId)).toHaveLength(2);
  });

  it.each(['automation_objected', 'processing_restricted'])(
    'says nothing to who is %s, and searches for nothing [promise 74]',
    async (mark) => {
      const { conversationId, customerId } = await auto.written(`${shipping} Hi`);
      const runs = (await auto.drafts.runsOf(conversationId)).length;
      await auto.drafts.owner.query(
        `update contacts set ${mark} = true where id = (select contact_id from conversations where id = $1)`,
        [conversationId],
      );
      await auto.written('How long does express shipping take?', customerId);
      expect(await auto.answers(conversationId)).toHaveLength(1);
      expect(await auto.drafts.runsOf(conversationId)).toHaveLength(runs);
    },
  );

  it('does what it did before in the other modes: DRAFT proposes, OFF does nothing [promise 37]', async () => {
    await auto.bot({ mode: 'DRAFT' });
    const draft = await auto.written(`${shipping} In draft mode`);
    expect(await auto.answers(draft.conversationId)).toEqual([]);
    expect((await auto.drafts.draftOf(draft.conversationId)).draft).toMatchObject({ status: 'PROPOSED' });
    await auto.bot({ mode: 'OFF' });
    const off = await auto.written(`${shipping} Off`);
    expect(await auto.drafts.runsOf(off.conversationId)).toEqual([]);
    await auto.bot({ mode: 'AUTO' });
  });
});

function change(mutation: string, id: string) {
  return auto.drafts.client.ask(`mutation ($id: ID!) { ${mutation} { id } }`, { id });
}
