import { Walk } from './walk.js';

/** What somebody does before a bot meets customers: each step stands on those before it. */
describe('a bot is tried', () => {
  const walk = Walk.of(async () => {
    await walk.pages.connect('messenger');
    await walk.pages.addQuestions('Delivery', [['How long does delivery take?', 'Delivery takes three days.']]);
    await walk.pages.createBot('Helper');
  });

  const ask = async (text: string) => {
    await walk.main.getByLabel('What would a customer write?').fill(text);
    await walk.main.getByRole('button', { name: 'What does it answer?' }).click();
  };

  walk.step('by a question: what it would answer, from which passage, and all that is on record', async () => {
    await walk.main.getByRole('button', { name: 'Try it' }).click();
    await ask('How long does delivery take?');
    const answer = walk.main.getByRole('region', { name: 'It would answer' });
    await answer.getByRole('blockquote').getByText('Delivery takes three days.').waitFor();
    await answer.getByText('no model wrote it').waitFor();
    await answer.getByRole('button', { name: 'Delivery' }).click();
    await walk.page.locator('dialog[open]').getByText('How long does delivery take?').waitFor();
    await walk.page.keyboard.press('Escape');
    await answer.getByText('What was sent to the model').click();
    await answer.getByText('The passages that it was given').waitFor();
    await answer.getByText('named by the answer').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('and by one that nothing answers: it would say nothing', async () => {
    await ask('Do you repair tractors on Mars?');
    await walk.main.getByRole('heading', { name: 'It would not answer' }).waitFor();
    await walk.main.getByText('No knowledge of this workspace answers the question.').first().waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.main.getByRole('button', { name: 'Back to the bots' }).click();
    await walk.main.getByRole('button', { name: 'Try it' }).waitFor();
    // Nobody was written to: the one trace is the record.
    await walk.pages.settings('AI');
    await walk.main.getByRole('region', { name: 'What the AI did lately' }).getByText('Preview').first().waitFor();
  });

  walk.step(
    'with cases that are kept: each is judged, and another wording is compared with the one before',
    async () => {
      await walk.pages.settings('Bots');
      await walk.main.getByRole('button', { name: 'Test with cases' }).click();
      await walk.main.getByText('No cases yet').waitFor();
      await walk.main.getByRole('button', { name: 'New set of cases' }).click();
      await walk.main.getByLabel('What the set is called').fill('Most asked');
      await walk.main.getByRole('button', { name: 'Another case' }).click();
      const cases = walk.main.getByRole('group');
      await cases.nth(0).getByLabel('Question').fill('How long does delivery take?');
      await cases.nth(0).getByLabel('What a good answer says').fill('three days');
      await cases.nth(1).getByLabel('Question').fill('Do you repair tractors on Mars?');
      expect(await walk.pages.violations()).toEqual([]);
      await walk.main.getByRole('button', { name: 'Save' }).click();
      const run = walk.main.getByRole('button', { name: 'Try the bot with them' });
      await run.click();
      const good = walk.main.getByText('2 of 2 good (100%)');
      await good.waitFor({ timeout: 30_000 });
      await walk.main.getByRole('button', { name: 'Each case' }).click();
      await walk.main.getByRole('cell', { name: 'Says it' }).waitFor();
      await walk.main.getByRole('cell', { name: 'Left it alone, rightly' }).waitFor();
      expect(await walk.pages.violations()).toEqual([]);
      await walk.main.getByLabel('Instructions to try').fill('Answer like a pirate.');
      await run.click();
      await good.nth(1).waitFor({ timeout: 30_000 });
      await walk.main.getByRole('button', { name: 'Compare with the run before' }).click();
      await walk.main.getByText('Better: 0. Worse: 0. Alike: 2.').waitFor();
      await walk.main.getByRole('button', { name: 'Back to the bots' }).click();
    },
  );

  walk.step('and answers by itself only once somebody has read what that means', async () => {
    await walk.main.getByRole('button', { name: 'Edit bot' }).click();
    await walk.main.getByLabel('Mode', { exact: true }).selectOption('Answers by itself');
    await walk.main.getByLabel('Words by which customers ask for a person').fill('lawyer');
    await walk.main.getByRole('button', { name: 'Save' }).click();
    const dialog = walk.page.locator('dialog[open]');
    // Nothing is chosen by the way: each channel is a choice of its own.
    await dialog.getByText('It answers nowhere yet').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await walk.main.getByRole('group', { name: 'Answers by itself on' }).getByRole('checkbox').first().check();
    await walk.main.getByLabel('When it answers by itself').selectOption('While the business is closed');
    await walk.main.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('It answers on: ').waitFor();
    await dialog.getByText('Only while the business is closed').waitFor();
    await dialog.getByText('It hands over at these words too').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await walk.main.getByRole('button', { name: 'Save' }).click();
    await dialog.getByLabel('I have read this.').check();
    await dialog.getByRole('button', { name: 'Let it answer' }).click();
    await walk.main.getByRole('listitem').filter({ hasText: 'Helper' }).getByText('Answers by itself').waitFor();
  });

  walk.step('what models may cost is set, with the prices that it is counted by', async () => {
    await walk.pages.settings('AI');
    const budget = walk.main.getByLabel('Budget for a month');
    await budget.fill('12.50');
    await walk.main.getByLabel('Price of a million tokens that are sent').fill('0.29');
    await walk.main.getByRole('button', { name: 'Set the budget' }).click();
    await walk.page.getByText('Saved.').waitFor();
    await walk.page.reload();
    await budget.waitFor();
    expect(await budget.inputValue()).toBe('12.5');
    expect(await walk.main.getByLabel('Price of a million tokens that are sent').inputValue()).toBe('0.29');
    expect(await walk.main.getByLabel('Price of a million tokens that come back').inputValue()).toBe('');
    await budget.fill('0');
    await walk.main.getByRole('button', { name: 'Set the budget' }).click();
    await walk.main.getByText('The budget of this month is used up').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });
});
