import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import pg from 'pg';

/** What a member sets is seen at once, by the chat itself, and by nobody else before it is saved. */
describe('the page where a chat is designed', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let sql: pg.Client;
  const asked: string[] = [];

  const until = (condition: () => Promise<boolean>) => eventually(async () => ((await condition()) ? true : null));
  const preview = () =>
    eventually<Frame>(async () => ada.page.frames().find((one) => one.url().endsWith('/widget/preview')) ?? null);
  const styleOf = async (selector: string, property: string) =>
    (await preview()).evaluate<string>(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue('${property}')`,
    );
  const saved = async () => {
    const { rows } = await sql.query<{ chat: Record<string, unknown> }>(
      `select settings->'webChat' as chat from channels`,
    );
    return rows[0]?.chat ?? {};
  };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    ada = await browser.person({ viewport: { width: 1440, height: 1000 }, colorScheme: 'light' });
    ada.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await new Dashboard(ada.page, app.url).signUp('Ada', 'ada@example.com', 'Demo Shop');
  }, 120_000);
  afterEach(() => expect(browser.troubles()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await sql?.end();
    await app?.close();
  });

  it('shows a new chat before there is one', async () => {
    const { page } = ada;
    await new Dashboard(page, app.url).settings('Channels');
    await page.getByRole('link', { name: 'Web chat' }).click();
    await page.getByLabel('First words').fill('Hello! <b>What</b> is it?');
    await page.getByLabel('Colour', { exact: true }).fill('#ffee00');
    const frame = await preview();
    await frame.getByText('Hello! <b>What</b> is it?').waitFor();
    await page.getByText('Writing on it is black', { exact: false }).waitFor();
    await page.getByText('Links get a darker tone of it', { exact: false }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Shop chat');
    await page.getByLabel('Sites that may show it').fill('shop.example');
    await page.getByRole('button', { name: 'Make the chat' }).click();
    await page.getByRole('heading', { level: 1, name: 'Shop chat' }).waitFor();
    expect(await saved()).toMatchObject({ accentColor: '#ffee00', greeting: 'Hello! <b>What</b> is it?' });
  });

  it('shows every choice at once, and keeps it when it is saved', async () => {
    const { page } = ada;
    await (await preview()).getByText('Hello! <b>What</b> is it?').waitFor();
    await page.getByLabel('Light or dark').selectOption('Dark');
    await until(async () => (await styleOf(':root', 'color-scheme')) === 'dark');
    await page.getByLabel(/^Round corners/u).fill('2');
    const logo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#c00' } })
      .png()
      .toBuffer();
    await page
      .getByLabel('Logo', { exact: true })
      .setInputFiles([{ name: 'logo.png', mimeType: 'image/png', buffer: logo }]);
    await until(async () => (await (await preview()).locator('.mark img').count()) === 1);
    await page.getByLabel('E-mail address', { exact: true }).selectOption('Required');
    const card = (await preview()).locator('form.card:visible');
    await card.getByRole('heading', { name: 'Before we start' }).waitFor();
    expect(await (await preview()).locator('.composer').isVisible()).toBe(false);
    await page.getByText('not saved yet').waitFor();
    // What is looked at is none of what is set.
    await page.getByLabel('Moment').selectOption('In a conversation');
    await page.getByLabel('Language', { exact: true }).selectOption('tr');
    await (await preview()).getByText('Yes, between 10 and 16.').waitFor();
    expect(await (await preview()).evaluate('document.documentElement.lang')).toBe('tr');
    await (await preview()).locator('.composer textarea').fill('Thank you!');
    await (await preview()).locator('.composer textarea').press('Enter');
    await (await preview()).locator('.mine .bubble', { hasText: 'Thank you!' }).waitFor();
    await page.getByLabel('Moment').selectOption('While you are closed');
    await (await preview()).getByText(/09:00/u).waitFor();
    await page.getByLabel('Show it in mobile apps too').check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('not saved yet').waitFor({ state: 'hidden' });
    const chat = await saved();
    expect(chat).toMatchObject({ theme: 'DARK', radius: 2, askEmail: 'REQUIRED', askName: 'OFF', allowApps: true });
    expect(chat).toMatchObject({ accentColor: '#ffee00', allowedDomains: ['shop.example'] });
    const drawn = await sharp(Buffer.from(String(chat['logo']).split(',')[1] ?? '', 'base64')).metadata();
    expect([drawn.format, drawn.width, drawn.height]).toEqual(['webp', 96, 64]);
    expect(await new Dashboard(page, app.url).violations()).toEqual([]);
  });

  it('begins no chat with anybody, and reaches nothing', async () => {
    expect(asked.filter((path) => path === '/widget/preview').length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.startsWith('/widget/v1'))).toEqual([]);
    expect((await sql.query('select 1 from visitors')).rows).toEqual([]);
    const frame = await preview();
    expect(await frame.evaluate('self.origin')).toBe('null');
    browser.expectTrouble(/Content Security Policy|violates the following|Fetch API cannot load/u);
    const reached = (path: string) => frame.evaluate(`fetch('${path}').then(() => true, () => false)`);
    expect(await reached(`${app.url}/instance.json`)).toBe(false);
  });

  it('is framed by pages of this server alone', async () => {
    const get = (headers: Record<string, string>) => fetch(`${app.url}/widget/preview`, { headers });
    expect((await get({})).status).toBe(404);
    expect((await get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' })).status).toBe(404);
    expect((await get({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' })).status).toBe(404);
    const { status, headers } = await get({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' });
    expect([status, headers.get('x-frame-options')]).toEqual([200, 'SAMEORIGIN']);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "frame-ancestors 'self'", 'sandbox allow-scripts'])
      expect(policy.split('; ')).toContain(part);
    expect(policy).not.toMatch(/connect-src|unsafe|allow-same-origin/u);
  });
});
