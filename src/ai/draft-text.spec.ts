import { Redis } from 'ioredis';
import { DraftsUnderTest, draftText, text } from '../../test/support/drafts.js';
import { TestClient, eventually } from '../../test/support/client.js';

interface Chunk {
  readonly draftId: string;
  readonly offset: number;
  readonly text: string;
  readonly done: boolean;
}

const three =
  'Standard shipping takes 3 days. Express shipping takes 1 day and costs 9.90 EUR. Shipping to islands takes 5 days.';
let drafts: DraftsUnderTest;

/** What somebody has who did as the chunks say. */
function joined(chunks: readonly Chunk[]): string {
  return chunks.reduce((soFar, { offset, text: words }) => soFar.slice(0, offset) + words, '');
}

const says = (answer: string, streamMs = 900) =>
  drafts.model('fixed', { text: JSON.stringify({ answer, sources: [1, 2], confidence: 0.9 }), streamMs });
const follow = (id: string, client = drafts.client) => client.watch<Chunk>(draftText, { id });

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  await drafts.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
    input: { kind: 'TEXT', title: 'The shop', text: `${text} Shipping to islands takes 5 days.` },
  });
  await drafts.settings({
    enabled: true,
    baseUrl: `${drafts.app.sandbox.url}/openai/v1`,
    apiKey: 'sk-of-this-workspace',
    model: 'sandbox',
  });
}, 60_000);
afterEach(() => drafts.model('answer'));
afterAll(() => drafts.stop());

describe('a draft that a member asks for', () => {
  it('is told as it is written, sentence by sentence; who comes late has all of it too', async () => {
    await says(three);
    const { conversationId } = await drafts.written(
      'How long do express and standard shipping take, and shipping to islands?',
    );
    const begun = await drafts.begin(conversationId);
    expect(begun).toMatchObject({ status: 'GENERATING', text: '', run: null });
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: begun.id, status: 'GENERATING' });
    const first = follow(begun.id);
    await first.until((chunk) => chunk.text !== '');
    const late = follow(begun.id);
    await Promise.all([first, late].map((watch) => watch.until((chunk) => chunk.done)));
    const draft = await drafts.stopped(begun.id);
    expect(draft).toMatchObject({ status: 'PROPOSED', text: three, run: { outcome: 'PROPOSED' } });
    // Several pieces, each of whole sentences.
    expect(first.events.filter((chunk) => chunk.text !== '').length).toBeGreaterThan(1);
    for (const [index] of first.events.entries())
      expect(three.startsWith(joined(first.events.slice(0, index + 1)))).toBe(true);
    expect([joined(first.events), joined(late.events)]).toEqual([three, three]);
    // What left is on record as it left, and one that is written already comes in one piece.
    expect(draft.run?.request).toMatchObject({ stream: true });
    expect(draft.run?.promptTokens).toBeGreaterThan(20);
    const after = follow(begun.id);
    await after.until((chunk) => chunk.done);
    expect(after.events).toEqual([{ draftId: begun.id, offset: 0, text: three, done: true }]);
  });

  it('shows nobody what the knowledge does not support, not even for a moment', async () => {
    await says(
      'Express shipping takes 1 day. It is free for CANARY on Fridays. Standard shipping takes 3 days. Bye now.',
    );
    const { conversationId } = await drafts.written('How long does express shipping take, please?');
    const { id } = await drafts.begin(conversationId);
    const watch = follow(id);
    await watch.until((chunk) => chunk.done);
    expect(joined(watch.events)).toBe('Express shipping takes 1 day. Standard shipping takes 3 days.');
    expect(JSON.stringify(watch.events)).not.toContain('CANARY');
  });

  it('stopDraft ends the request to the model; what left stays on record', async () => {
    await says(three, 20_000);
    const { conversationId } = await drafts.written('Does express shipping take longer than standard shipping?');
    const begun = await drafts.begin(conversationId);
    const watch = follow(begun.id);
    // The model has begun to answer.
    await eventually(async () => ((await drafts.modelCalls()).at(-1)?.status === 200 ? true : null));
    expect(await drafts.stopped(begun.id)).toMatchObject({ status: 'DISCARDED', text: '' });
    await watch.until((chunk) => chunk.done);
    expect(joined(watch.events)).toBe('');
    await eventually(async () =>
      (await drafts.modelCalls()).some((call) => 'left' in call && JSON.stringify(call.body).includes('longer than'))
        ? true
        : null,
    );
    const run = await eventually(async () => (await drafts.runsOf(conversationId))[0] ?? null);
    expect(run).toMatchObject({ outcome: 'DISCARDED', error: expect.stringContaining('A member stopped it') });
    expect((await drafts.draftOf(conversationId)).draft).toBeNull();
  });

  it('gives way to the next one, to which the wish and the words before it are given', async () => {
    await says('Express shipping takes 1 day and costs 9.90 EUR.', 0);
    const { conversationId } = await drafts.written('How much is express shipping?');
    const one = await drafts.ask(conversationId);
    expect(one.status).toBe('PROPOSED');
    await says('Express shipping takes 1 day.', 0);
    const two = await drafts.ask(conversationId, 'Shorter, <please>.');
    expect(two).toMatchObject({ status: 'PROPOSED', text: 'Express shipping takes 1 day.' });
    const prompt = JSON.stringify(two.run?.request);
    expect(prompt).toContain('The colleague asks of this draft: Shorter, ‹please›.');
    expect(prompt).toContain(`<draft_before>${one.text}</draft_before>`);
    expect((await drafts.stopped(one.id)).status).toBe('DISCARDED');

    await says(three, 10_000);
    const slow = await drafts.begin(conversationId);
    const watch = follow(slow.id);
    await watch.until((chunk) => chunk.text !== '');
    await says('Express shipping takes 1 day.', 0);
    expect((await drafts.ask(conversationId)).status).toBe('PROPOSED');
    await watch.until((chunk) => chunk.done);
    expect(await drafts.stopped(slow.id)).toMatchObject({ status: 'DISCARDED', text: '' });
  });

  it('a wish is capped, and says plainly where nothing is grounded', async () => {
    const { conversationId } = await drafts.written('What does express shipping cost here?');
    await expect(drafts.begin(conversationId, 'a'.repeat(1_001))).rejects.toThrow(/1000/);
    await says('Our boss is called Bob.', 0);
    const { id } = await drafts.begin(conversationId, 'Name the boss.');
    const watch = follow(id);
    await watch.until((chunk) => chunk.done);
    expect(watch.events).toEqual([{ draftId: id, offset: 0, text: '', done: true }]);
    expect(await drafts.stopped(id)).toMatchObject({
      status: 'FAILED',
      run: { error: expect.stringContaining('nothing grounded') },
    });
  });

  it('says a grounded draft in other words, held against its own words, and with its sources', async () => {
    await says('Express shipping takes 1 day and costs 9.90 EUR. Standard shipping takes 3 days.', 0);
    const { conversationId } = await drafts.written(
      'Wie ist das bei Ihnen, bitte? Express shipping, standard shipping?',
    );
    const base = await drafts.ask(conversationId);
    expect(base).toMatchObject({ status: 'PROPOSED', change: null, sources: [{ title: 'The shop', internal: false }] });
    await says('Express shipping takes 1 day.', 0);
    const begun = await drafts.change(conversationId, 'SHORTER');
    expect(begun).toMatchObject({ status: 'GENERATING', change: 'SHORTER' });
    const shorter = await drafts.ended(begun.id);
    expect(shorter).toMatchObject({ status: 'PROPOSED', text: 'Express shipping takes 1 day.', sources: base.sources });
    // The draft alone left for the model: no word of the customer.
    const left = JSON.stringify(shorter.run?.request);
    expect(left).toContain(`<draft>${base.text}</draft>`);
    expect(left).not.toContain('bei Ihnen');
    // Into the customer's language, which their words tell.
    await says('Der Expressversand dauert 1 Tag.', 0);
    const translated = await drafts.ended((await drafts.change(conversationId, 'TRANSLATION')).id);
    expect(translated).toMatchObject({ status: 'PROPOSED', text: 'Der Expressversand dauert 1 Tag.', language: 'DE' });
    expect(translated.sources).toEqual(base.sources);
  });

  it('refuses a translation that adds a promise or a link; the draft is proposed again as it was', async () => {
    await says('Express shipping takes 1 day and costs 9.90 EUR.', 0);
    const { conversationId } = await drafts.written('How long does the express shipping take you?');
    const base = await drafts.ask(conversationId);
    for (const [attack, reason] of [
      ['Der Expressversand dauert garantiert 1 Tag und kostet 9,90 EUR.', 'PROMISES'],
      ['Der Expressversand dauert 1 Tag und kostet 9,90 EUR, siehe https://evil.test.', 'CHANGES_LINK'],
      ['Der Expressversand dauert 1 Tag und kostet 9,90 EUR. Sie bekommen CANARY geschenkt.', 'SAYS_MORE'],
    ] as const) {
      await says(attack, 0);
      const begun = await drafts.change(conversationId, 'TRANSLATION', 'DE');
      const watch = follow(begun.id);
      await watch.until((chunk) => chunk.done);
      expect(joined(watch.events)).toBe('');
      expect(JSON.stringify(watch.events)).not.toMatch(/garantiert|evil|CANARY/);
      expect(await drafts.stopped(begun.id)).toMatchObject({
        status: 'FAILED',
        text: '',
        run: { outcome: 'REFUSED', error: expect.stringContaining('not kept to the draft'), reason },
      });
      expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: base.id, status: 'PROPOSED' });
    }
    // One that is stopped gives it back too.
    await says('Der Expressversand dauert 1 Tag und kostet 9,90 EUR.', 20_000);
    const slow = await drafts.change(conversationId, 'TRANSLATION', 'DE');
    expect((await drafts.stopped(slow.id)).status).toBe('DISCARDED');
    expect((await drafts.draftOf(conversationId)).draft).toMatchObject({ id: base.id, status: 'PROPOSED' });
  });

  it('changes nothing where there is nothing to change, no language, or both a wish and a change', async () => {
    const { conversationId } = await drafts.written('12345 ??');
    await expect(drafts.change(conversationId, 'SHORTER')).rejects.toThrow(/no draft here/);
    await expect(drafts.change(conversationId, 'TRANSLATION')).rejects.toThrow(/cannot be told/);
    await expect(drafts.change(conversationId, 'SHORTER', 'DE')).rejects.toThrow(/Only a translation/);
  });

  it('passes from process to process encrypted, and to no other workspace', async () => {
    const heard: string[] = [];
    const redis = new Redis(drafts.app.database.redisUrl);
    await redis.subscribe('parley:passing');
    redis.on('message', (_topic: string, message: string) => heard.push(message));
    await says(three);
    const { conversationId } = await drafts.written('How long does standard shipping take here?');
    const { id } = await drafts.begin(conversationId);
    const stranger = await TestClient.signedUp(drafts.app.url);
    const foreign = follow(id, stranger);
    const own = follow(id);
    await own.until((chunk) => chunk.done);
    await eventually(() => Promise.resolve(foreign.error === null ? null : true));
    expect([foreign.events, JSON.stringify(foreign.error)]).toEqual([[], expect.stringContaining('NOT_FOUND')]);
    expect(heard.filter((message) => message.includes('draft-text')).length).toBeGreaterThan(1);
    expect(heard.filter((message) => /shipping|Express|3 days/.test(message))).toEqual([]);
    redis.disconnect();
    await stranger.close();
  });
});
