import { newId } from '../../src/platform/database/index.js';
import { ayse, john, marco } from './playing-customers.js';
import { Walk } from './walk.js';

/** What nobody could answer, from who asks it to who is answered: each step stands on those before it. */
describe('questions that nobody could answer', () => {
  const walk = Walk.of(async () => {
    await walk.pages.connect('messenger');
    await walk.pages.connect('instagram');
    await walk.pages.addQuestions('Delivery', [['How long does delivery take?', 'Delivery takes three days.']]);
    await walk.pages.createBot('Helper');
  });

  walk.step(
    'are gathered while somebody looks: the same in other words is one, what is asked most stands first',
    async () => {
      await walk.pages.settings('Unanswered questions');
      await walk.main.getByText('No question is open').waitFor();
      await walk.customers.write(marco, 'Who painted the Mona Lisa?');
      await walk.item('Mona Lisa').getByText('asked once').waitFor();
      await walk.customers.write(ayse, 'Do you repair broken watches?');
      await walk.item('Do you repair broken watches?').waitFor();
      await walk.customers.write(john, 'Could you repair a watch for me?');
      await walk.item('Could you repair a watch for me?').getByText('asked 2 times').waitFor();
      expect(await walk.main.getByRole('listitem').count()).toBe(2);
      expect(await walk.main.getByRole('listitem').first().innerText()).toContain('Could you repair a watch');
      expect(await walk.pages.violations()).toEqual([]);
      await walk.item('repair').getByRole('link', { name: 'Where it was asked last' }).click();
      await walk.pages.message('Could you repair a watch for me?').waitFor();
    },
  );

  walk.step('one is answered once for all, and who asks it again is answered from it', async () => {
    await walk.pages.settings('Unanswered questions');
    await walk.item('repair').getByRole('button', { name: 'Write an answer' }).click();
    await walk.dialog.getByText('become an entry of your knowledge').waitFor();
    expect(await walk.dialog.getByLabel('Question').inputValue()).toBe('Could you repair a watch for me?');
    await walk.dialog.getByLabel('Question').fill('Do you repair watches?');
    await walk.dialog.getByLabel('Answer').fill('  ');
    await walk.dialog.getByRole('button', { name: 'Add to the knowledge' }).click();
    await walk.dialog.getByText('Write something first.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByLabel('Answer').fill('Yes, we repair watches within five days.');
    await walk.dialog.getByRole('button', { name: 'Add to the knowledge' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await walk.item('repair').waitFor({ state: 'detached' });
    expect(await walk.main.getByRole('listitem').count()).toBe(1);
    await walk.pages.settings('Knowledge');
    await walk.item('Do you repair watches?').getByText('Ready').waitFor();
    // This bot draws on chosen sources alone.
    await walk.pages.settings('Bots');
    await walk.main.getByRole('button', { name: 'Edit bot' }).click();
    await walk.main.getByRole('checkbox', { name: 'Do you repair watches?' }).check();
    await walk.main.getByRole('button', { name: 'Save' }).click();
    await walk.main.getByRole('button', { name: 'Edit bot' }).waitFor();
    await walk.customers.write(john, 'Do you repair watches?');
    await walk.pages.inbox();
    await walk.pages.row(john.name).click();
    await walk.pages.draft.getByText('Yes, we repair watches within five days.').first().waitFor();
  });

  walk.step('one that needs no answer is put away, once that was thought over', async () => {
    await walk.pages.settings('Unanswered questions');
    await walk.item('Mona Lisa').getByRole('button', { name: 'Needs no answer' }).click();
    await walk.dialog.getByText('this cannot be undone').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Cancel' }).click();
    await walk.item('Mona Lisa').getByRole('button', { name: 'Needs no answer' }).click();
    await walk.dialog.getByRole('button', { name: 'Needs no answer' }).click();
    await walk.main.getByText('No question is open').waitFor();
  });

  walk.step('many come page by page, and a viewer reads them without being offered what is not theirs', async () => {
    const { rows } = await walk.sql.query<{ workspace: string; conversation: string }>(
      `select workspace_id as workspace, id as conversation from conversations limit 1`,
    );
    const [of] = rows;
    for (let index = 0; index < 30; index += 1) {
      const id = newId();
      await walk.sql.query(`insert into unanswered_questions (workspace_id, id, status) values ($1, $2, 'OPEN')`, [
        of?.workspace,
        id,
      ]);
      await walk.sql.query(
        `insert into question_askings (workspace_id, id, question_id, conversation_id, message_id, text, stems)
         values ($1, $2, $3, $4, $5, $6, array['x'])`,
        [of?.workspace, newId(), id, of?.conversation, newId(), `May I bring guest ${String(index)}?`],
      );
    }
    await walk.page.reload();
    const items = walk.main.getByRole('listitem');
    await items.nth(24).waitFor();
    expect(await items.count()).toBe(25);
    await walk.main.getByRole('button', { name: 'Show more' }).click();
    await items.nth(29).waitFor();
    expect(await items.count()).toBe(30);
    await items.nth(29).getByRole('button', { name: 'Needs no answer' }).click();
    await walk.dialog.getByRole('button', { name: 'Needs no answer' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await walk.main.getByText('May I bring guest 0?').waitFor({ state: 'detached' });
    await items.nth(24).waitFor();
    await walk.sql.query(`update members set role = 'VIEWER'`);
    await walk.page.reload();
    await walk.main.getByText('Owners, admins and editors can answer them.').waitFor();
    expect(await walk.main.getByRole('button', { name: 'Write an answer' }).count()).toBe(0);
    await walk.sql.query(`update members set role = 'OWNER'`);
    await walk.page.reload();
    await walk.main.getByRole('button', { name: 'Write an answer' }).first().waitFor();
  });

  walk.step(
    'what is asked of a bot before it answers by itself is set, and whether customers’ words may try it',
    async () => {
      await walk.pages.settings('AI');
      const percent = walk.main.getByLabel('How many of 100 cases it has to answer well');
      const consent = walk.main.getByLabel('Cases may be taken from closed conversations');
      await percent.fill('80');
      await consent.check();
      await walk.main.getByRole('button', { name: 'Set what is asked of it' }).click();
      await walk.page.getByText('Saved.').waitFor();
      await walk.page.reload();
      await percent.waitFor();
      expect([await percent.inputValue(), await consent.isChecked()]).toEqual(['80', true]);
      expect(await walk.pages.violations()).toEqual([]);
      await walk.pages.settings('Bots');
      await walk.main.getByRole('button', { name: 'Test with cases' }).click();
      await walk.main.getByText('To answer by itself it has to answer 80 of 100 cases well.').waitFor();
      await walk.pages.settings('AI');
      await percent.fill('');
      await consent.uncheck();
      await walk.main.getByRole('button', { name: 'Set what is asked of it' }).click();
      await walk.page.getByText('Saved.').first().waitFor();
      const { rows } = await walk.sql.query(`select auto_needs_percent, cases_from_conversations from ai_settings`);
      expect(rows).toEqual([{ auto_needs_percent: null, cases_from_conversations: false }]);
    },
  );
});
