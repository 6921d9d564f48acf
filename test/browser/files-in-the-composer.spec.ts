import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { photoWithPosition } from '../support/uploads.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, juergen } from './playing-customers.js';

/** Where pictures of the pages are put, for whoever wants to look; nowhere in an ordinary run. */
const pictures = process.env['PARLEY_PICTURES'];

describe('files in the composer', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let photo: Buffer;
  const attached = () => ada.page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
  const picture = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: photo });
  const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    ada.page.locator('.composer input[type=file]').setInputFiles(files);
  /** What the customer sees of the business. */
  const shown = async (): Promise<string[]> => {
    const { channel, accountId, customerId } = juergen;
    const query = new URLSearchParams({ channel, accountId, customerId }).toString();
    const response = await fetch(`${app.sandbox.url}/_sandbox/thread?${query}`);
    const { messages } = (await response.json()) as { messages: { from: string; kind: string; text?: string }[] };
    return messages.filter(({ from }) => from === 'business').map(({ kind, text = '' }) => `${kind} ${text}`.trim());
  };
  const look = async (name: string) => {
    if (pictures !== undefined) await ada.page.screenshot({ path: `${pictures}/${name}.png` });
  };
  /** Puts a file into the composer as the browser does when it is pasted or dropped. */
  const bring = (how: 'paste' | 'drop', name: string) =>
    ada.page.evaluate(
      `(() => {
        const bytes = Uint8Array.from(atob(${JSON.stringify(photo.toString('base64'))}), (char) => char.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'image/jpeg' }));
        const options = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
        const event = ${how === 'paste' ? `new ClipboardEvent('paste', options)` : `new DragEvent('drop', options)`};
        document.querySelector('.composer textarea').dispatchEvent(event);
        return event.defaultPrevented;
      })()`,
    );

  beforeAll(async () => {
    [app, browser, photo] = await Promise.all([startWithPages(), TestBrowser.launch(), photoWithPosition(640, 480)]);
    ada = await browser.person();
    pages = new Dashboard(ada.page, app.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('whatsapp');
    await pages.inbox();
    await new Customers(app.sandbox.url).write(juergen, 'Can I see it?');
    await pages.row(juergen.name).click();
    await pages.message('Can I see it?').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('are chosen, pasted and dropped, go out with the words, and open large', async () => {
    await choose(picture('chosen.jpg'));
    expect(await bring('paste', 'pasted.jpg')).toBe(true);
    expect(await bring('drop', 'dropped.jpg')).toBe(true);
    await attached().nth(2).waitFor();
    await ada.page.locator('.attached li.stored').nth(2).waitFor();
    expect(await pages.violations()).toEqual([]);
    await look('attached');
    await pages.reply.fill('Here it is');
    await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
    // The list draws what is in sight: the last of the three.
    await pages.thread.getByRole('button', { name: 'Picture: dropped.jpg' }).waitFor();
    await eventually(async () => ((await shown()).length === 3 ? true : null));
    expect(await shown()).toEqual(['image Here it is', 'image', 'image']);
    expect(await attached().count()).toBe(0);
    await look('sent');
    await pages.thread.getByRole('button', { name: 'Picture: dropped.jpg' }).click();
    const large = ada.page.getByRole('dialog', { name: 'dropped.jpg' });
    await large.getByRole('img').waitFor();
    await look('lightbox');
    // The whole picture, not the small one: it lies on its side no more.
    const width = `document.querySelector('.lightbox img').naturalWidth`;
    await eventually(async () => ((await ada.page.evaluate(width)) === 480 ? true : null), 10_000);
    expect(await pages.violations()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
  }, 60_000);

  it('are refused with the reason and the limit, before anything is sent', async () => {
    await choose({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(6_000_000) });
    await attached().getByText('Too large: this channel takes at most 5 MB.').waitFor();
    await choose({ name: 'archive.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') });
    await attached().getByText('Not taken by this channel, which takes: JPEG, PNG').waitFor();
    // The browser believes the name; the server looks at the bytes.
    browser.expectTrouble(/status of 415/, /status of 503/, /ERR_FAILED/);
    await choose({ name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html><script>alert(1)</script>') });
    await attached().getByText('Files of this kind are not taken.').waitFor();
    expect(await ada.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    expect(await pages.violations()).toEqual([]);
    await look('refused');
    for (const name of ['large.png', 'archive.zip', 'page.png'])
      await ada.page.getByRole('button', { name: `Remove ${name}` }).click();
    expect(await attached().count()).toBe(0);
  }, 60_000);

  it('are tried again after the line broke, and canceled on their way', async () => {
    let held: (() => void) | null = null;
    await ada.page.route('**/files', (route) => route.abort());
    await choose(picture('unlucky.jpg'));
    await attached().getByText('The upload broke off.').waitFor();
    await ada.page.unroute('**/files');
    await ada.page.getByRole('button', { name: 'Try again' }).click();
    await ada.page.locator('.attached li.stored').waitFor();
    await ada.page.route('**/files', (route) => {
      held = () => void route.continue().catch(() => undefined);
    });
    await choose(picture('slow.jpg'));
    await ada.page.getByRole('progressbar', { name: 'Uploading slow.jpg' }).waitFor();
    expect(await ada.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await look('uploading');
    await ada.page.getByRole('button', { name: 'Cancel the upload of slow.jpg' }).click();
    (held as (() => void) | null)?.();
    await ada.page.unroute('**/files');
    expect(await attached().count()).toBe(1);
    // Files alone are a message too.
    await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
    await pages.thread.getByRole('button', { name: 'Picture: unlucky.jpg' }).waitFor();
    expect(browser.troubles()).toEqual([]);
  }, 60_000);
});
