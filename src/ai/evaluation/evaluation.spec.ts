import { eventually } from '../../../test/support/client.js';
import { DraftsUnderTest, faq, text } from '../../../test/support/drafts.js';
import { RecordedModel, questionIn } from '../../../test/support/recorded-model.js';
import { Workspaces } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';

interface Result {
  readonly question: string;
  readonly answer: string;
  readonly passed: boolean;
  readonly verdict: string | null;
  readonly latencyMs: number;
  readonly costCents: number | null;
  readonly sources: { title: string }[];
  readonly run: { purpose: string; conversationId: string | null; response: string | null } | null;
}
interface Evaluation {
  readonly id: string;
  readonly status: string;
  readonly stopped: string | null;
  readonly total: number;
  readonly judged: number;
  readonly passed: number;
  readonly costCents: number;
  readonly instructions: string;
  readonly model: string | null;
  readonly results: Result[];
}
type Case = { readonly question: string; readonly expected: string; readonly knowledgeId?: string };

let drafts: DraftsUnderTest;
let model: RecordedModel;
let botId: string;
let shopId: string;

const fields = `id status stopped botId total judged passed costCents instructions model promptVersion finishedAt
  results { question expected answer passed verdict latencyMs costCents sources { title } run { purpose conversationId response } }`;
const start = `mutation ($bot: ID!, $cases: [EvaluationCase!]!, $set: ID, $instructions: String, $most: Float) {
  evaluateBot(botId: $bot, cases: $cases, setId: $set, instructions: $instructions, mostCents: $most) { ${fields} } }`;
const save = `mutation ($id: ID, $name: String!, $cases: [EvaluationCase!]!) {
  saveEvaluationSet(id: $id, name: $name, cases: $cases) { id name cases { id question expected knowledgeId conversationId } } }`;
const take = `mutation ($set: ID!) { takeEvaluationCases(setId: $set) { id cases { id question expected conversationId } } }`;
const update = `mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { mode autoGate { needsPercent reachedPercent cases } } }`;

const ask = <Answer>(query: string, variables: object = {}) =>
  drafts.client.ask<Answer>(query, variables as Record<string, unknown>);
const begin = async (more: { cases?: Case[]; set?: string; instructions?: string; most?: number }) =>
  (await ask<{ evaluateBot: Evaluation }>(start, { bot: botId, cases: [], ...more })).evaluateBot;
const read = async (id: string) =>
  (await ask<{ evaluation: Evaluation }>(`query ($id: ID!) { evaluation(id: $id) { ${fields} } }`, { id })).evaluation;
const ended = (id: string) =>
  eventually(async () => {
    const now = await read(id);
    return now.status === 'DONE' || now.status === 'FAILED' ? now : null;
  }, 30_000);
const evaluated = async (more: Parameters<typeof begin>[0]) => ended((await begin(more)).id);
/** Why an operation was refused. */
const refused = (answer: { errors?: readonly { extensions: object }[] }) =>
  answer.errors?.[0]?.extensions as { reason?: string; values?: object } | undefined;
const reason = async (query: string, variables: object) =>
  refused(await drafts.client.post(query, variables as Record<string, unknown>))?.reason;
/** As the queue takes a job over from a process that died. */
const takenOver = (id: string) =>
  drafts.app.app.get(Workspaces).run(drafts.client.workspaceId ?? '', async (tx) => {
    drafts.app.app.get(Outbox).schedule(tx, 'evaluate-bot', id);
  });

const express: Case = { question: 'How long does express shipping take?', expected: 'Express shipping takes 1 day.' };
const painter: Case = { question: 'Who painted the Mona Lisa?', expected: '' };
const returns: Case = { question: 'Can I send something back?', expected: 'Returns are accepted within 30 days.' };

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  model = await RecordedModel.start();
  const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
  const shop = await ask<{ addKnowledge: { id: string } }>(add, { input: { kind: 'TEXT', title: 'The shop', text } });
  shopId = shop.addKnowledge.id;
  await ask(add, { input: { kind: 'FAQ', title: 'Questions', faq } });
  const { createBot } = await ask<{ createBot: { id: string } }>(
    `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
    { input: { name: 'Ada', mode: 'OFF', instructions: 'Be brief.' } },
  );
  botId = createBot.id;
}, 60_000);
afterAll(async () => {
  await model.stop();
  await drafts.stop();
});

describe('a bot is tried without a model', () => {
  it('judges each case by rules, and says what came of it', async () => {
    const done = await evaluated({
      cases: [
        express,
        painter,
        { ...returns, expected: 'Returns are accepted within 14 days.' },
        { ...express, expected: '' },
        { ...returns, knowledgeId: shopId },
        { question: 'Who sang this song?', expected: 'Nobody knows.' },
      ],
    });
    expect(done).toMatchObject({
      status: 'DONE',
      stopped: null,
      total: 6,
      judged: 6,
      passed: 2,
      model: null,
      costCents: 0,
    });
    expect(done.results.map(({ verdict, passed }) => [verdict, passed])).toEqual([
      ['SAYS_IT', true],
      ['LEFT_ALONE', true],
      ['OTHER_NUMBER', false],
      ['SPOKE', false],
      ['OTHER_SOURCE', false],
      ['SILENT', false],
    ]);
    expect(done.results[0]).toMatchObject({
      answer: expect.stringContaining('Express shipping takes 1 day'),
      sources: [{ title: 'The shop' }],
      run: { purpose: 'EVALUATION', conversationId: null },
    });
    expect(model.calls).toEqual([]);
  });

  it('refuses what cannot be tried, in words', async () => {
    expect(await reason(start, { bot: botId, cases: [] })).toBe('CASES_NONE');
    expect(await reason(start, { bot: botId, cases: [{ question: ' ', expected: 'x' }] })).toBe('CASE_QUESTION');
    expect(await reason(start, { bot: botId, cases: Array.from({ length: 201 }, () => express) })).toBe('TOO_MANY');
    for (const unknown of [
      { bot: drafts.channelId, cases: [express] },
      { bot: botId, cases: [express], set: botId },
      { bot: botId, cases: [{ ...express, knowledgeId: botId }] },
    ])
      expect(await drafts.client.refusal(start, unknown)).toBe('NOT_FOUND');
  });
});

describe('sets of cases', () => {
  it('are kept, changed case by case, and tried as a whole', async () => {
    const { saveEvaluationSet: made } = await ask<{ saveEvaluationSet: { id: string; cases: { id: string }[] } }>(
      save,
      {
        name: ' Shop  ',
        cases: [express, painter],
      },
    );
    expect(made).toMatchObject({ name: 'Shop', cases: [{ question: express.question }, { expected: '' }] });
    const [first] = made.cases;
    const again = await ask(save, {
      id: made.id,
      name: 'Shop',
      cases: [{ ...express, id: first?.id, expected: '1 day' }, returns],
    });
    expect(again).toMatchObject({
      saveEvaluationSet: { id: made.id, cases: [{ id: first?.id, expected: '1 day' }, { question: returns.question }] },
    });
    expect(await evaluated({ set: made.id })).toMatchObject({ total: 2, passed: 2, status: 'DONE' });
    expect(await drafts.client.refusal(save, { id: made.id, name: 'x', cases: [{ ...express, id: botId }] })).toBe(
      'NOT_FOUND',
    );
    const remove = `mutation ($id: ID!) { deleteEvaluationSet(id: $id) }`;
    expect(await ask(remove, { id: made.id })).toEqual({ deleteEvaluationSet: true });
    expect(await drafts.client.refusal(remove, { id: made.id })).toBe('NOT_FOUND');
  });

  it('take from closed conversations only where the workspace agreed, without details of people, and let go of it again [promise 16]', async () => {
    const { saveEvaluationSet: set } = await ask<{ saveEvaluationSet: { id: string } }>(save, {
      name: 'Taken',
      cases: [],
    });
    const close = async (words: string, answer: string) => {
      const { conversationId } = await drafts.written(words);
      await drafts.settled();
      await drafts.send(conversationId, answer, null);
      await ask(`mutation ($id: ID!) { setConversationStatus(id: $id, status: RESOLVED) { id } }`, {
        id: conversationId,
      });
      return conversationId;
    };
    const said = 'How long does express shipping take? I am Deniz, ada@example.com, +90 532 123 45 67.';
    const one = await close(said, 'Dear Deniz, express shipping takes 1 day.');
    const objecting = await close('How long does standard shipping take?', 'Standard shipping takes 3 days.');
    const open = await drafts.written('When does the shop open on weekdays?');
    await drafts.send(open.conversationId, 'The shop is open from 9:00.', null);
    await drafts.owner.query(
      `update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)`,
      [objecting],
    );
    expect(await reason(take, { set: set.id })).toBe('CASES_NOT_ALLOWED');
    await drafts.settings({ casesFromConversations: true });
    const { takeEvaluationCases: taken } = await ask<{
      takeEvaluationCases: { cases: { question: string; expected: string; conversationId: string }[] };
    }>(take, { set: set.id });
    expect(taken.cases.map(({ conversationId }) => conversationId)).toEqual([one]);
    expect(taken.cases[0]?.expected).toBe('Dear [name], express shipping takes 1 day.');
    expect(taken.cases[0]?.question).toContain('How long does express shipping take?');
    expect(taken.cases[0]?.question).not.toMatch(/Deniz|ada@example|532/u);
    // Once is enough.
    expect(await ask(take, { set: set.id })).toMatchObject({
      takeEvaluationCases: { cases: [{ conversationId: one }] },
    });
    const tried = await evaluated({ set: set.id, cases: [painter] });
    expect(tried.results.find(({ run }) => run?.conversationId === one)).toMatchObject({ verdict: 'SAYS_IT' });

    // Who objects later is tried no more.
    await drafts.owner.query(
      `update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)`,
      [one],
    );
    expect(await evaluated({ set: set.id, cases: [painter] })).toMatchObject({ total: 1, status: 'DONE' });
    expect(await evaluated({ set: set.id })).toMatchObject({ total: 0, status: 'FAILED', stopped: 'NO_CASES' });
    await drafts.settings({ casesFromConversations: false });
    expect((await read(tried.id)).results).toHaveLength(1);
    const { rows } = await drafts.owner.query(`select count(*)::int as n from evaluation_cases where set_id = $1`, [
      set.id,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('a bot is tried with a model', () => {
  beforeAll(() =>
    drafts.settings({
      enabled: true,
      baseUrl: model.url,
      apiKey: 'sk-own',
      model: 'of-our-own',
      monthlyBudgetCents: 1_000,
    }),
  );
  beforeEach(() => {
    model.calls.length = 0;
    model.say = () => ({ answer: 'Express shipping takes 1 day.', sources: [1] });
  });

  it('compares two wordings of its instructions on the same cases: which are better now, and which worse [promise 39]', async () => {
    const cases = [express, returns, painter];
    const before = await evaluated({ cases });
    expect(before).toMatchObject({ passed: 2, instructions: 'Be brief.', model: 'of-our-own' });
    model.say = () => ({ answer: 'Yes. Returns are accepted within 30 days of delivery.', sources: [1] });
    const after = await evaluated({ cases, instructions: 'Be kind.' });
    expect(after).toMatchObject({ instructions: 'Be kind.' });
    expect(JSON.stringify(model.calls.at(-1)?.body)).toContain('Be kind.');
    const compare = `query ($before: ID!, $after: ID!) { compareEvaluations(before: $before, after: $after) { alike better { after { question } } worse { before { question } after { verdict } } } }`;
    expect(await ask(compare, { before: before.id, after: after.id })).toEqual({
      compareEvaluations: {
        alike: 1,
        better: [{ after: { question: returns.question } }],
        worse: [{ before: { question: express.question }, after: { verdict: expect.any(String) } }],
      },
    });
    expect(await drafts.client.refusal(compare, { before: before.id, after: botId })).toBe('NOT_FOUND');
    const { evaluations } = await ask<{ evaluations: { nodes: { id: string }[] } }>(
      `query ($bot: ID) { evaluations(botId: $bot, first: 2) { nodes { id } } }`,
      { bot: botId },
    );
    expect(evaluations.nodes.map(({ id }) => id)).toEqual([after.id, before.id]);
  });

  it('goes on where a killed process stopped, and asks for no case twice', async () => {
    const cases = Array.from({ length: 6 }, (_, at) => ({
      ...express,
      question: `${express.question} ${'!'.repeat(at)}`,
    }));
    const { id } = await begin({ cases });
    await ended(id);
    // As a kill leaves it: two are judged, the rest waits, and the job is taken over.
    await drafts.owner.query(
      `update evaluation_results set verdict = null, answer = '', run_id = null where evaluation_id = $1 and position > 2`,
      [id],
    );
    await drafts.owner.query(`update evaluations set status = 'RUNNING', finished_at = null where id = $1`, [id]);
    const asked = model.calls.length;
    await takenOver(id);
    expect(await ended(id)).toMatchObject({ status: 'DONE', judged: 6, passed: 6 });
    expect(model.calls.length - asked).toBe(4);
    expect(questionIn(model.calls.at(-1))).toContain('!!!!!');
  });

  it('stops at what it may cost, when it is cancelled, when the model fails again and again, and when AI is switched off', async () => {
    await drafts.settings({ promptCentsPerMillion: 2_000, completionCentsPerMillion: 10_000 });
    const many = Array.from({ length: 8 }, () => express);
    // Three cents a case.
    expect(await evaluated({ cases: many, most: 5 })).toMatchObject({
      status: 'FAILED',
      stopped: 'COST',
      judged: 2,
      costCents: 6,
    });
    model.say = () => 500;
    expect(await evaluated({ cases: many })).toMatchObject({ stopped: 'MODEL_FAILS', judged: 3, passed: 0 });

    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    model.say = async () => {
      await held;
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    model.calls.length = 0;
    const { id } = await begin({ cases: many });
    await eventually(async () => (model.calls.length === 1 ? true : null));
    const cancel = `mutation ($id: ID!) { cancelEvaluation(id: $id) { status stopped } }`;
    expect(await ask(cancel, { id })).toEqual({ cancelEvaluation: { status: 'FAILED', stopped: 'CANCELLED' } });
    free();
    // What left is on record, and no more leaves.
    const cancelled = await eventually(async () => {
      const now = await read(id);
      return now.judged === 1 ? now : null;
    });
    expect(cancelled).toMatchObject({
      stopped: 'CANCELLED',
      results: [{ run: { purpose: 'EVALUATION' } }, ...Array(7).fill({ run: null })],
    });
    expect(await ask(cancel, { id })).toMatchObject({ cancelEvaluation: { stopped: 'CANCELLED' } });
    expect(model.calls).toHaveLength(1);

    model.say = async (call) => {
      if (model.calls.indexOf(call) === 1) await drafts.settings({ enabled: false });
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    model.calls.length = 0;
    expect(await evaluated({ cases: many })).toMatchObject({ stopped: 'NO_MODEL', judged: 2 });
    expect(model.calls).toHaveLength(2);
    await drafts.settings({ enabled: true, promptCentsPerMillion: 0, completionCentsPerMillion: 0 });
  });

  it('brings nobody back who was erased while the model was asked [promise 66]', async () => {
    const { conversationId } = await drafts.written('Does express shipping take long?');
    const { id: evaluation } = await begin({ cases: [express, painter] });
    await ended(evaluation);
    await drafts.owner.query(
      `update evaluation_results set verdict = null, run_id = null, conversation_id = $2 where evaluation_id = $1 and position = 1`,
      [evaluation, conversationId],
    );
    await drafts.owner.query(`update evaluations set status = 'RUNNING' where id = $1`, [evaluation]);
    model.calls.length = 0;
    model.say = async () => {
      await drafts.owner.query(`delete from conversations where id = $1`, [conversationId]);
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    const runs = async () => (await drafts.owner.query(`select from ai_runs where purpose = 'EVALUATION'`)).rowCount;
    const before = await runs();
    await takenOver(evaluation);
    expect(await ended(evaluation)).toMatchObject({ status: 'DONE', total: 1 });
    expect(model.calls).toHaveLength(1);
    expect(await runs()).toBe(before);
  });
});

describe('a bot answers by itself only once it was seen to answer well', () => {
  const ten = (expected: string) => Array.from({ length: 10 }, () => ({ ...express, expected }));
  const toAuto = (input: object = {}) => drafts.client.post(update, { id: botId, input: { mode: 'AUTO', ...input } });
  const reasonOf = (answer: Awaited<ReturnType<typeof toAuto>>) => refused(answer)?.reason;

  beforeAll(async () => {
    await drafts.settings({ enabled: false });
    await drafts.settings({ autoNeedsPercent: 80 });
  });

  it('refuses it until an evaluation of what it is now says so [promise 37]', async () => {
    expect(reasonOf(await toAuto())).toBe('GATE_NOT_EVALUATED');
    // Too few cases say too little.
    await evaluated({ cases: [express] });
    expect(reasonOf(await toAuto())).toBe('GATE_NOT_EVALUATED');
    await evaluated({ cases: [...ten('1 day').slice(0, 7), ...ten('2 days').slice(0, 3)] });
    expect(refused(await toAuto())).toMatchObject({
      reason: 'GATE_NOT_REACHED',
      values: { had: '70', wanted: '80' },
    });
    expect(
      reasonOf(
        await drafts.client.post(`mutation ($i: BotInput!) { createBot(input: $i) { id } }`, {
          i: { name: 'Eve', mode: 'AUTO' },
        }),
      ),
    ).toBe('GATE_NOT_EVALUATED');
    await evaluated({ cases: ten('1 day') });
    expect((await toAuto()).data).toEqual({
      updateBot: { mode: 'AUTO', autoGate: { needsPercent: 80, reachedPercent: 100, cases: 10 } },
    });
  });

  it('and what it answers by is changed only for what was tried', async () => {
    // What changes no answer may change.
    expect((await toAuto({ name: 'Ada Two' })).errors).toBeUndefined();
    expect(reasonOf(await toAuto({ instructions: 'Promise whatever they want.' }))).toBe('GATE_NOT_EVALUATED');
    const { bot } = await ask<{ bot: { instructions: string } }>(`query ($id: ID!) { bot(id: $id) { instructions } }`, {
      id: botId,
    });
    expect(bot.instructions).toBe('Be brief.');
    await evaluated({ cases: ten('1 day'), instructions: 'Be kind.' });
    expect((await toAuto({ instructions: 'Be kind.' })).errors).toBeUndefined();
    // It never stands in the way of stopping.
    expect(
      (await drafts.client.post(update, { id: botId, input: { mode: 'OFF', instructions: 'x' } })).errors,
    ).toBeUndefined();
  });
});
