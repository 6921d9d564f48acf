import { readFile } from 'node:fs/promises';
import { type ReceiptJson, hashOf } from '../../src/privacy/proof/page/check-receipts.mjs';
import { eventually } from '../support/client.js';
import { ayse, john } from './playing-customers.js';
import { Walk } from './walk.js';

/** The privacy desk, walked by an owner: each step stands on the ones before it. */
describe('the privacy desk', () => {
  const walk = Walk.of(async () => {
    await walk.pages.connect('messenger');
    await walk.customers.write(ayse, 'Siparişim nerede?');
    await walk.customers.write(john, 'Where is my order?');
    await walk.pages.inbox();
    await walk.pages.row(john.name).waitFor();
    await walk.pages.row(ayse.name).waitFor();
  });

  const find = async (within: 'form' | 'dialog', name: string) => {
    const place = within === 'form' ? walk.main : walk.dialog;
    await place.getByLabel('Find a contact').fill(name);
    await place.getByRole('list', { name: 'Contacts found' }).getByRole('button', { name }).click();
  };

  walk.step(
    'a request is written down, and one about a child stands first, with its clock [promise 72] [promise 77]',
    async () => {
      const { page } = walk;
      await walk.pages.settings('Privacy');
      await walk.main.getByRole('link', { name: 'Write down a request' }).first().click();
      // Nobody is named yet: it is said what is missing.
      walk.browser.expectTrouble(/status of 400/u);
      await walk.button('Start the request').click();
      await walk.main.getByRole('alert').getByText('one thing is enough').waitFor();
      await walk.main.getByLabel('What do they ask for?').selectOption('Erasure');
      await find('form', john.name);
      await walk.main.getByLabel('It is about a child').check();
      await walk.main.getByLabel('What they wrote or said').fill('Please forget my son.');
      await walk.button('Start the request').click();
      await walk.stands('Waits for proof');
      await walk.stands('About a child');
      await walk.main.getByText('Please forget my son.').waitFor();
      await walk.main.getByRole('link', { name: john.name }).waitFor();
      expect(await walk.pages.violations()).toEqual([]);
      await page.getByRole('link', { name: 'Privacy' }).last().click();
      await walk.main.getByRole('link', { name: 'Write down a request' }).click();
      await walk.main.getByLabel('E-mail address').fill('nobody@example.com');
      await walk.button('Start the request').click();
      await walk.main.getByText('Whom it is about is not known yet').waitFor();
      await walk.main.getByRole('link', { name: 'Privacy' }).click();
      const cards = walk.main.getByRole('list', { name: 'Requests' }).getByRole('listitem');
      await cards.nth(1).waitFor();
      expect(await cards.nth(0).innerText()).toContain('About a child');
      expect(await cards.nth(1).innerText()).toContain('due in 30 days');
      expect(await walk.pages.violations()).toEqual([]);
    },
  );

  walk.step(
    'a legal hold stops an erasure, which goes on once it is released, to a receipt that anyone can check',
    async () => {
      const { page } = walk;
      await walk.main.getByRole('link', { name: 'Legal holds' }).click();
      await walk.button('Place a legal hold').click();
      await walk.dialog.getByLabel('Why it has to be kept').fill('Case 12/2026, Ankara');
      await walk.dialog.getByRole('button', { name: 'Place the hold' }).click();
      await walk.dialog.getByText('Choose the contact first.').waitFor();
      await find('dialog', john.name);
      expect(await walk.pages.violations()).toEqual([]);
      await walk.dialog.getByRole('button', { name: 'Place the hold' }).click();
      await walk.main.getByText('Case 12/2026, Ankara').waitFor();
      await walk.stands('Stands');
      expect(await walk.pages.violations()).toEqual([]);
      await walk.main.getByRole('link', { name: 'Privacy' }).click();
      await walk.main.getByRole('listitem').filter({ hasText: 'About a child' }).getByRole('link').click();
      await walk.button('Vouch for who asks').click();
      await walk.dialog.getByLabel('How do you know?').fill('His mother showed her passport');
      await walk.dialog.getByRole('button', { name: 'I vouch for them' }).click();
      await walk.stands('On legal hold');
      await walk.main.getByText('His mother showed her passport').waitFor();
      await walk.main.getByRole('link', { name: 'Privacy' }).click();
      await walk.main.getByRole('link', { name: 'Legal holds' }).click();
      await walk.button('Release the hold').click();
      await walk.dialog.getByRole('button', { name: 'Release the hold' }).click();
      await walk.stands('Released');
      await page.goBack();
      await walk.main.getByLabel('Show').selectOption('Everything');
      await walk.main.getByRole('listitem').filter({ hasText: 'About a child' }).getByRole('link').click();
      await walk.stands('Done');
      const receipt = walk.main.getByRole('region', { name: 'Receipt of the erasure' });
      await receipt.getByText('Contacts', { exact: true }).waitFor();
      await receipt.getByText(/^Kept until/).waitFor();
      expect(await walk.main.innerText()).not.toContain(john.name);
      expect(await walk.pages.violations()).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        walk.button('Download receipt.json').click(),
      ]);
      expect(download.suggestedFilename()).toBe('receipt.json');
      const file = JSON.parse(await readFile(await download.path(), 'utf8')) as ReceiptJson;
      expect(await hashOf(file)).toBe(file.hash);
      const href = await walk.main.getByRole('link', { name: 'Check a receipt' }).getAttribute('href');
      expect(href).toBe('/privacy/verify?lang=en');
      // Whoever asked finds it by their code.
      const status = await walk.main.locator('.facts a').getAttribute('href');
      expect(await (await fetch(status ?? '')).text()).toMatch(
        /href="[^"]+\/receipt\.json"[^>]*>Receipt of the erasure</u,
      );
    },
  );

  walk.step(
    'a request is matched, takes longer, and is refused, each in its place in the list [promise 73] [promise 75]',
    async () => {
      const { page } = walk;
      await walk.main.getByRole('link', { name: 'Privacy' }).click();
      await walk.main.getByRole('listitem').filter({ hasText: 'nobody@example.com' }).getByRole('link').click();
      await walk.button('Say whom it is about').click();
      await find('dialog', ayse.name);
      await walk.dialog.getByRole('button', { name: 'It is about them' }).click();
      await walk.main.getByRole('link', { name: ayse.name }).waitFor();
      await walk.button('Ask for proof').click();
      await walk.dialog.getByLabel('What do you ask them?').fill('Is this you?');
      await walk.dialog.getByRole('button', { name: 'Send' }).click();
      await walk.main.getByText('Is this you?').waitFor();
      await walk.button('Take longer').click();
      await walk.dialog.getByLabel('Why does it take longer?').fill('Two countries are asked');
      await walk.dialog.getByRole('button', { name: 'Take longer' }).click();
      await walk.stands('due in 90 days');
      // No law allows more: it is not offered again.
      await walk.button('Take longer').waitFor({ state: 'detached' });
      await walk.button('Refuse').click();
      await walk.dialog.getByText('complain to a supervisory authority').waitFor();
      expect(await walk.pages.violations()).toEqual([]);
      await walk.dialog.getByLabel('Why is it refused?').fill('It was answered last week');
      await walk.dialog.getByRole('button', { name: 'Refuse' }).click();
      await walk.stands('Refused');
      await walk.main.getByText('It was answered last week').waitFor();
      // What the server says of its steps is said in the reader's language; what a person wrote stays as it is.
      await page.evaluate(`localStorage.setItem('parley.language', 'tr')`);
      await page.reload();
      const last = walk.main.getByRole('listitem').last();
      await last.getByText('Reddedildi:').waitFor();
      await last.getByText('It was answered last week', { exact: true }).waitFor();
      expect(await walk.main.innerText()).not.toContain('Who asks');
      // So are its refusals.
      await page.goto(page.url().replace(/[^/]+$/u, 'new'));
      await walk.main.locator('form button[type=submit]').click();
      await walk.main.getByRole('alert').getByText('Neyle bulunabileceğini yazın').waitFor();
      expect(await walk.main.getByRole('alert').innerText()).not.toContain('one thing is enough');
      await page.evaluate(`localStorage.setItem('parley.language', 'en')`);
      await page.reload();
      await walk.main.getByRole('link', { name: 'Privacy' }).click();
      await walk.main.getByText('No request is so far').waitFor();
      await walk.main.getByLabel('Show').selectOption('Refused');
      await walk.main.getByRole('listitem').filter({ hasText: 'nobody@example.com' }).waitFor();
      expect(new URL(page.url()).search).toBe('?state=REJECTED');
      await page.reload();
      await walk.main.getByRole('listitem').filter({ hasText: 'nobody@example.com' }).waitFor();
    },
  );

  walk.step('what is wrong of a contact is put right once it is proved who asks [promise 74]', async () => {
    await walk.main.getByRole('link', { name: 'Write down a request' }).click();
    await walk.main.getByLabel('What do they ask for?').selectOption('Correction');
    await find('form', ayse.name);
    const right = walk.main.getByRole('group', { name: 'What is right' });
    await right.getByLabel('Name').fill('Ayşe Yılmaz');
    await right.getByLabel('E-mail addresses').fill('ayse@example.com, none');
    await walk.button('Start the request').click();
    await right.getByText('“none” is no e-mail address.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await right.getByLabel('E-mail addresses').fill('ayse@example.com, ayse@example.org');
    await walk.button('Start the request').click();
    await walk.button('Vouch for who asks').click();
    await walk.dialog.getByLabel('How do you know?').fill('She showed her passport');
    await walk.dialog.getByRole('button', { name: 'I vouch for them' }).click();
    await walk.stands('Done');
    await walk.main.getByText('What was wrong is put right.').waitFor();
    const { rows } = await walk.sql.query<{ name: string; emails: string[] }>('select name, emails from contacts');
    expect(rows).toEqual([{ name: 'Ayşe Yılmaz', emails: ['ayse@example.com', 'ayse@example.org'] }]);
    await walk.pages.settings('Privacy');
  });

  walk.step(
    'what is asked for is said by whoever has read it, and put right in one step [promise 64] [promise 74]',
    async () => {
      await walk.main.getByRole('link', { name: 'Write down a request' }).click();
      await find('form', 'Ayşe Yılmaz');
      await walk.main.getByLabel('What they wrote or said').fill('My name is Ayşe Demir now');
      await walk.button('Start the request').click();
      await walk.main.getByRole('heading', { name: 'A copy of their data' }).waitFor();
      await walk.button('Say what is asked for').click();
      await walk.dialog.getByLabel('What do they ask for?').selectOption('Correction');
      await walk.dialog.getByLabel('How do you know?').fill('She says so');
      expect(await walk.pages.violations()).toEqual([]);
      await walk.dialog.getByRole('button', { name: 'That is asked for' }).click();
      await walk.main.getByRole('heading', { name: 'Correction' }).waitFor();
      await walk.main.getByText('ACCESS → RECTIFY. She says so').waitFor();
      await walk.button('Vouch for who asks').click();
      await walk.dialog.getByLabel('How do you know?').fill('She showed her passport');
      await walk.dialog.getByRole('button', { name: 'I vouch for them' }).click();
      await walk.main.getByText('What is right is said in words').waitFor();
      await walk.button('Put it right').click();
      await walk.dialog.getByText('My name is Ayşe Demir now').waitFor();
      await walk.dialog.getByRole('button', { name: 'Put it right' }).click();
      await walk.dialog.getByText('Say what is right: one field is enough.').waitFor();
      await walk.dialog.getByLabel('Phone numbers').fill('none');
      await walk.dialog.getByRole('button', { name: 'Put it right' }).click();
      await walk.dialog.getByText('“none” is no phone number.').waitFor();
      await walk.dialog.getByLabel('Phone numbers').fill('');
      await walk.dialog.getByLabel('Name').fill('Ayşe Demir');
      await walk.dialog.getByRole('button', { name: 'Put it right' }).click();
      await walk.stands('Done');
      expect((await walk.sql.query<{ name: string }>('select name from contacts')).rows).toEqual([
        { name: 'Ayşe Demir' },
      ]);
      expect(await walk.pages.violations()).toEqual([]);
      await walk.pages.settings('Privacy');
      const settled = walk.main.locator('.report-total > div').filter({ hasText: 'Settled in a year' });
      expect(Number(await settled.locator('dd').innerText())).toBeGreaterThan(2);
    },
  );

  walk.step('an owner who keeps things for less time is told first what goes', async () => {
    await walk.sql.query(`update conversations set last_activity_at = now() - interval '400 days'`);
    await walk.pages.settings('Workspace');
    const days = walk.main.getByLabel('Conversations: days after the last message');
    const form = walk.main.locator('form', { has: walk.page.locator('input[name=conversationsDays]') });
    const save = form.getByRole('button', { name: 'Save' });
    await days.fill('500');
    await save.click();
    await walk.dialog.getByText('Nothing is older than that today.').waitFor();
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.page.getByText('Saved.').waitFor();
    await walk.dialog.waitFor({ state: 'detached' });
    await days.fill('365');
    await save.click();
    await walk.dialog.waitFor();
    expect(await walk.dialog.innerText()).toContain('Conversations: 1');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Cancel' }).click();
    const kept = async () => (await walk.sql.query(`select from conversations`)).rowCount;
    expect(await kept()).toBe(1);
    await save.click();
    await walk.dialog.getByRole('button', { name: 'Save and remove' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await eventually(async () => ((await kept()) === 0 ? true : null));
    // To keep things longer takes nothing away: nothing is asked.
    await days.fill('');
    await save.click();
    await eventually(async () => {
      const { rows } = await walk.sql.query<{ days: string | null }>(
        `select retention->>'conversationsDays' as days from workspaces`,
      );
      return rows[0]?.days == null ? true : null;
    });
    expect(await walk.dialog.count()).toBe(0);
    await walk.pages.settings('Privacy');
  });

  walk.step('a viewer is shown neither the desk nor the way to it', async () => {
    const { page } = walk;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.postData() ?? ''));
    await walk.sql.query(`update members set role = 'VIEWER'`);
    for (const place of ['', '/new', '/holds']) {
      await page.goto(page.url().replace(/settings\/privacy.*$/u, `settings/privacy${place}`));
      await walk.main.getByText('Your role does not open this page').waitFor();
    }
    expect(await page.getByRole('navigation', { name: 'Settings' }).getByText('Privacy').count()).toBe(0);
    expect(asked.filter((body) => /"operationName":"(?:PrivacyRequest|LegalHold)/u.test(body))).toEqual([]);
  });
});
