import { type TestApp, startTestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { newId } from '../../src/platform/database/index.js';
import { Receipts, jsonOfReceipt } from '../../src/privacy/index.js';

/** The page that checks a receipt, in a real browser under its policy: it says what is true and sends nothing. */
describe('a receipt is checked in the browser', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let person: WatchedPage;
  let texts: string[];
  const asked: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ redis: false }), TestBrowser.launch()]);
    const receipts = app.app.get(Receipts);
    texts = [];
    for (let count = 1; count <= 3; count += 1) {
      const erased = [{ what: 'messages', count }];
      const subject = { erasureId: newId(), scope: 'CONTACT' as const, workspaceId: newId(), subject: newId() };
      const receipt = await receipts.issue({ ...subject, erased, retained: [], completedAt: new Date() });
      texts.push(JSON.stringify(jsonOfReceipt(receipt), null, 2));
    }
    person = await browser.person();
    person.context.on('request', (request) => asked.push(request.url()));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const check = async (text: string, button = 'Check') => {
    await person.page.locator('#receipts').fill(text);
    await person.page.getByRole('button', { name: button }).click();
    const result = person.page.getByRole('status');
    await result.locator('strong').waitFor();
    return result.innerText();
  };

  it('says of a good one what it states, of a changed one that it is not valid, and asks nobody [P6] [G21]', async () => {
    const { page } = person;
    await page.goto(`${app.url}/privacy/verify?lang=en`);
    await page.waitForLoadState('networkidle');
    asked.length = 0;
    // Without a network it does the same.
    await person.context.setOffline(true);
    const [one = '', two = '', three = ''] = texts;
    expect(await check(one)).toMatch(
      /^Valid: signed, and not changed since \(1\)[^]*CONTACT, 20[^]*Erased: messages, 1/,
    );
    expect(await check(one.replace('"count": 1', '"count": 7'))).toMatch(
      /^Not valid\s+Receipt 1: it was changed after/,
    );
    expect(await check(`[${two},${three}]`)).toContain('none is missing between them');
    expect(await check(`[${one},${three}]`)).toContain('Receipt 2: it does not follow the one before it');
    expect(await check('<img src=x onerror=alert(1)>')).toContain('this is no receipt');
    await page.getByLabel('These have to be all receipts').check();
    expect(await check(`[${one},${two},${three}]`)).toContain('They are all receipts of the instance');
    expect(await check(`[${one},${two}]`)).toContain('some are missing at the end');
    expect(asked).toEqual([]);
    await person.context.setOffline(false);
  });

  it('speaks Turkish too, and takes a file', async () => {
    const { page } = person;
    await page.goto(`${app.url}/privacy/verify?lang=tr`);
    await page.locator('#file').setInputFiles({
      name: 'receipt.json',
      mimeType: 'application/json',
      buffer: Buffer.from(texts[1] ?? ''),
    });
    await page.waitForFunction(`document.getElementById('receipts').value !== ''`);
    await page.getByRole('button', { name: 'Doğrula' }).click();
    expect(await page.getByRole('status').locator('strong').innerText()).toContain('Geçerli');
    expect(browser.troubles()).toEqual([]);
  });
});
