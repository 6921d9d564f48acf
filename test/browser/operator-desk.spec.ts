import { eventually } from '../support/client.js';
import { john } from './playing-customers.js';
import { Walk } from './walk.js';

/** The desk of those who run the deployment, walked by the first person who came in: each step stands on those before it. */
describe('the desk of those who run the deployment', () => {
  let code = '';
  const walk = Walk.of(async () => {
    await walk.pages.connect('messenger');
    await walk.customers.write(john, 'Where is my order?');
    await walk.pages.inbox();
    await walk.pages.row(john.name).waitFor();
  });

  const back = () => walk.main.getByRole('link', { name: 'Privacy requests of no workspace' }).click();
  const figure = (name: string) => walk.main.locator('.report-total > div').filter({ hasText: name }).locator('dd');

  /** By the public form, as a program sends it; nobody owns it until somebody says whose it is. */
  async function asked(body: object): Promise<string> {
    const answer = await fetch(`${walk.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await eventually(async () => {
      const { rowCount } = await walk.sql.query("select from due where kind = 'route-privacy-request'");
      return rowCount === 0 ? true : null;
    });
    return confirmation_code;
  }

  walk.step('shows what nobody owns, what is overdue first, with how long all of it takes [promise 72]', async () => {
    const { page } = walk;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Operator’s desk' }).click();
    await walk.main.getByText('No request is so far').waitFor();
    await walk.button('Show everything').click();
    await walk.main.getByText('Nobody has asked for anything yet').waitFor();
    expect(await figure('Waiting').innerText()).toBe('0');
    code = await asked({ text: 'Please delete what I wrote', businessName: 'Demo Shop', handle: 'lena.k' });
    await asked({ text: 'What do you have of me?', email: 'late@example.com' });
    await walk.sql.query(
      `update instance_privacy_requests set due_at = now() - interval '3 days' where kind = 'ACCESS'`,
    );
    await page.reload();
    await walk.item('lena.k').waitFor();
    const cards = walk.main.getByRole('list', { name: 'Requests' }).getByRole('listitem');
    expect(await cards.nth(0).innerText()).toContain('overdue for 3 days');
    expect([await figure('Waiting').innerText(), await figure('Overdue').innerText()]).toEqual(['2', '1']);
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('one is read, said what it asks for, given more time and answered [promise 60] [promise 73]', async () => {
    await walk.item('late@example.com').getByRole('link').click();
    await walk.main.getByText('What do you have of me?').waitFor();
    await walk.button('Say what is asked for').click();
    await walk.dialog.getByLabel('What do they ask for?').selectOption('Data to take along');
    await walk.dialog.getByLabel('How do you know?').fill('They wrote once more');
    await walk.dialog.getByRole('button', { name: 'That is asked for' }).click();
    await walk.main.getByRole('heading', { name: 'Data to take along' }).waitFor();
    await walk.button('Ask for proof').click();
    await walk.dialog.getByLabel('What do you ask them?').fill('Is this your address?');
    await walk.dialog.getByRole('button', { name: 'Send' }).click();
    await walk.main.getByText('Is this your address?').waitFor();
    await walk.button('Take longer').click();
    await walk.dialog.getByLabel('Why does it take longer?').fill('Three shops are asked');
    await walk.dialog.getByRole('button', { name: 'Take longer' }).click();
    await walk.main.getByText('due in 90 days').or(walk.main.getByText('due in 89 days')).first().waitFor();
    await walk.button('Take longer').waitFor({ state: 'detached' });
    await walk.button('Answer').click();
    await walk.dialog.getByLabel('What was done?').fill('Nothing of yours is here');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Answer and close' }).click();
    await walk.stands('Done');
    await walk.main.getByText('Nothing of yours is here').waitFor();
    expect(await walk.main.getByRole('button').count()).toBe(0);
  });

  walk.step('one is given to the workspace that may be meant, whose words are then its own [promise 59]', async () => {
    await back();
    // Typed as it came by phone: in capitals, with space around it.
    await walk.main.getByLabel('Find a request by its code').fill(` ${code.toUpperCase()} `);
    await walk.button('Find').click();
    await walk.main.getByText('Please delete what I wrote').waitFor();
    await walk.button('Give it to a workspace').click();
    const choice = walk.dialog.getByLabel('Workspace', { exact: true });
    expect(await choice.locator('optgroup[label="May be meant"] option').allInnerTexts()).toEqual(['Demo Shop']);
    await choice.selectOption('Another one, by its id');
    walk.browser.expectTrouble(/status of 40\d/u);
    await walk.dialog.getByLabel('Id of the workspace').fill('no id');
    await walk.dialog.getByRole('button', { name: 'Give it to them' }).click();
    await walk.dialog.getByRole('alert').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await choice.selectOption('Demo Shop');
    await walk.dialog.getByRole('button', { name: 'Give it to them' }).click();
    await walk.main.getByText('A workspace answers for it').waitFor();
    expect(await walk.main.innerText()).not.toContain('Please delete what I wrote');
    await walk.button('Ask the business to erase').click();
    await walk.dialog.getByLabel('What do you ask of them?').fill('Please erase them this week');
    await walk.dialog.getByRole('button', { name: 'Send' }).click();
    await walk.main.getByText('The operator asks the controller to erase').waitFor();
    await walk.page.reload();
    await walk.main.getByText('A workspace answers for it').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step(
    'and erased directly on a stated ground, once its code is typed and it is known whom it is about [promise 60]',
    async () => {
      const { page } = walk;
      const here = page.url();
      const erase = async (typed: string) => {
        await walk.button('Erase directly').click();
        await walk.dialog.getByLabel('On which ground of the law?').fill('Art. 17 GDPR; they do not answer');
        await walk.dialog.getByLabel('Code for following it').fill(typed);
        await walk.dialog.getByRole('button', { name: 'Erase for good' }).click();
      };
      await erase('something else');
      await walk.dialog.locator('.field-error').waitFor();
      await walk.dialog.getByRole('button', { name: 'Cancel' }).click();
      await erase(code);
      await walk.dialog.getByText('Nobody is found yet').waitFor();
      expect(await walk.pages.violations()).toEqual([]);
      // The workspace's own desk has it with its words, and says whom it is about.
      await page.goto(walk.app.url);
      await walk.pages.settings('Privacy');
      await walk.item('lena.k').getByRole('link').click();
      await walk.main.getByText('Please delete what I wrote').waitFor();
      await walk.button('Say whom it is about').click();
      await walk.dialog.getByLabel('Find a contact').fill(john.name);
      await walk.dialog.getByRole('list', { name: 'Contacts found' }).getByRole('button', { name: john.name }).click();
      await walk.dialog.getByRole('button', { name: 'It is about them' }).click();
      await walk.main.getByRole('link', { name: john.name }).waitFor();
      await page.goto(here);
      await erase(code);
      await eventually(async () => {
        await page.reload();
        await walk.main.getByRole('heading', { level: 1 }).waitFor();
        return (await walk.main.locator('.chip').getByText('Done', { exact: true }).count()) > 0 ? true : null;
      }, 20_000);
      await walk.main.getByRole('region', { name: 'Receipt of the erasure' }).waitFor();
      expect((await walk.sql.query('select from contacts')).rowCount).toBe(0);
      await back();
      await walk.main.getByText('No request is so far').waitFor();
      expect(await figure('Settled in a year').innerText()).toBe('2');
    },
  );

  walk.step('is shown to nobody else, nor the way to it', async () => {
    const { page } = walk;
    await walk.sql.query('update users set founded_instance = false');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.postData() ?? ''));
    await page.reload();
    await walk.main.getByText('This is for those who run this deployment').waitFor();
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('navigation', { name: 'Settings' }).waitFor();
    expect(await page.getByText('Operator’s desk').count()).toBe(0);
    expect(asked.filter((body) => /"operationName":"Instance/u.test(body))).toEqual([]);
  });

  walk.step('and whoever has no workspace comes to it all the same', async () => {
    const { page } = walk;
    await walk.sql.query('update users set founded_instance = true');
    await walk.sql.query('delete from members');
    await page.goto(walk.app.url);
    await page.getByRole('link', { name: 'Operator’s desk' }).click();
    await walk.main.getByRole('heading', { name: 'Privacy requests of no workspace' }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });
});
