import { EvaluationsUnderTest, express, painter, returns } from '../../../test/support/evaluations.js';

let shop: EvaluationsUnderTest;
beforeAll(async () => void (shop = await EvaluationsUnderTest.start()), 60_000);
afterAll(() => shop.stop());

const save = `mutation ($id: ID, $name: String!, $cases: [EvaluationCase!]!) {
  saveEvaluationSet(id: $id, name: $name, cases: $cases) { id name cases { id question expected knowledgeId conversationId } } }`;
const take = `mutation ($set: ID!) { takeEvaluationCases(setId: $set) { id cases { id question expected conversationId } } }`;

describe('sets of cases', () => {
  it('are kept, changed case by case, and tried as a whole', async () => {
    const { saveEvaluationSet: made } = await shop.ask<{ saveEvaluationSet: { id: string; cases: { id: string }[] } }>(
      save,
      {
        name: ' Shop  ',
        cases: [express, painter],
      },
    );
    expect(made).toMatchObject({ name: 'Shop', cases: [{ question: express.question }, { expected: '' }] });
    const [first] = made.cases;
    const again = await shop.ask(save, {
      id: made.id,
      name: 'Shop',
      cases: [{ ...express, id: first?.id, expected: '1 day' }, returns],
    });
    expect(again).toMatchObject({
      saveEvaluationSet: { id: made.id, cases: [{ id: first?.id, expected: '1 day' }, { question: returns.question }] },
    });
    expect(await shop.evaluated({ set: made.id })).toMatchObject({ total: 2, passed: 2, status: 'DONE' });
    expect(
      await shop.drafts.client.refusal(save, { id: made.id, name: 'x', cases: [{ ...express, id: shop.botId }] }),
    ).toBe('NOT_FOUND');
    const remove = `mutation ($id: ID!) { deleteEvaluationSet(id: $id) }`;
    expect(await shop.ask(remove, { id: made.id })).toEqual({ deleteEvaluationSet: true });
    expect(await shop.drafts.client.refusal(remove, { id: made.id })).toBe('NOT_FOUND');
  });

  it('take from closed conversations only where the workspace agreed, without details of people, and let go of it again [promise 16]', async () => {
    const { saveEvaluationSet: set } = await shop.ask<{ saveEvaluationSet: { id: string } }>(save, {
      name: 'Taken',
      cases: [],
    });
    const close = async (words: string, answer: string) => {
      const { conversationId } = await shop.drafts.written(words);
      await shop.drafts.settled();
      await shop.drafts.send(conversationId, answer, null);
      await shop.ask(`mutation ($id: ID!) { setConversationStatus(id: $id, status: RESOLVED) { id } }`, {
        id: conversationId,
      });
      return conversationId;
    };
    const said = 'How long does express shipping take? I am Deniz, ada@example.com, +90 532 123 45 67.';
    const one = await close(said, 'Dear Deniz, express shipping takes 1 day.');
    const objecting = await close('How long does standard shipping take?', 'Standard shipping takes 3 days.');
    const open = await shop.drafts.written('When does the shop open on weekdays?');
    await shop.drafts.send(open.conversationId, 'The shop is open from 9:00.', null);
    await shop.drafts.owner.query(
      `update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)`,
      [objecting],
    );
    expect(await shop.reason(take, { set: set.id })).toBe('CASES_NOT_ALLOWED');
    await shop.drafts.settings({ casesFromConversations: true });
    const { takeEvaluationCases: taken } = await shop.ask<{
      takeEvaluationCases: { cases: { question: string; expected: string; conversationId: string }[] };
    }>(take, { set: set.id });
    expect(taken.cases.map(({ conversationId }) => conversationId)).toEqual([one]);
    expect(taken.cases[0]?.expected).toBe('Dear [name], express shipping takes 1 day.');
    expect(taken.cases[0]?.question).toContain('How long does express shipping take?');
    expect(taken.cases[0]?.question).not.toMatch(/Deniz|ada@example|532/u);
    // Once is enough.
    expect(await shop.ask(take, { set: set.id })).toMatchObject({
      takeEvaluationCases: { cases: [{ conversationId: one }] },
    });
    const tried = await shop.evaluated({ set: set.id, cases: [painter] });
    expect(tried.results.find(({ run }) => run?.conversationId === one)).toMatchObject({ verdict: 'SAYS_IT' });

    // Who objects later is tried no more.
    await shop.drafts.owner.query(
      `update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)`,
      [one],
    );
    expect(await shop.evaluated({ set: set.id, cases: [painter] })).toMatchObject({ total: 1, status: 'DONE' });
    expect(await shop.evaluated({ set: set.id })).toMatchObject({ total: 0, status: 'FAILED', stopped: 'NO_CASES' });
    await shop.drafts.settings({ casesFromConversations: false });
    expect((await shop.read(tried.id)).results).toHaveLength(1);
    const { rows } = await shop.drafts.owner.query(
      `select count(*)::int as n from evaluation_cases where set_id = $1`,
      [set.id],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
