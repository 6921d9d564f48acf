import { DraftsUnderTest, faq, text } from '../../test/support/drafts.js';
import { TestClient } from '../../test/support/client.js';

let drafts: DraftsUnderTest;
beforeAll(async () => void (drafts = await DraftsUnderTest.start()), 60_000);
afterAll(() => drafts.stop());

describe('knowledge and bots', () => {
  const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id kind title status passages internal error url updatedAt } }`;

  it('splits texts and pairs, and lists them [promise 17]', async () => {
    const one = await drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'FAQ', title: 'Questions', faq },
    });
    expect(one.addKnowledge).toMatchObject({ kind: 'FAQ', status: 'READY', passages: 2, internal: false, error: null });
    const other = await drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'TEXT', title: 'The shop', text },
    });
    expect(other.addKnowledge).toMatchObject({ passages: 2 });
    await drafts.client.ask(add, {
      input: {
        kind: 'TEXT',
        title: 'Margins',
        text: 'Watches are bought for 12 EUR from the supplier Acme.',
        internal: true,
      },
    });
    const first = await drafts.client.ask<{
      knowledge: { nodes: { title: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    }>(`{ knowledge(first: 2) { nodes { title internal } pageInfo { hasNextPage endCursor } } }`);
    expect(first.knowledge).toMatchObject({
      nodes: [{ title: 'Margins', internal: true }, { title: 'The shop' }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await drafts.client.ask(
      `query ($after: String) { knowledge(after: $after) { nodes { title } pageInfo { hasNextPage } } }`,
      { after: first.knowledge.pageInfo.endCursor },
    );
    expect(rest).toEqual({ knowledge: { nodes: [{ title: 'Questions' }], pageInfo: { hasNextPage: false } } });
  });

  it.each([
    [{ kind: 'URL', title: 'x' }, 'url'],
    [{ kind: 'URL', title: 'x', url: 'http://localhost/' }, 'url'],
    [{ kind: 'FILE', title: 'x' }, 'fileId'],
    [{ kind: 'TEXT', title: 'x'.repeat(201), text: 'a' }, 'title'],
    [{ kind: 'TEXT', title: ' ', text: 'a' }, 'title'],
    [{ kind: 'TEXT', title: 'x', text: 'a'.repeat(200_001) }, 'text'],
    [{ kind: 'TEXT', title: 'x', text: ' \n ' }, 'text'],
    [{ kind: 'FAQ', title: 'x' }, 'faq'],
    [{ kind: 'FAQ', title: 'x', faq: [{ question: '', answer: 'a' }] }, 'faq'],
    [{ kind: 'FAQ', title: 'x', faq: Array.from({ length: 1_001 }, () => ({ question: 'q', answer: 'a' })) }, 'faq'],
  ])('refuses in words: %#', async (input, field) => {
    const { errors } = await drafts.client.post(add, { input });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field } });
    expect(errors?.[0]?.message).toMatch(/[.]$/);
  });

  it('keeps the same text once, re-splits a changed one and deletes', async () => {
    expect(await drafts.client.refusal(add, { input: { kind: 'FAQ', title: 'Again', faq } })).toBe('CONFLICT');
    const { addKnowledge } = await drafts.client.ask<{ addKnowledge: { id: string } }>(add, {
      input: { kind: 'TEXT', title: 'Old', text: 'Zebras are striped.' },
    });
    const update = `mutation ($id: ID!, $title: String, $text: String, $internal: Boolean) { updateKnowledge(id: $id, title: $title, text: $text, internal: $internal) { title passages internal } }`;
    const { id } = addKnowledge;
    expect(await drafts.client.ask(update, { id, text: '# A\nOne zebra.\n\n# B\nTwo zebras.' })).toEqual({
      updateKnowledge: { title: 'Old', passages: 2, internal: false },
    });
    expect(await drafts.client.ask(update, { id, internal: true, title: 'New' })).toEqual({
      updateKnowledge: { title: 'New', passages: 2, internal: true },
    });
    const { rows } = await drafts.owner.query(`select count(*)::int as n from passages where knowledge_id = $1`, [id]);
    expect(rows).toEqual([{ n: 2 }]);
    expect(await drafts.client.ask(`mutation ($id: ID!) { deleteKnowledge(id: $id) }`, { id })).toEqual({
      deleteKnowledge: true,
    });
    expect(await drafts.client.refusal(`mutation ($id: ID!) { deleteKnowledge(id: $id) }`, { id })).toBe('NOT_FOUND');
    expect(await drafts.client.refusal(update, { id: 'nonsense', title: 'x' })).toBe('NOT_FOUND');
  });

  it('makes a bot of a channel; another cannot take the channel [promise 17]', async () => {
    const create = `mutation ($input: BotInput!) { createBot(input: $input) { id name mode leadMode model temperature quoteOnFailure maxRepliesPerConversation frozen channels { id } knowledge { id } } }`;
    const { createBot } = await drafts.client.ask<{ createBot: { id: string } }>(create, {
      input: { name: 'Ada', channelIds: [drafts.channelId] },
    });
    expect(createBot).toMatchObject({
      mode: 'DRAFT',
      leadMode: 'OFF',
      quoteOnFailure: true,
      frozen: false,
      channels: [{ id: drafts.channelId }],
      knowledge: [],
    });
    const botId = createBot.id;
    expect(await drafts.client.refusal(create, { input: { name: 'Bob', channelIds: [drafts.channelId] } })).toBe(
      'CONFLICT',
    );
    expect(await drafts.client.refusal(create, { input: { name: '' } })).toBe('BAD_USER_INPUT');
    expect(await drafts.client.refusal(create, { input: { name: 'x', temperature: 3 } })).toBe('BAD_USER_INPUT');
    const stranger = await TestClient.signedUp(drafts.app.url, 'Mallory');
    expect(await stranger.refusal(create, { input: { name: 'Eve', channelIds: [drafts.channelId] } })).toBe(
      'NOT_FOUND',
    );
    expect(await stranger.refusal(`mutation ($id: ID!) { deleteBot(id: $id) }`, { id: botId })).toBe('NOT_FOUND');
    expect(
      await stranger.ask(
        `query ($id: ID!) { bot(id: $id) { id } bots { id } knowledge { nodes { id } } aiRuns { nodes { id } } }`,
        { id: botId },
      ),
    ).toEqual({ bot: null, bots: [], knowledge: { nodes: [] }, aiRuns: { nodes: [] } });
    const { bots } = await drafts.client.ask<{ bots: unknown[] }>(`{ bots { id name } }`);
    expect(bots).toEqual([{ id: botId, name: 'Ada' }]);
  });
});
