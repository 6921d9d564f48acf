import { rulesOf } from './bot-rules.js';

const written = (fields: Readonly<Record<string, string>>) => rulesOf((field) => fields[field] ?? '');

describe('the rules of a bot', () => {
  it('are what was written, one a line or with commas between', () => {
    expect(
      written({
        topics: 'Delivery\n Returns ;sizes,',
        handoffKeywords: 'lawyer',
        minConfidence: '70',
        maxRepliesPerConversation: '5',
        dailyBudgetCents: '2.50',
        quoteOnFailure: 'on',
      }),
    ).toEqual({
      topics: ['Delivery', 'Returns', 'sizes'],
      handoffKeywords: ['lawyer'],
      minConfidence: 0.7,
      maxRepliesPerConversation: 5,
      dailyBudgetCents: 250,
      quoteOnFailure: true,
    });
  });

  it('have no bound where nothing is written', () => {
    expect(written({})).toEqual({ topics: [], handoffKeywords: [], minConfidence: 0, quoteOnFailure: false });
  });
});
