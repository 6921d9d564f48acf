import { DraftsUnderTest, type FeedEvent, faq, feed, text } from '../../test/support/drafts.js';
import { TestClient, eventually } from '../../test/support/client.js';
import { Workspaces, sql } from '../platform/database/index.js';

let drafts: DraftsUnderTest;
let botId: string;

beforeAll(async () => {
  drafts = await DraftsUnderTest.start();
  const internal = 'Watches are bought for 12 EUR from the supplier Acme.';
  for (const input of [
    { kind: 'FAQ', title: 'Questions', faq },
    { kind: 'TEXT', title: 'The shop', text },
    { kind: 'TEXT', title: 'Margins', text: internal, internal: true },
  ])
    await drafts.client.ask('mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }', { input });
  const { createBot } = await drafts.client.ask<{ createBot: { id: string } }>(
    'mutation ($input: BotInput!) { createBot(input: $input) { id } }',
    { input: { name: 'Ada', channelIds: [drafts.channelId] } },
  );
  botId = createBot.id;
}, 60_000);
afterAll(() => drafts.stop());

describe('without a model', () => {
  it('a draft quotes the knowledge on arrival, live and labelled', async () => {
    const watch = drafts.client.watch<FeedEvent>(feed);
    const { conversationId } = await drafts.written('Hello! Can I return the shoes that were delivered?');
    const { draft } = await watch.until((event) => event.__typename === 'DraftChanged');
    expect(draft).toMatchObject({
      status: 'PROPOSED',
      text: faq[0]!.answer,
      sources: [{ title: 'Questions' }],
      run: {
        provider: 'quote',
        model: 'knowledge',
        outcome: 'PROPOSED',
        promptTokens: 0,
        error: null,
        botId,
        conversationId,
      },
    });
    expect(await drafts.draftOf(conversationId)).toMatchObject({
      aiMode: 'DRAFT',
      aiPaused: false,
      draft: { id: draft.id },
    });
    expect(await drafts.modelCalls()).toEqual([]);
    watch.end();
  });

  it('finds Turkish words in every form, and quotes the sentences that fit', async () => {
    const { conversationId } = await drafts.written('KARGO ÜCRETİ ne kadar acaba?');
    expect(await drafts.arrived(conversationId)).toMatchObject({
      text: 'Kargo 250 TL üzeri siparişlerde ücretsizdir.',
    });
    const hours = await drafts.written('When is the shop open on weekdays?');
    expect(await drafts.arrived(hours.conversationId)).toMatchObject({
      text: expect.stringContaining('The shop is open from 9:00 to 18:00 on weekdays.'),
    });
  });

  it.each([
    'Who painted the Mona Lisa?',
    'How much is it?',
    'thanks!',
    '👍',
    'What do watches cost you at the supplier Acme?',
    'Bitcoin fiyatı nedir?',
    "'); drop table passages; --",
  ])('proposes nothing where nothing fits: %s', async (words) => {
    const { conversationId } = await drafts.written(words);
    await drafts.settled();
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();
    expect(await drafts.runsOf(conversationId)).toEqual([]);
    const asked = await drafts.ask(conversationId);
    expect(asked).toMatchObject({
      status: 'FAILED',
      text: '',
      sources: [],
      run: { provider: 'quote', outcome: 'REFUSED', reason: 'NOTHING_FITS' },
    });
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: asked.id, status: 'FAILED' });
  });

  it('one that came to nothing is told until it is discarded or something new is said', async () => {
    const { conversationId, customerId } = await drafts.written('Who painted the Mona Lisa, please?');
    const first = await drafts.ask(conversationId);
    const second = await drafts.ask(conversationId);
    expect(second.id).not.toBe(first.id);
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: second.id, status: 'FAILED' });
    expect(await drafts.discard(second.id)).toMatchObject({ status: 'DISCARDED', run: { outcome: 'REFUSED' } });
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();

    const third = await drafts.ask(conversationId);
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: third.id });
    await drafts.written('Leonardo, was it?', customerId);
    await drafts.settled();
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();

    const fourth = await drafts.ask(conversationId);
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: fourth.id });
    await drafts.send(conversationId, 'We do not know.', null);
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();
  });

  it('a newer question replaces the draft', async () => {
    const { conversationId, customerId } = await drafts.written('Can I return shoes after delivery?');
    const first = await drafts.arrived(conversationId);
    await drafts.written('And how long does express shipping take?', customerId);
    const second = await eventually(async () => {
      const { draft } = await drafts.draftOf(conversationId);
      return draft !== null && draft.id !== first.id ? draft : null;
    });
    expect(second.text).toContain('Express shipping takes 1 day');
    const { rows } = await drafts.owner.query(`select status from drafts where id = $1`, [first.id]);
    expect(rows).toEqual([{ status: 'DISCARDED' }]);
  });

  it('is settled by what the member sends: accepted, edited, withdrawn', async () => {
    const one = await drafts.written('May I return it after delivery?');
    const draft = await drafts.arrived(one.conversationId);
    const sent = await drafts.send(one.conversationId, draft.text, draft.id);
    expect(sent.sendMessage).toMatchObject({
      sources: [{ title: 'Questions' }],
      run: { outcome: 'ACCEPTED', editDistance: 0, approvedBy: { id: expect.any(String) } },
    });
    expect(await drafts.draftOf(one.conversationId)).toMatchObject({ draft: null, aiPaused: false });

    const two = await drafts.written('Is a return possible after delivery?');
    const other = await drafts.arrived(two.conversationId);
    const edited = await drafts.send(two.conversationId, `${other.text}!!`, other.id);
    expect(edited.sendMessage.run).toMatchObject({ outcome: 'EDITED', editDistance: 2 });

    const three = await drafts.written('Are returns possible after the delivery?');
    const third = await drafts.arrived(three.conversationId);
    const own = await drafts.send(three.conversationId, 'I will look into it.', null);
    expect(own.sendMessage).toMatchObject({ sources: [], run: null });
    const { rows } = await drafts.owner.query(
      `select d.status, r.outcome from drafts d join ai_runs r on r.id = d.run_id where d.id = $1`,
      [third.id],
    );
    expect(rows).toEqual([{ status: 'DISCARDED', outcome: 'DISCARDED' }]);
    // A member's own reply takes the conversation from the bot.
    expect(await drafts.draftOf(three.conversationId)).toMatchObject({ aiPaused: true, draft: null });
  });

  it('discards, pauses and resumes', async () => {
    const { conversationId, customerId } = await drafts.written('Could I return this after delivery?');
    const draft = await drafts.arrived(conversationId);
    const discard = `mutation ($id: ID!) { discardDraft(id: $id) { status run { outcome } } }`;
    expect(await drafts.client.ask(discard, { id: draft.id })).toEqual({
      discardDraft: { status: 'DISCARDED', run: { outcome: 'DISCARDED' } },
    });
    expect(await drafts.client.ask(discard, { id: draft.id })).toMatchObject({ discardDraft: { status: 'DISCARDED' } });
    expect(await drafts.client.refusal(discard, { id: conversationId })).toBe('NOT_FOUND');
    expect(await drafts.pause(conversationId, 'pauseAi')).toEqual({ pauseAi: { id: conversationId, aiPaused: true } });
    await drafts.written('Hello? A return after delivery?', customerId);
    await drafts.settled();
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();
    expect(await drafts.ask(conversationId)).toMatchObject({ status: 'PROPOSED' });
    await drafts.pause(conversationId, 'resumeAi');
    await drafts.written('Still wondering about a return after delivery.', customerId);
    await drafts.arrived(conversationId);
    expect(
      await drafts.client.refusal(`mutation ($id: ID!) { pauseAi(conversationId: $id) { id } }`, { id: 'x' }),
    ).toBe('NOT_FOUND');
  });

  it.each(['automation_objected', 'processing_restricted', 'blocked'])(
    'keeps out of a contact that is %s',
    async (flag) => {
      const { conversationId, customerId } = await drafts.written(`Is a return fine after delivery?`);
      await drafts.arrived(conversationId);
      await drafts.owner.query(
        `update contacts set ${flag} = true where id = (select contact_id from conversations where id = $1)`,
        [conversationId],
      );
      await drafts.owner.query(`update drafts set status = 'DISCARDED' where conversation_id = $1`, [conversationId]);
      await drafts.said(`A return after delivery?`, customerId);
      // What somebody who is blocked writes is not kept: the next one tells that it was looked at.
      await drafts.written(`Who is next, when one is ${flag}?`);
      await drafts.settled();
      expect((await drafts.draftOf(conversationId)).draft).toBeNull();
      const code = await drafts.client.refusal(`mutation ($id: ID!) { draftReply(conversationId: $id) { id } }`, {
        id: conversationId,
      });
      expect(code).toBe(flag === 'blocked' ? null : 'CONFLICT');
    },
  );

  it('does nothing on a channel whose bot is off', async () => {
    await drafts.client.ask(`mutation ($id: ID!) { updateBot(id: $id, input: { mode: OFF }) { mode } }`, { id: botId });
    const { conversationId } = await drafts.written('So can I return it after delivery?');
    expect(await drafts.openJobs()).toBe(0);
    expect(await drafts.draftOf(conversationId)).toMatchObject({ aiMode: 'OFF', draft: null });
    await drafts.client.ask(`mutation ($id: ID!) { updateBot(id: $id, input: { mode: DRAFT }) { mode } }`, {
      id: botId,
    });
  });
});

describe('search', () => {
  it('stays inside the workspace, whatever rank others would have [promise 23]', async () => {
    const workspaces = drafts.app.app.get(Workspaces);
    const stranger = await TestClient.signedUp(drafts.app.url, 'Oscar');
    const found = await workspaces.read(stranger.workspaceId!, (tx) =>
      tx.query(sql`select * from search_passages('kargo | retur:*', null, 50)`),
    );
    expect(found).toEqual([]);
    const mine = await workspaces.read(drafts.client.workspaceId!, (tx) =>
      tx.query(sql`select * from search_passages('kargo | retur:*', null, 50)`),
    );
    expect(mine.length).toBeGreaterThan(0);
  });
});
