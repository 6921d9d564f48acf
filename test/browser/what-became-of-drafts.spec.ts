import { readFile } from 'node:fs/promises';
import { newId } from '../../src/platform/database/index.js';
import { john } from './playing-customers.js';
import { Walk } from './walk.js';

const longName = 'Çağrı Şükrüoğlu-Yağcıoğlu Kuyumculuk ve Saat Sanayi';

/** What members do with what is proposed to them, as the reports show it. */
describe('what became of suggested replies', () => {
  const walk = Walk.of(async () => {
    await walk.pages.connect('messenger');
    await walk.customers.write(john, 'Where is my order?');
    await walk.pages.inbox();
    await walk.pages.row(john.name).waitFor();
  });
  const rates = () => walk.main.getByRole('region', { name: 'What became of suggested replies' });
  const figure = (name: string) => rates().locator('.report-total > div').filter({ hasText: name }).locator('dd');

  /** As if it had been proposed some days ago, and this had come of it. */
  async function proposed(botId: string, daysAgo: number, status: string, distance: number | null = null) {
    const run = newId();
    await walk.sql.query(
      `insert into ai_runs (workspace_id, id, purpose, provider, model, bot_id, conversation_id, request, outcome, prompt_version, edit_distance)
       select workspace_id, $1, 'DRAFT', 'openai', 'gpt', $2, id, '{}', 'PROPOSED', 'wording-1', $3 from conversations`,
      [run, botId, distance],
    );
    await walk.sql.query(
      `insert into drafts (workspace_id, id, conversation_id, run_id, text, status, created_at)
       select workspace_id, $1, id, $2, 'x', $3, now() - make_interval(days => $4) from conversations`,
      [newId(), run, status, daysAgo],
    );
  }

  walk.step('are asked for where there are none: it is said what to do', async () => {
    await walk.page.getByRole('link', { name: 'Reports' }).click();
    await rates().getByText('No reply was suggested in these days').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await rates().getByRole('link', { name: 'Bots' }).click();
    await walk.main.getByText('No bot yet').waitFor();
  });

  walk.step('are shown week by week, with a table behind the picture, and bot by bot', async () => {
    const bots: string[] = [];
    for (const name of ['Helper', longName]) {
      const id = newId();
      bots.push(id);
      await walk.sql.query(
        `insert into bots (workspace_id, id, name, mode, lead_mode, temperature, max_replies_per_conversation)
         select id, $1, $2, 'DRAFT', 'OFF', 0, 1 from workspaces`,
        [id, name],
      );
    }
    const [helper = '', second = ''] = bots;
    await proposed(helper, 16, 'ACCEPTED');
    await proposed(helper, 2, 'ACCEPTED');
    await proposed(helper, 2, 'EDITED', 4);
    await proposed(second, 2, 'DISCARDED');
    await walk.page.getByRole('link', { name: 'Reports' }).click();
    await rates()
      .getByRole('img', { name: '50% of the suggestions were sent as they stood, 25% after a change.' })
      .waitFor();
    expect(await figure('Sent as suggested').innerText()).toBe('50% (2)');
    expect(await figure('Not sent').innerText()).toBe('25% (1)');
    await rates().getByText('Suggestions by week, bot and wording').click();
    const row = rates().getByRole('row').filter({ hasText: 'Helper' });
    await row.nth(1).waitFor();
    expect(await row.count()).toBe(2);
    // The newest week first: one sent, one changed by four characters.
    expect((await row.nth(0).getByRole('cell').allInnerTexts()).slice(1)).toEqual([
      'wording-1',
      ...['1', '1', '0', '0'],
      ...['50%', '50%'],
      '4',
    ]);
    expect(await walk.pages.violations()).toEqual([]);
    await rates().getByLabel('Bot', { exact: true }).selectOption(longName);
    await rates().getByRole('img', { name: '0% of the suggestions' }).waitFor();
    expect(await row.count()).toBe(0);
    const file = walk.page.waitForEvent('download');
    await rates().getByRole('button', { name: 'Download as CSV' }).click();
    const saved = await file;
    expect(saved.suggestedFilename()).toMatch(/^drafts-.*\.csv$/u);
    expect(await readFile(await saved.path(), 'utf8')).toContain(`,${longName},wording-1,0,0,1,0,0,0,\r\n`);
  });

  walk.step('fit a phone', async () => {
    await walk.page.setViewportSize({ width: 360, height: 740 });
    await rates().scrollIntoViewIfNeeded();
    expect(await walk.pages.scrollsSideways()).toBe(false);
    // Nor inside of itself: only the table does, in its own frame.
    expect(
      await walk.page.evaluate(
        `document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth`,
      ),
    ).toBe(false);
    expect(await walk.pages.violations()).toEqual([]);
  });
});
