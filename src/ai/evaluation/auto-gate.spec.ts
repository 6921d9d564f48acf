import { EvaluationsUnderTest, express, refused } from '../../../test/support/evaluations.js';

let shop: EvaluationsUnderTest;
beforeAll(async () => void (shop = await EvaluationsUnderTest.start()), 60_000);
afterAll(() => shop.stop());

const update = `mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { mode autoGate { needsPercent reachedPercent cases } } }`;

describe('a bot answers by itself only once it was seen to answer well', () => {
  const ten = (expected: string) => Array.from({ length: 10 }, () => ({ ...express, expected }));
  const toAuto = (input: object = {}) =>
    shop.drafts.client.post(update, { id: shop.botId, input: { mode: 'AUTO', ...input } });
  const reasonOf = (answer: Awaited<ReturnType<typeof toAuto>>) => refused(answer)?.reason;

  beforeAll(async () => {
    await shop.drafts.settings({ enabled: false });
    await shop.drafts.settings({ autoNeedsPercent: 80 });
  });

  it('refuses it until an evaluation of what it is now says so [promise 37]', async () => {
    expect(reasonOf(await toAuto())).toBe('GATE_NOT_EVALUATED');
    // Too few cases say too little.
    await shop.evaluated({ cases: [express] });
    expect(reasonOf(await toAuto())).toBe('GATE_NOT_EVALUATED');
    await shop.evaluated({ cases: [...ten('1 day').slice(0, 7), ...ten('2 days').slice(0, 3)] });
    expect(refused(await toAuto())).toMatchObject({
      reason: 'GATE_NOT_REACHED',
      values: { had: '70', wanted: '80' },
    });
    expect(
      reasonOf(
        await shop.drafts.client.post(`mutation ($i: BotInput!) { createBot(input: $i) { id } }`, {
          i: { name: 'Eve', mode: 'AUTO' },
        }),
      ),
    ).toBe('GATE_NOT_EVALUATED');
    await shop.evaluated({ cases: ten('1 day') });
    expect((await toAuto()).data).toEqual({
      updateBot: { mode: 'AUTO', autoGate: { needsPercent: 80, reachedPercent: 100, cases: 10 } },
    });
  });

  it('and what it answers by is changed only for what was tried', async () => {
    // What changes no answer may change.
    expect((await toAuto({ name: 'Ada Two' })).errors).toBeUndefined();
    expect(reasonOf(await toAuto({ instructions: 'Promise whatever they want.' }))).toBe('GATE_NOT_EVALUATED');
    const { bot } = await shop.ask<{ bot: { instructions: string } }>(
      `query ($id: ID!) { bot(id: $id) { instructions } }`,
      {
        id: shop.botId,
      },
    );
    expect(bot.instructions).toBe('Be brief.');
    await shop.evaluated({ cases: ten('1 day'), instructions: 'Be kind.' });
    expect((await toAuto({ instructions: 'Be kind.' })).errors).toBeUndefined();
    // It never stands in the way of stopping.
    expect(
      (await shop.drafts.client.post(update, { id: shop.botId, input: { mode: 'OFF', instructions: 'x' } })).errors,
    ).toBeUndefined();
  });
});
