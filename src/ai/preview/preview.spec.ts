import { eventually } from '../../../test/support/client.js';
import { type Draft, DraftsUnderTest, draftFields, faq, text } from '../../../test/support/drafts.js';
import { RecordedModel } from '../../../test/support/recorded-model.js';

interface Run {
  readonly id: string;
  readonly purpose: string;
  readonly costCents: number | null;
  readonly passages: { title: string; cited: boolean; score: number }[];
  readonly cut: { sentence: string; why: string }[];
}
type Preview = Draft & { readonly conversationId: string | null; readonly run: Run };

let drafts: DraftsUnderTest;
let model: RecordedModel;
let botId: string;
const evidence = 'purpose costCents passages { knowledgeId title heading url score cited } cut { sentence why }';
const fields = draftFields.replace('approvedBy', `${evidence} approvedBy`);

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  model = await RecordedModel.start();
  const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
  await drafts.client.ask(add, { input: { kind: 'TEXT', title: 'The shop', text } });
  await drafts.client.ask(add, { input: { kind: 'FAQ', title: 'Questions', faq } });
  const { createBot } = await drafts.client.ask<{ createBot: { id: string } }>(
    `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
    { input: { name: 'Ada', mode: 'OFF', instructions: 'Be brief.', quoteOnFailure: false } },
  );
  botId = createBot.id;
}, 60_000);
afterAll(async () => {
  await model.stop();
  await drafts.stop();
});

async function preview(words: string): Promise<Preview> {
  const { previewReply } = await drafts.client.ask<{ previewReply: Preview }>(
    `mutation ($bot: ID!, $text: String!) { previewReply(botId: $bot, text: $text) { ${fields} } }`,
    { bot: botId, text: words },
  );
  return previewReply;
}

const settings = `{ aiSettings { spentCents budgetUsedUp promptCentsPerMillion completionCentsPerMillion } }`;

describe('a preview without a model', () => {
  it('quotes, touches no conversation, and is on record with what it was given [promise 36]', async () => {
    const shown = await preview('How long does express shipping take?');
    expect(shown).toMatchObject({
      conversationId: null,
      status: 'PROPOSED',
      text: expect.stringContaining('Express shipping takes 1 day'),
      sources: [{ title: 'The shop', internal: false }],
      run: { purpose: 'PREVIEW', provider: 'quote', outcome: 'PROPOSED', botId, costCents: 0, cut: [] },
    });
    expect(shown.run.passages[0]).toMatchObject({ title: 'The shop', cited: true });
    const { aiRuns } = await drafts.client.ask<{ aiRuns: { nodes: Run[] } }>(`{ aiRuns { nodes { id purpose } } }`);
    expect(aiRuns.nodes).toEqual([{ id: shown.run.id, purpose: 'PREVIEW' }]);
    const { rows } = await drafts.owner.query(
      `select (select count(*)::int from conversations) as conversations, (select count(*)::int from drafts) as drafts, (select count(*)::int from messages) as messages`,
    );
    expect(rows).toEqual([{ conversations: 0, drafts: 0, messages: 0 }]);
    expect(model.calls).toEqual([]);
  });

  it('says so where nothing answers, and refuses what is no question', async () => {
    expect(await preview('Who painted the Mona Lisa?')).toMatchObject({
      status: 'FAILED',
      text: '',
      sources: [],
      run: { reason: 'NOTHING_FITS' },
    });
    const ask = `mutation ($bot: ID!, $text: String!) { previewReply(botId: $bot, text: $text) { id } }`;
    expect(await drafts.client.refusal(ask, { bot: botId, text: ' ' })).toBe('BAD_USER_INPUT');
    expect(await drafts.client.refusal(ask, { bot: botId, text: 'a'.repeat(4_001) })).toBe('BAD_USER_INPUT');
    expect(await drafts.client.refusal(ask, { bot: drafts.channelId, text: 'Hello?' })).toBe('NOT_FOUND');
  });
});

describe('a preview by a model', () => {
  beforeAll(() =>
    drafts.settings({ enabled: true, baseUrl: model.url, apiKey: 'sk-own', model: 'of-our-own', maskDetails: true }),
  );

  it('asks it as a draft does, with nothing of any customer, and records every sentence that was cut [promise 35] [promise 39]', async () => {
    model.say = () => ({
      answer:
        'Express shipping takes 1 day. It is free on Fridays. See https://evil.example/x for more. Standard shipping takes 3 days.',
      sources: [1],
    });
    const shown = await preview('How long does express shipping take? Write to ada@example.com.');
    expect(shown).toMatchObject({
      status: 'PROPOSED',
      text: 'Express shipping takes 1 day. Standard shipping takes 3 days.',
      run: { model: 'of-our-own', purpose: 'PREVIEW', masked: ['email'], costCents: null },
    });
    expect(shown.run.cut).toEqual([
      { sentence: 'It is free on Fridays.', why: 'UNSUPPORTED' },
      { sentence: 'See https://evil.example/x for more.', why: 'FOREIGN_LINK' },
    ]);
    expect(model.calls.at(-1)).toMatchObject({ authorization: 'Bearer sk-own', body: shown.run.request });
    expect(model.lastQuestion).not.toContain('ada@example.com');
    expect(JSON.stringify(shown.run.request)).toContain('Be brief.');
  });

  it('answers nothing by courtesy alone, and says what was withheld', async () => {
    model.say = () => ({ answer: 'Hello! Thank you for your message.', sources: [1] });
    const courtesy = await preview('How long does standard shipping take?');
    expect(courtesy).toMatchObject({ status: 'FAILED', run: { reason: 'NOTHING_SUPPORTED' } });
    expect(courtesy.run.cut.map(({ why }) => why)).toEqual(['ONLY_COURTESY', 'ONLY_COURTESY']);
  });

  it('counts what it costs where prices are known, and asks no model once the budget of the month is used up', async () => {
    await drafts.settings({ promptCentsPerMillion: 2_000, completionCentsPerMillion: 10_000, monthlyBudgetCents: 6 });
    model.say = () => ({ answer: 'Standard shipping takes 3 days.', sources: [1] });
    // 1,000 tokens for 2 cents and 100 for 1 cent.
    expect((await preview('How long does standard shipping take?')).run.costCents).toBe(3);
    expect(await drafts.client.ask(settings)).toEqual({
      aiSettings: {
        spentCents: 3,
        budgetUsedUp: false,
        promptCentsPerMillion: 2_000,
        completionCentsPerMillion: 10_000,
      },
    });
    await preview('How long does standard shipping take?');
    const calls = model.calls.length;
    expect(await preview('How long does standard shipping take?')).toMatchObject({
      text: 'Standard shipping takes 3 days.',
      run: { provider: 'quote' },
    });
    expect(model.calls).toHaveLength(calls);
    // The record of a run may go; what was spent was spent.
    await drafts.owner.query(`delete from ai_runs`);
    expect(await drafts.client.ask(settings)).toMatchObject({ aiSettings: { spentCents: 6, budgetUsedUp: true } });
    await drafts.settings({ monthlyBudgetCents: 100 });
    model.usage = null;
    expect((await preview('How long does standard shipping take?')).run.costCents).toBeNull();
    model.usage = { prompt_tokens: 1_000, completion_tokens: 100 };
    await drafts.settings({ promptCentsPerMillion: 0, completionCentsPerMillion: 0 });
    expect((await preview('How long does standard shipping take?')).run.costCents).toBeNull();
    expect(
      await drafts.client.refusal(`mutation ($i: AiSettingsInput!) { updateAiSettings(input: $i) { enabled } }`, {
        i: { promptCentsPerMillion: -1 },
      }),
    ).toBe('BAD_USER_INPUT');
  });

  it('counts what a model of unknown price may have cost, so that a budget holds all the same', async () => {
    const standing = async () =>
      (
        await drafts.client.ask<{ aiSettings: { spentCents: number; assumedCents: number; budgetUsedUp: boolean } }>(
          `{ aiSettings { spentCents assumedCents budgetUsedUp } }`,
        )
      ).aiSettings;
    const before = await standing();
    await drafts.settings({ monthlyBudgetCents: before.spentCents + before.assumedCents + 200 });
    model.usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
    model.say = () => ({ answer: 'Standard shipping takes 3 days.', sources: [1] });
    expect((await preview('How long does standard shipping take?')).run).toMatchObject({ costCents: null });
    const after = await standing();
    expect(after).toMatchObject({ spentCents: before.spentCents, budgetUsedUp: true });
    expect(after.assumedCents - before.assumedCents).toBe(250);
    expect((await preview('How long does standard shipping take?')).run.provider).toBe('quote');
    model.usage = { prompt_tokens: 1_000, completion_tokens: 100 };
    await drafts.settings({ monthlyBudgetCents: 1_000_000 });
  });

  it('nothing leaves while AI is off [promise 36]', async () => {
    await drafts.settings({ enabled: false });
    const calls = model.calls.length;
    expect(await preview('How long does standard shipping take?')).toMatchObject({ run: { provider: 'quote' } });
    expect(model.calls).toHaveLength(calls);
    await drafts.settings({ enabled: true });
  });
});

describe('the record of a draft', () => {
  it('says which passages it was given, which the answer names, and what was cut of it', async () => {
    await drafts.client.ask(`mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { id } }`, {
      id: botId,
      input: { mode: 'DRAFT', channelIds: [drafts.channelId] },
    });
    model.say = () => ({ answer: 'Express shipping takes 1 day. We ship it by drone.', sources: [1] });
    // Where the prompt cuts a long message it cuts a face in two.
    const { conversationId } = await drafts.written(`How long does express shipping take? ${'😀'.repeat(1_000)}`);
    await drafts.arrived(conversationId);
    const [run] = await eventually(async () => {
      const { aiRuns } = await drafts.client.ask<{ aiRuns: { nodes: Run[] } }>(
        `query ($id: ID) { aiRuns(conversationId: $id) { nodes { ${evidence} } } }`,
        { id: conversationId },
      );
      return aiRuns.nodes.length > 0 ? aiRuns.nodes : null;
    });
    expect(run).toMatchObject({
      purpose: 'DRAFT',
      cut: [{ sentence: 'We ship it by drone.', why: 'UNSUPPORTED' }],
    });
    expect(run?.passages.map(({ cited }) => cited).indexOf(true)).toBe(0);
    // What another deployment brought may be of any shape.
    await drafts.owner.query(`update ai_runs set passages = '{"a":1}', cut = '[1,{"sentence":2}]'`);
    expect(
      await drafts.client.ask(`query ($id: ID) { aiRuns(conversationId: $id) { nodes { ${evidence} } } }`, {
        id: conversationId,
      }),
    ).toMatchObject({ aiRuns: { nodes: [{ passages: [], cut: [] }] } });
  });
});
