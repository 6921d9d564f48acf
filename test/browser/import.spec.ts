import { readFile } from 'node:fs/promises';
import type { Download, Locator } from 'playwright-core';
import { newId } from '../../src/platform/database/index.js';
import { eventually } from '../support/client.js';
import { john } from './playing-customers.js';
import { Walk } from './walk.js';

const hostile = '<img src=x onerror=alert(1)>';
/** As an old table program in Turkey writes it: in windows-1254, parted by semicolons. */
const table = latin5(`Ad Soyad;E-posta;Şehir;Not
Çağrı Şükrü;cagri@example.com;İzmir;aranacak
${hostile};marco@example.com;Roma;
Bozuk Satır;no address;Ankara;
`);

/** Leads come out of a file and go into one: each step stands on those before it. */
describe('leads out of files, and data into files, on the pages', () => {
  const walk = Walk.of(async ({ pages, customers, page }) => {
    await pages.connect('messenger');
    await customers.write(john, 'Is anybody there?');
    await page.getByRole('link', { name: 'Leads' }).click();
  });
  const { step } = walk;
  beforeAll(() => walk.browser.expectTrouble(/status of 4(?:15|29)/u));
  const at = (place: string) => walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, `$1/${place}`);
  const choose = (name: string, content: Buffer) =>
    walk.main.getByLabel('Your file').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  const column = (name: string) => walk.main.getByRole('combobox', { name: `What “${name}” becomes` });
  const figure = (name: string, value: string) =>
    walk.main.locator('dl > div').filter({ hasText: name }).getByText(value, { exact: true }).waitFor();
  const countLeads = async () =>
    (await walk.sql.query<{ count: number }>('select count(*)::int as count from leads')).rows[0]?.count;
  const saved = async (link: Locator): Promise<{ file: Download; text: string }> => {
    const [file] = await Promise.all([walk.page.waitForEvent('download'), link.click()]);
    return { file, text: await readFile(await file.path(), 'utf8') };
  };
  const link = (name: string) => walk.page.getByRole('link', { name, exact: true });

  step('where nothing was imported yet stands how it goes; what is no table is refused in words', async () => {
    await link('Import leads').click();
    await walk.main.getByText('Nothing was imported yet').waitFor();
    await walk.button('Choose a file').click();
    await walk.main.getByLabel('Your file').and(walk.page.locator(':focus')).waitFor();
    await choose('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0, 255, 254, 0, 7]));
    await walk.main.getByRole('alert').getByText('This is no table of text').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  step(
    'a file is read as it is written; what is in it is shown as text, and what its columns become is proposed',
    async () => {
      await choose('adaylar.csv', table);
      await walk.main
        .getByRole('heading', { name: 'What the columns become' })
        .and(walk.page.locator(':focus'))
        .waitFor();
      await walk.main.getByText('İzmir · Roma · Ankara').waitFor();
      await walk.main.getByText(hostile).first().waitFor();
      expect(await walk.main.locator('img').count()).toBe(0);
      expect(await column('Ad Soyad').inputValue()).toBe('name');
      expect(await column('E-posta').inputValue()).toBe('email');
      expect(await column('Şehir').inputValue()).toBe('field:Şehir');
      const separator = walk.main.getByLabel('Values are parted by');
      expect(await separator.locator('option:checked').innerText()).toBe('Found out: Semicolon');
      await walk.main.getByText('The first rows of the file').click();
      await walk.main.getByRole('cell', { name: 'aranacak' }).waitFor();
      expect(await walk.pages.violations()).toEqual([]);
      await separator.selectOption({ label: 'Comma' });
      await walk.main.getByRole('rowheader', { name: 'Ad Soyad;E-posta;Şehir;Not' }).waitFor();
      await separator.selectOption({ label: 'Find out' });
      await column('Şehir').waitFor();
    },
  );

  step('two columns cannot become the same; what is chosen counts', async () => {
    await column('Şehir').selectOption('email');
    await walk.main.getByText('Another column becomes this already').first().waitFor();
    expect(await walk.button('Import').isDisabled()).toBe(true);
    await column('Şehir').selectOption('company');
    await column('Not').selectOption('ignore');
    await walk.main.getByRole('alert').waitFor({ state: 'detached' });
  });

  step('tried, it says line by line what would come of it, and writes nothing; a reload keeps it', async () => {
    await walk.button('Try it first').click();
    await walk.main.getByText('Nothing was written yet').waitFor();
    for (const again of [false, true]) {
      if (again) await walk.page.reload();
      await figure('New leads', '2');
      await figure('Would be rejected', '1');
      await walk.main.getByRole('row', { name: '4 “E-posta” holds no e-mail address' }).waitFor();
    }
    expect(await countLeads()).toBe(0);
    expect(await walk.pages.violations()).toEqual([]);
  });

  step('what was chosen is still chosen for whoever goes back to the columns', async () => {
    await link('Back to the columns').click();
    await column('Şehir').waitFor();
    expect([await column('Şehir').inputValue(), await column('Not').inputValue()]).toEqual(['company', 'ignore']);
    await walk.page.goBack();
    await walk.main.getByText('Nothing was written yet').waitFor();
  });

  step('imported as it was tried, it becomes leads; the lines that did not are saved to be put right', async () => {
    await walk.button('Import it now').click();
    await walk.stands('Imported');
    await figure('New leads', '2');
    const { rows } = await walk.sql.query('select name, company, email, source from leads order by name desc');
    expect(rows).toEqual([
      { name: 'Çağrı Şükrü', company: 'İzmir', email: 'cagri@example.com', source: 'IMPORT' },
      { name: hostile, company: 'Roma', email: 'marco@example.com', source: 'IMPORT' },
    ]);
    const { file, text } = await saved(link('Save the rejected lines'));
    expect(file.suggestedFilename()).toBe('rejected.csv');
    expect(text).toContain('Bozuk Satır');
    expect(text).not.toContain('Çağrı');
    expect(await walk.pages.violations()).toEqual([]);
    await link('Look at the leads').click();
    await walk.main.getByRole('list', { name: 'Leads' }).getByText('Çağrı Şükrü').waitFor();
  });

  step('the same file once more adds to those who are there', async () => {
    await link('Import leads').click();
    await walk.item('adaylar.csv').first().getByText('New: 2, added to: 0, rejected: 1').waitFor();
    await choose('adaylar.csv', table);
    await walk.button('Import').click();
    await walk.stands('Imported');
    await figure('Added to a lead', '2');
    expect(await countLeads()).toBe(2);
  });

  step('how far a long one is can be seen and heard, after a reload too; it can be stopped', async () => {
    const id = newId();
    await walk.sql.query(
      `insert into lead_imports (workspace_id, id, status, dry_run, encoding, separator, columns, targets, total, next_row)
       select id, $1, 'RUNNING', false, 'utf-8', ',', '{Name}', '{name}', 2000, 500 from workspaces`,
      [id],
    );
    await walk.page.goto(at(`leads/import/${id}`));
    const told = (words: string) => walk.main.getByRole('status').getByText(words).waitFor();
    await told('Rows done: 500 of 2,000');
    expect(await walk.main.getByRole('progressbar').getAttribute('value')).toBe('500');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.sql.query('update lead_imports set next_row = 1500 where id = $1', [id]);
    await told('Rows done: 1,500 of 2,000');
    // One at a time: the second is refused in words.
    const other = await walk.page.context().newPage();
    await other.goto(at('leads/import'));
    await other.getByLabel('Your file').setInputFiles({ name: 'b.csv', mimeType: 'text/csv', buffer: table });
    await other.getByRole('button', { name: 'Import', exact: true }).click();
    await other.getByRole('alert').getByText('Another file is being imported').waitFor();
    await other.close();
    await walk.button('Stop here').click();
    await walk.main.getByRole('alert').getByText('It was stopped by hand').waitFor();
  });

  step(
    'leads are saved as a table as they are narrowed, contacts as they are found, a conversation whole',
    async () => {
      await walk.page.goto(at('leads?view=list&q=cagri'));
      await walk.main.getByText('Çağrı Şükrü').first().waitFor();
      const leads = await saved(link('Export as CSV'));
      expect(leads.file.suggestedFilename()).toMatch(/^leads-.*\.csv$/u);
      expect(leads.text).toContain('Çağrı Şükrü');
      expect(leads.text).not.toContain('marco@example.com');
      await walk.page.goto(at('contacts'));
      const contacts = await saved(link('Export as CSV'));
      expect(contacts.text).toContain(john.name);
      await walk.main.getByRole('searchbox').fill('Çağrı');
      await eventually(async () => ((await walk.main.locator('.contact-line').count()) === 1 ? true : null));
      const found = await saved(link('Export as CSV'));
      expect(found.text).toContain('cagri@example.com');
      expect(found.text).not.toContain(john.name);
      await walk.pages.inbox();
      await walk.pages.row(john.name).click();
      const { text } = await saved(link('Save as JSON'));
      expect(JSON.stringify(JSON.parse(text))).toContain('Is anybody there?');
      expect(await walk.pages.violations()).toEqual([]);
    },
  );

  step('contacts of a segment are saved as the page shows them', async () => {
    await walk.sql.query(
      `insert into contact_segments (workspace_id, id, name, filter) select id, $1, 'By mail', '{"hasEmail": true}' from workspaces`,
      [newId()],
    );
    await walk.page.goto(at('contacts'));
    await walk.main.getByText(john.name).first().waitFor();
    await walk.main.getByLabel('Show', { exact: true }).selectOption({ label: 'By mail (2)' });
    await walk.main.getByText(john.name).waitFor({ state: 'detached' });
    const { text } = await saved(link('Export as CSV'));
    expect(text).toContain('marco@example.com');
    expect(text).not.toContain(john.name);
  });

  step('where too much was taken within an hour the page says so, and saves nothing', async () => {
    await walk.sql.query(`update guesses set points = 60, expires_at = now() + interval '1 hour'`);
    const files: Download[] = [];
    walk.page.on('download', (file) => files.push(file));
    await link('Export as CSV').click();
    await walk.page.getByRole('status').getByText('You have exported a lot within an hour').waitFor();
    expect(files).toEqual([]);
    await walk.sql.query('delete from guesses');
  });

  step('leads that nobody has are shown alone', async () => {
    await walk.sql.query(
      `update leads set owner_id = (select id from members limit 1) where email = 'marco@example.com'`,
    );
    await walk.page.goto(at('leads?view=list&owner=none'));
    await walk.main.getByText('Çağrı Şükrü').first().waitFor();
    await walk.main.getByRole('list', { name: 'Filters' }).getByText('Nobody’s leads').waitFor();
    expect(await walk.main.getByText('marco@example.com').count()).toBe(0);
    expect(await walk.pages.violations()).toEqual([]);
  });

  step('from right to left nothing sticks out on a phone', async () => {
    const { rows } = await walk.sql.query<{ id: string; file: string }>(
      `select id, file_id as file from lead_imports where file_id is not null and rejected > 0 and not dry_run limit 1`,
    );
    const { id = '', file = '' } = rows[0] ?? {};
    await walk.page.setViewportSize({ width: 360, height: 740 });
    await walk.page.evaluate(`localStorage.setItem('parley.language', 'ar')`);
    // The looks at night see it in the other languages.
    for (const place of ['leads/import', `leads/import?file=${file}`, `leads/import/${id}`]) {
      await walk.page.goto(at(place));
      await walk.main.locator('.result-list li, .column-table tbody tr').first().waitFor();
      const found = [await walk.pages.scrollsSideways(), await walk.pages.violations()];
      expect([place, ...found]).toEqual([place, false, []]);
    }
    await walk.page.evaluate(`localStorage.setItem('parley.language', 'en')`);
  });

  step('who may only read is offered none of it', async () => {
    await walk.sql.query(`update members set role = 'VIEWER'`);
    await walk.page.goto(at('leads'));
    await walk.main.getByText('Çağrı Şükrü').first().waitFor();
    expect([await link('Import leads').count(), await link('Export as CSV').count()]).toEqual([0, 0]);
    await walk.page.goto(at('leads/import'));
    await walk.main.getByText('Your role does not open this page').waitFor();
    expect(await walk.main.getByLabel('Your file').count()).toBe(0);
  });
});

/** Text in windows-1254, which has the letters of Turkish where Latin 1 has Icelandic ones. */
function latin5(text: string): Buffer {
  const turkish: Record<string, number> = { Ğ: 0xd0, İ: 0xdd, Ş: 0xde, ğ: 0xf0, ı: 0xfd, ş: 0xfe };
  return Buffer.from([...text].map((letter) => turkish[letter] ?? letter.charCodeAt(0)));
}
