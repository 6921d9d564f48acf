import type { Watch } from '../support/client.js';
import { eventually } from '../support/client.js';
import { type FeedEvent, type Json, MetaStory, metaId, pageEvent } from './meta-story.js';

interface Draft {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly status: string;
  readonly sources: readonly { knowledgeId: string; title: string; passage: string; score: number }[];
  readonly run: { readonly id: string } | null;
}
interface Run {
  readonly id: string;
  readonly purpose: string;
  readonly outcome: string;
  readonly botId: string | null;
  readonly conversationId: string | null;
  readonly editDistance: number | null;
  readonly approvedBy: { readonly id: string } | null;
  readonly request: Json;
}
const draftFields = 'id conversationId text status sources { knowledgeId title passage score } run { id }';
const faq = [
  { question: 'How long does shipping to Berlin take?', answer: 'Shipping to Berlin takes 4 days and costs 9.90 EUR.' },
  { question: 'Can I send something back?', answer: 'Returns are accepted within 30 days of delivery.' },
];

describe('a question is answered by a quoted draft', () => {
  let story: MetaStory;
  let watch: Watch<FeedEvent>;
  let page: string;
  let botId: string;
  let knowledgeId: string;
  beforeAll(async () => {
    story = await MetaStory.start();
    const input = story.newPage();
    page = input.pageId;
    const channel = await story.connect('messenger', input);
    await story.client.ask('mutation { updateAiSettings(input: { enabled: true }) { enabled hasKey } }');
    const added = await story.client.ask<{ addKnowledge: { id: string; status: string; kind: string } }>(
      'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id kind status passages } }',
      { input: { kind: 'FAQ', title: 'Shipping and returns', faq } },
    );
    knowledgeId = added.addKnowledge.id;
    const { createBot } = await story.client.ask<{ createBot: { id: string } }>(
      'mutation ($input: BotInput!) { createBot(input: $input) { id mode channels { id } knowledge { id } } }',
      { input: { name: 'Helper', mode: 'DRAFT', channelIds: [channel.id], knowledgeIds: [knowledgeId] } },
    );
    botId = createBot.id;
    watch = await story.watch();
  });
  afterAll(() => story.stop());

  async function write(text: string, customer = metaId('76')): Promise<{ customer: string; id: string }> {
    const message = { mid: `${customer}-${String(Math.random())}`, text };
    await story.deliver(
      pageEvent('page', page, [{ sender: { id: customer }, recipient: { id: page }, timestamp: Date.now(), message }]),
    );
    return { customer, id: (await story.threadOf(customer)).id };
  }
  const draftOf = async (id: string): Promise<Draft | null> =>
    (
      await story.client.ask<{ conversation: { draft: Draft | null } }>(
        `query ($id: ID!) { conversation(id: $id) { draft { ${draftFields} } } }`,
        { id },
      )
    ).conversation.draft;
  const proposed = (id: string) =>
    eventually(async () => {
      const draft = await draftOf(id);
      return draft?.status === 'PROPOSED' ? draft : null;
    }, 8_000);
  const runOf = async (id: string): Promise<Run | undefined> =>
    (
      await story.client.ask<{ aiRuns: { nodes: Run[] } }>(
        'query ($id: ID!) { aiRuns(conversationId: $id) { nodes { id purpose outcome botId conversationId editDistance request approvedBy { id } } } }',
        { id },
      )
    ).aiRuns.nodes[0];

  it('proposes the words of the knowledge, names where they stand, and says so live [promise 28]', async () => {
    const { id, customer } = await write('Hi! How long does shipping to Berlin take?');
    const draft = await proposed(id);
    expect(draft).toMatchObject({ conversationId: id, status: 'PROPOSED' });
    expect(draft.text).toContain('Shipping to Berlin takes 4 days and costs 9.90 EUR.');
    expect(draft.text).not.toContain('Returns');
    expect(draft.sources[0]).toMatchObject({ knowledgeId, title: 'Shipping and returns' });
    expect(draft.sources[0]?.passage).toContain('4 days');
    const told = await watch.until((event) => event.draft?.id === draft.id && event.draft.status === 'PROPOSED');
    expect(told.draft?.text).toBe(draft.text);
    expect(await runOf(id)).toMatchObject({
      id: draft.run?.id,
      purpose: 'DRAFT',
      outcome: 'PROPOSED',
      botId,
      conversationId: id,
    });
    // Nothing has left: a person decides.
    expect(story.graph.sentTo(customer)).toEqual([]);
  });

  it('is accepted as it stands', async () => {
    const { id, customer } = await write('how long does shipping to Berlin take?');
    const draft = await proposed(id);
    const message = await story.send(id, draft.text, { draftId: draft.id });
    await story.settled(id, message.id, 'SENT');
    expect(story.graph.sentTo(customer).map(({ text }) => text)).toEqual([draft.text]);
    await watch.until((event) => event.draft?.id === draft.id && event.draft.status === 'ACCEPTED');
    const run = await runOf(id);
    expect(run).toMatchObject({ outcome: 'ACCEPTED', editDistance: 0 });
    expect(run?.approvedBy).not.toBeNull();
    const { conversation } = await story.client.ask<{
      conversation: { messages: { nodes: { id: string; sources: unknown[]; author: string }[] } };
    }>('query ($id: ID!) { conversation(id: $id) { messages { nodes { id author sources { knowledgeId } } } } }', {
      id,
    });
    const sent = conversation.messages.nodes.find((node) => node.id === message.id);
    expect(sent).toMatchObject({ author: 'MEMBER', sources: [{ knowledgeId }] });
  });

  it('is edited by a person, which is kept apart', async () => {
    const { id } = await write('how long does shipping to Berlin take please?');
    const draft = await proposed(id);
    await story.send(id, `${draft.text} Greetings, Ada`, { draftId: draft.id });
    await watch.until((event) => event.draft?.id === draft.id && event.draft.status === 'EDITED');
    expect(await runOf(id)).toMatchObject({ outcome: 'EDITED', editDistance: ' Greetings, Ada'.length });
  });

  it('is discarded by a person, and goes from the screen [promise 28]', async () => {
    const { id, customer } = await write('how long does shipping to Berlin take now?');
    const draft = await proposed(id);
    await story.client.ask('mutation ($id: ID!) { discardDraft(id: $id) { id status } }', { id: draft.id });
    await watch.until((event) => event.draft?.id === draft.id && event.draft.status === 'DISCARDED');
    expect(await runOf(id)).toMatchObject({ outcome: 'DISCARDED' });
    expect((await draftOf(id))?.status ?? 'gone').not.toBe('PROPOSED');
    expect(story.graph.sentTo(customer)).toEqual([]);
  });

  it('proposes nothing where nothing fits', async () => {
    const { id } = await write('Do you like jazz music from Ethiopia?');
    const { id: answered } = await write('how long does shipping to Berlin take, by the way?');
    await proposed(answered);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const draft = await draftOf(id);
    expect(draft === null || draft.status === 'FAILED').toBe(true);
    expect(draft?.text ?? '').toBe('');
    expect(
      watch.events.filter(
        (event) => event.draft !== undefined && event.draft.text !== '' && event.draft.id === draft?.id,
      ),
    ).toEqual([]);
  });

  it('proposes nothing while it is paused, and again when it is not [promise 38]', async () => {
    const { id, customer } = await write('Hello');
    await story.client.ask('mutation ($id: ID!) { pauseAi(conversationId: $id) { aiPaused } }', { id });
    await write('How long does shipping to Berlin take?', customer);
    const { id: other } = await write('how long does shipping to Berlin take? asks another');
    await proposed(other);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await draftOf(id))?.text ?? '').toBe('');
    await story.client.ask('mutation ($id: ID!) { resumeAi(conversationId: $id) { aiPaused } }', { id });
    await write('So, how long does shipping to Berlin take?', customer);
    expect((await proposed(id)).text).toContain('4 days');
  });
});
