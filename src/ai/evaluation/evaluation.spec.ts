import { EvaluationsUnderTest, express, painter, returns, start } from '../../../test/support/evaluations.js';

let shop: EvaluationsUnderTest;
beforeAll(async () => void (shop = await EvaluationsUnderTest.start()), 60_000);
afterAll(() => shop.stop());

describe('a bot is tried without a model', () => {
  it('judges each case by rules, and says what came of it', async () => {
    const done = await shop.evaluated({
      cases: [
        express,
        painter,
        { ...returns, expected: 'Returns are accepted within 14 days.' },
        { ...express, expected: '' },
        { ...returns, knowledgeId: shop.shopId },
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
    expect(shop.model.calls).toEqual([]);
  });

  it('refuses what cannot be tried, in words', async () => {
    expect(await shop.reason(start, { bot: shop.botId, cases: [] })).toBe('CASES_NONE');
    expect(await shop.reason(start, { bot: shop.botId, cases: [{ question: ' ', expected: 'x' }] })).toBe(
      'CASE_QUESTION',
    );
    expect(await shop.reason(start, { bot: shop.botId, cases: Array.from({ length: 201 }, () => express) })).toBe(
      'TOO_MANY',
    );
    for (const unknown of [
      { bot: shop.drafts.channelId, cases: [express] },
      { bot: shop.botId, cases: [express], set: shop.botId },
      { bot: shop.botId, cases: [{ ...express, knowledgeId: shop.botId }] },
    ])
      expect(await shop.drafts.client.refusal(start, unknown)).toBe('NOT_FOUND');
  });
});
