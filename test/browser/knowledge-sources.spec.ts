import { builtPdf } from '../support/documents.js';
import { KnowledgeSite, html } from '../support/knowledge-site.js';
import { Walk } from './walk.js';

/** What somebody gives to answer from that they did not type, and what becomes of it. */
describe('knowledge from files and pages', () => {
  let site: KnowledgeSite;
  beforeAll(async () => void (site = await KnowledgeSite.start()));
  afterAll(() => site.stop());
  const walk = Walk.of(
    () => walk.pages.settings('Knowledge'),
    () => ({ environment: site.allowed }),
  );

  const kind = (name: string) => walk.main.getByRole('group', { name: 'Kind' }).getByRole('button', { name }).click();
  const add = () => walk.main.getByRole('button', { name: 'Add knowledge' }).click();
  const give = async (title: string, name: string, body: string | Buffer) => {
    await kind('File');
    await walk.main.getByLabel('Title').fill(title);
    // By this name alone: the button that chooses the kind is called otherwise.
    await walk.main
      .getByLabel('File to read', { exact: true })
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(body) });
    await add();
  };
  const refusal = () => walk.main.locator('form .field-error');
  const readAgain = (title: string) => walk.item(title).getByRole('button', { name: 'Read it again' }).click();

  walk.step('a file is read, and can be answered from', async () => {
    await give('Returns', 'returns.md', '# Returns\n\nWhat does not fit goes back within 30 days.');
    await walk.item('Returns').getByText('Ready').waitFor({ timeout: 30_000 });
    await walk.item('Returns').getByText('1 passage').waitFor();
    expect(await walk.item('Returns').getByRole('button', { name: 'Read it again' }).count()).toBe(0);
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('one that is none of the kinds that are read, too large or empty is refused at its field', async () => {
    walk.browser.expectTrouble(/status of 415/u);
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    await give('Prices', 'prices.pdf', picture);
    await refusal().getByText('Take PDF, DOCX, HTML').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await give('Prices', 'prices.txt', '');
    await refusal().getByText('There is no text in it.').waitFor();
    await give('Prices', 'prices.txt', Buffer.alloc(25_000_001, 97));
    await refusal().getByText('more than 25 MB').waitFor();
    // What was typed stands, and nothing of it was added.
    expect(await walk.main.getByLabel('Title').inputValue()).toBe('Prices');
    expect(await walk.main.getByRole('listitem').count()).toBe(1);
  });

  walk.step('one that cannot be read says why and what to do, and is read again where somebody wants', async () => {
    await give('Catalogue', 'catalogue.pdf', builtPdf([[]]));
    const card = walk.item('Catalogue');
    await card.getByText('Failed').waitFor({ timeout: 30_000 });
    await card.getByText('The document holds pictures of pages and no text.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await readAgain('Catalogue');
    await walk.page.getByText('It is being read.').waitFor();
    await card.getByText('Failed').waitFor({ timeout: 30_000 });
    await card.getByRole('button', { name: 'Delete Catalogue' }).click();
    await card.waitFor({ state: 'detached' });
  });

  walk.step('a page is read by its address, again when somebody wants, and what changed is told', async () => {
    walk.browser.expectTrouble(/status of 400/u);
    await kind('Web page');
    const address = walk.main.getByLabel('Address of the page or sitemap');
    await walk.main.getByLabel('Title').fill('Shipping');
    await address.fill('http://169.254.169.254/latest/meta-data/');
    await add();
    await refusal().waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    site.pages['/shipping'] = html('<h1>Shipping</h1><p>Parcels take six days.</p><h2>Pickup</h2><p>A week.</p>');
    await address.fill(`${site.url}/shipping`);
    await add();
    const card = walk.item('Shipping');
    await card.getByText('Ready').waitFor({ timeout: 30_000 });
    await card.getByText('2 passages').waitFor();
    await card.getByRole('link', { name: `${site.url}/shipping` }).waitFor();
    // Nobody knew anything of it before: nothing is told to be different.
    expect(await card.getByText('Last changed').count()).toBe(0);
    site.pages['/shipping'] = html('<h1>Shipping</h1><p>Parcels take four days.</p><h2>Pickup</h2><p>A week.</p>');
    await readAgain('Shipping');
    await card.getByText('passages that came 1, went 1, stayed 1').waitFor({ timeout: 30_000 });
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('one that is gone says since when, why and what to do, and what it said still stands', async () => {
    delete site.pages['/shipping'];
    await readAgain('Shipping');
    const card = walk.item('Shipping');
    await card.getByText('Not read since').waitFor({ timeout: 30_000 });
    await card.getByText('There is no page at this address. Add the page by its new address').waitFor();
    await card.getByText('Answers are still drawn from what it said before.').waitFor();
    await card.getByText('2 passages').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('of a sitemap each page that could not be read is named with its reason', async () => {
    site.pages['/sitemap.xml'] = {
      type: 'application/xml',
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${['/a', '/gone']
        .map((path) => `<url><loc>${site.url}${path}</loc></url>`)
        .join('')}</urlset>`,
    };
    site.pages['/a'] = html('<p>The first page speaks of apples.</p>');
    await walk.main.getByLabel('Title').fill('All pages');
    await walk.main.getByLabel('Address of the page or sitemap').fill(`${site.url}/sitemap.xml`);
    await add();
    const card = walk.item('All pages');
    await card.getByText('1 page could not be read').click({ timeout: 30_000 });
    await card.getByText('Some of its pages could not be read').waitFor();
    const failing = card.getByRole('listitem');
    await failing.getByRole('link', { name: `${site.url}/gone` }).waitFor();
    await failing.getByText('There is no page at this address.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    expect(await walk.pages.scrollsSideways()).toBe(false);
  });
});
