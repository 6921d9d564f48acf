import { DraftsUnderTest, type Draft, draftFields, text } from '../../../../test/support/drafts.js';
import { eventually } from '../../../../test/support/client.js';
import { type Raw, RecordedModel } from '../../../../test/support/recorded-model.js';
import { Queues } from '../../../platform/queue/index.js';
import { ModelBreaker } from '../../drafting/model-breaker.js';

let drafts: DraftsUnderTest;
let model: RecordedModel;
let botId: string;
let servers = 0;

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  model = await RecordedModel.start();
  model.say = () => ({ answer, sources: [1] });
  model.vectorOf = (said) => (/ship/iu.test(said) ? [1, 0.1] : [0.1, 1]);
  await drafts.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
    input: { kind: 'TEXT', title: 'The shop', text },
  });
  const { createBot } = await drafts.client.ask<{ createBot: { id: string } }>(
    `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
    { input: { name: 'Ada', mode: 'OFF', quoteOnFailure: true } },
  );
  botId = createBot.id;
  await drafts.settings({ enabled: true, baseUrl: model.url, apiKey: 'sk-x', model: 'm' });
}, 60_000);
beforeEach(async () => {
  model.sayVectors = null;
  // The trouble of one test is none of the next.
  mark = `vectors-${String((servers += 1))}`;
  await drafts.settings({ embeddingModel: mark });
  await drafts.app.app.get(Queues).sweep();
  await eventually(async () => {
    const { rows } = await drafts.owner.query('select from passages where embedded_with not like $1', [`% ${mark}`]);
    const { rows: done } = await drafts.owner.query('select from passages where embedded_with like $1', [`% ${mark}`]);
    return rows.length === 0 && done.length > 0 ? true : null;
  });
  model.calls.length = 0;
});
afterAll(async () => {
  await model.stop();
  await drafts.stop();
});

let mark: string;
const question = 'How long does standard shipping take?';
const answer = 'Standard shipping takes 3 days.';

async function preview(): Promise<Draft> {
  const { previewReply } = await drafts.client.ask<{ previewReply: Draft }>(
    `mutation ($bot: ID!, $text: String!) { previewReply(botId: $bot, text: $text) { ${draftFields} } }`,
    { bot: botId, text: question },
  );
  return previewReply;
}

/** Why the newest question got no vector, as its run says; null: it got one. */
async function lastFailure(): Promise<string | null> {
  const { rows } = await drafts.owner.query<{ error: string | null }>(
    `select error from ai_runs where purpose = 'EMBEDDING' and request ? 'questions' order by at desc, id desc limit 1`,
  );
  return rows[0]?.error ?? null;
}

const asked = (): number => model.embeddedTexts.length;
const vector = (numbers: string): Raw => ({ raw: `{"data":[{"index":0,"embedding":[${numbers}]}]}` });
const never: Promise<Raw> = new Promise(() => undefined);

describe('I6: a server of vectors', () => {
  const faults: readonly (readonly [string, () => Raw | Promise<Raw>, RegExp])[] = [
    ['is busy', () => ({ status: 429, raw: '{}' }), /takes no more requests/u],
    ['breaks', () => ({ status: 500, raw: '{}' }), /status 500/u],
    ['sends a page', () => ({ raw: '<html>' }), /could not be read/u],
    ['sends no number', () => vector('NaN, 1'), /could not be read/u],
    ['sends nothing for a number', () => vector('null, 1'), /could not be read/u],
    ['sends more than a number can be', () => vector('1e999, 1'), /could not be read/u],
    ['sends nothing but zeros', () => vector('0, 0'), /could not be read/u],
    ['sends more dimensions than there are', () => vector(Array(5_000).fill(1).join()), /could not be read/u],
    ['sends two vectors for one', () => ({ raw: '{"data":[{"embedding":[1,0]},{"embedding":[1,0]}]}' }), /could not/u],
    ['is cut off', () => ({ raw: '{"data":[{"index":0', cut: true }), /broke off/u],
  ];

  it.each(faults)('that %s: words find all the same, and the run says why', async (_, fault, words) => {
    model.sayVectors = fault;
    expect(await preview()).toMatchObject({ status: 'PROPOSED', text: answer });
    expect(await lastFailure()).toMatch(words);
  });

  it('whose vectors have another number of dimensions than before: words find all the same', async () => {
    model.sayVectors = () => vector('1, 0, 0.5');
    expect(await preview()).toMatchObject({ status: 'PROPOSED', text: answer });
    expect(await lastFailure()).toBeNull();
  });

  it('that never answers is waited for a moment, five times at most, and then not asked at all', async () => {
    model.sayVectors = () => never;
    for (let time = 0; time < 5; time += 1) expect((await preview()).text).toBe(answer);
    expect(await lastFailure()).toMatch(/did not answer in time/u);
    expect(asked()).toBe(5);
    for (let time = 0; time < 3; time += 1) expect((await preview()).text).toBe(answer);
    expect(asked()).toBe(5);
    expect(await lastFailure()).toMatch(/left alone/u);
  });

  it('that asks to be left alone is; after that one question tries it, and it is asked again by all', async () => {
    model.sayVectors = () => ({ status: 429, headers: { 'retry-after': '60' }, raw: '{}' });
    expect((await preview()).text).toBe(answer);
    expect((await preview()).text).toBe(answer);
    expect(asked()).toBe(1);
    model.sayVectors = null;
    restIsOver();
    expect((await preview()).text).toBe(answer);
    expect(await lastFailure()).toBeNull();
    expect((await preview()).text).toBe(answer);
    expect(asked()).toBe(3);
  });

  it('that refuses the key is asked each time: no rest puts that right', async () => {
    model.sayVectors = () => ({ status: 401, raw: '{}' });
    for (let time = 0; time < 6; time += 1) await preview();
    expect(asked()).toBe(6);
    expect(await lastFailure()).toMatch(/refuses the key/u);
  });

  it('in trouble does not keep the model of language from being asked', async () => {
    model.sayVectors = () => ({ status: 503, headers: { 'retry-after': '60' }, raw: '{}' });
    await preview();
    await preview();
    expect(model.calls.filter(({ path }) => path.endsWith('/chat/completions'))).toHaveLength(2);
  });
});

/** As if the time that it asked for had gone by. */
function restIsOver(): void {
  for (const [server, trouble] of drafts.app.app.get(ModelBreaker)['troubles'])
    if (server.endsWith(` ${mark}`)) trouble.until = 0;
}
