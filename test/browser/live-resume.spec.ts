import { type Server, type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse } from './playing-customers.js';

/** A line between the browser and the server that can be cut, and held apart. */
class Line {
  private readonly open = new Set<Socket>();
  private held = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const line = new Line(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('connection', (near) => {
      if (line.held) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        line.open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          line.open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
      return undefined;
    });
    return line;
  }

  cut(): void {
    this.held = true;
    for (const socket of this.open) socket.destroy();
  }

  mend(): void {
    this.held = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('the live inbox when its line is cut', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let line: Line;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;

  beforeAll(async () => {
    // The page is asked for from the line's address, which has to count as the server's own.
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    line = await Line.to(app.url);
    ada = await browser.person();
    pages = new Dashboard(ada.page, line.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.inbox();
    await customers.write(ayse, 'before');
    await pages.row(ayse.name).click();
    await pages.message('before').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await line?.close();
    await app?.close();
  });

  it('says so within 3 s, and catches up without a message missed or doubled', async () => {
    // What a browser reports of a line that is gone.
    browser.expectTrouble(/ERR_(EMPTY_RESPONSE|CONNECTION|SOCKET|INCOMPLETE)|WebSocket connection to/u);
    const banner = ada.page.getByText('The live connection is lost');
    for (const round of [1, 2, 3]) {
      line.cut();
      await banner.waitFor({ timeout: 3_000 });
      await customers.write(ayse, `while it was cut, ${String(round)}`);
      await app.drainDeliveries();
      line.mend();
      await ada.page.getByRole('button', { name: 'Reconnect now' }).click();
      await pages.message(`while it was cut, ${String(round)}`).waitFor();
      await banner.waitFor({ state: 'hidden' });
      await customers.write(ayse, `after it was mended, ${String(round)}`);
      await pages.message(`after it was mended, ${String(round)}`).waitFor();
    }
    const said = await pages.thread.getByRole('article').allInnerTexts();
    const of = (words: string) => said.filter((text) => text.includes(words)).length;
    expect(said).toHaveLength(7);
    for (const round of [1, 2, 3]) {
      expect(of(`while it was cut, ${String(round)}`)).toBe(1);
      expect(of(`after it was mended, ${String(round)}`)).toBe(1);
    }
  });

  it('comes back by itself, with nobody pressing anything', async () => {
    line.cut();
    const banner = ada.page.getByText('The live connection is lost');
    await banner.waitFor({ timeout: 3_000 });
    line.mend();
    await banner.waitFor({ state: 'hidden' });
    await customers.write(ayse, 'by itself');
    await pages.message('by itself').waitFor();
    expect(await pages.message('by itself').count()).toBe(1);
    expect(browser.troubles()).toEqual([]);
  });
});
