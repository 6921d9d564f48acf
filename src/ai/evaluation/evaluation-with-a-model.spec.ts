import { eventually } from '../../../test/support/client.js';
import { EvaluationsUnderTest, express, painter, returns } from '../../../test/support/evaluations.js';
import { questionIn } from '../../../test/support/recorded-model.js';

let shop: EvaluationsUnderTest;
beforeAll(async () => void (shop = await EvaluationsUnderTest.start()), 60_000);
afterAll(() => shop.stop());

describe('a bot is tried with a model', () => {
  beforeAll(() => shop.withModel());
  beforeEach(() => {
    shop.model.calls.length = 0;
    shop.model.say = () => ({ answer: 'Express shipping takes 1 day.', sources: [1] });
  });

  it('compares two wordings of its instructions on the same cases: which are better now, and which worse [promise 39]', async () => {
    const cases = [express, returns, painter];
    const before = await shop.evaluated({ cases });
    expect(before).toMatchObject({ passed: 2, instructions: 'Be brief.', model: 'of-our-own' });
    shop.model.say = () => ({ answer: 'Yes. Returns are accepted within 30 days of delivery.', sources: [1] });
    const after = await shop.evaluated({ cases, instructions: 'Be kind.' });
    expect(after).toMatchObject({ instructions: 'Be kind.' });
    expect(JSON.stringify(shop.model.calls.at(-1)?.body)).toContain('Be kind.');
    const compare = `query ($before: ID!, $after: ID!) { compareEvaluations(before: $before, after: $after) { alike better { after { question } } worse { before { question } after { verdict } } } }`;
    expect(await shop.ask(compare, { before: before.id, after: after.id })).toEqual({
      compareEvaluations: {
        alike: 1,
        better: [{ after: { question: returns.question } }],
        worse: [{ before: { question: express.question }, after: { verdict: expect.any(String) } }],
      },
    });
    expect(await shop.drafts.client.refusal(compare, { before: before.id, after: shop.botId })).toBe('NOT_FOUND');
    const { evaluations } = await shop.ask<{ evaluations: { nodes: { id: string }[] } }>(
      `query ($bot: ID) { evaluations(botId: $bot, first: 2) { nodes { id } } }`,
      { bot: shop.botId },
    );
    expect(evaluations.nodes.map(({ id }) => id)).toEqual([after.id, before.id]);
  });

  it('goes on where a killed process stopped, and asks for no case twice', async () => {
    const cases = Array.from({ length: 6 }, (_, at) => ({
      ...express,
      question: `${express.question} ${'!'.repeat(at)}`,
    }));
    const { id } = await shop.begin({ cases });
    await shop.ended(id);
    // As a kill leaves it: two are judged, the rest waits, and the job is taken over.
    await shop.drafts.owner.query(
      `update evaluation_results set verdict = null, answer = '', run_id = null where evaluation_id = $1 and position > 2`,
      [id],
    );
    await shop.drafts.owner.query(`update evaluations set status = 'RUNNING', finished_at = null where id = $1`, [id]);
    const asked = shop.model.calls.length;
    await shop.takenOver(id);
    expect(await shop.ended(id)).toMatchObject({ status: 'DONE', judged: 6, passed: 6 });
    expect(shop.model.calls.length - asked).toBe(4);
    expect(questionIn(shop.model.calls.at(-1))).toContain('!!!!!');
  });

  it('stops at what it may cost, when it is cancelled, when the model fails again and again, and when AI is switched off', async () => {
    await shop.drafts.settings({ promptCentsPerMillion: 2_000, completionCentsPerMillion: 10_000 });
    const many = Array.from({ length: 8 }, () => express);
    // Three cents a case.
    expect(await shop.evaluated({ cases: many, most: 5 })).toMatchObject({
      status: 'FAILED',
      stopped: 'COST',
      judged: 2,
      costCents: 6,
    });
    shop.model.say = () => 500;
    expect(await shop.evaluated({ cases: many })).toMatchObject({ stopped: 'MODEL_FAILS', judged: 3, passed: 0 });

    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    shop.model.say = async () => {
      await held;
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    shop.model.calls.length = 0;
    const { id } = await shop.begin({ cases: many });
    await eventually(async () => (shop.model.calls.length === 1 ? true : null));
    const cancel = `mutation ($id: ID!) { cancelEvaluation(id: $id) { status stopped } }`;
    expect(await shop.ask(cancel, { id })).toEqual({ cancelEvaluation: { status: 'FAILED', stopped: 'CANCELLED' } });
    free();
    // What left is on record, and no more leaves.
    const cancelled = await eventually(async () => {
      const now = await shop.read(id);
      return now.judged === 1 ? now : null;
    });
    expect(cancelled).toMatchObject({
      stopped: 'CANCELLED',
      results: [{ run: { purpose: 'EVALUATION' } }, ...Array(7).fill({ run: null })],
    });
    expect(await shop.ask(cancel, { id })).toMatchObject({ cancelEvaluation: { stopped: 'CANCELLED' } });
    expect(shop.model.calls).toHaveLength(1);

    shop.model.say = async (call) => {
      if (shop.model.calls.indexOf(call) === 1) await shop.drafts.settings({ enabled: false });
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    shop.model.calls.length = 0;
    expect(await shop.evaluated({ cases: many })).toMatchObject({ stopped: 'NO_MODEL', judged: 2 });
    expect(shop.model.calls).toHaveLength(2);
    await shop.drafts.settings({ enabled: true, promptCentsPerMillion: 0, completionCentsPerMillion: 0 });
  });

  it('brings nobody back who was erased while the model was asked [promise 66]', async () => {
    const { conversationId } = await shop.drafts.written('Does express shipping take long?');
    const { id: evaluation } = await shop.begin({ cases: [express, painter] });
    await shop.ended(evaluation);
    await shop.drafts.owner.query(
      `update evaluation_results set verdict = null, run_id = null, conversation_id = $2 where evaluation_id = $1 and position = 1`,
      [evaluation, conversationId],
    );
    await shop.drafts.owner.query(`update evaluations set status = 'RUNNING' where id = $1`, [evaluation]);
    shop.model.calls.length = 0;
    shop.model.say = async () => {
      await shop.drafts.owner.query(`delete from conversations where id = $1`, [conversationId]);
      return { answer: 'Express shipping takes 1 day.', sources: [1] };
    };
    const runs = async () =>
      (await shop.drafts.owner.query(`select from ai_runs where purpose = 'EVALUATION'`)).rowCount;
    const before = await runs();
    await shop.takenOver(evaluation);
    expect(await shop.ended(evaluation)).toMatchObject({ status: 'DONE', total: 1 });
    expect(shop.model.calls).toHaveLength(1);
    expect(await runs()).toBe(before);
  });
});
