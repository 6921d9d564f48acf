import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions, CDPSession, Frame, Page } from 'playwright-core';
import type { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import type { TestWebChat } from '../support/visitor.js';
import { root } from './dashboard.js';

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** The page of a business with a chat in it, as its visitor uses it: the button is where only eyes and keys can reach it. */
export class Site {
  /** Everything that was asked of the server, and how it was answered. */
  readonly asked: string[] = [];
  private tree: CDPSession | null = null;

  private constructor(
    readonly page: Page,
    private readonly sandboxUrl: string,
    private readonly serverUrl: string,
    private readonly chat: TestWebChat,
  ) {
    page.on('request', (request) => {
      if (request.url().startsWith(serverUrl)) this.asked.push(request.url().slice(serverUrl.length));
    });
  }

  static async visit(
    browser: TestBrowser,
    where: { readonly sandboxUrl: string; readonly serverUrl: string; readonly chat: TestWebChat },
    options: BrowserContextOptions = {},
  ): Promise<Site> {
    const { page } = await browser.person({ viewport: { width: 1280, height: 800 }, ...options });
    return new Site(page, where.sandboxUrl, where.serverUrl, where.chat);
  }

  /** Goes to the shop; `host` is the name under which it is asked for. */
  async go(more: Readonly<Record<string, string>> = {}, host = 'localhost'): Promise<void> {
    const query = new URLSearchParams({ server: this.serverUrl, key: this.chat.publicKey, ...more });
    const { port } = new URL(this.sandboxUrl);
    await this.page.goto(`http://${host}:${port}/shop?${query.toString()}`);
    await this.page.locator('parley-chat').waitFor({ state: 'attached' });
  }

  /** The page in the frame. */
  get frame(): Frame {
    const frame = this.page.frames().find((one) => one.url().startsWith(`${this.serverUrl}/widget/frame`));
    if (frame === undefined) throw new Error('The chat is not loaded.');
    return frame;
  }

  /** Presses the button in the corner, where people see it. */
  async press(side: 'right' | 'left' = 'right'): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    await this.page.mouse.click(side === 'right' ? width - 48 : 48, height - 48);
  }

  async open(): Promise<void> {
    await this.press();
    await this.opened();
  }

  /** Waits until the chat can be written in. */
  async opened(): Promise<void> {
    await this.waitFor('open');
    await this.frame.locator('.composer textarea').waitFor();
  }

  async write(text: string): Promise<void> {
    await this.frame.locator('.composer textarea').fill(text);
    await this.frame.locator('.composer textarea').press('Enter');
  }

  /** What stands in the thread, line by line. */
  async lines(): Promise<readonly string[]> {
    return this.frame.locator('.bubble').allInnerTexts();
  }

  async says(text: string): Promise<void> {
    await this.frame.locator('.bubble', { hasText: text }).waitFor();
  }

  /** Calls the chat as a site does. */
  call(name: string, ...given: unknown[]): Promise<void> {
    return this.page.evaluate(`Parley(...${JSON.stringify([name, ...given])})`);
  }

  /** What the site was told: each event with what came with it. */
  noted(): Promise<readonly (readonly unknown[])[]> {
    return this.page.evaluate('noted');
  }

  async waitFor(name: string, detail?: unknown): Promise<void> {
    await eventually(async () => {
      const noted = await this.noted();
      return noted.some(([what, which]) => what === name && (detail === undefined || which === detail)) ? true : null;
    });
  }

  /** The button as assistive technology has it: in a closed shadow nothing else shows it. */
  async button(): Promise<{ readonly name: string; readonly expanded: boolean } | null> {
    this.tree ??= await this.page.context().newCDPSession(this.page);
    const { nodes } = await this.tree.send('Accessibility.getFullAXTree');
    const node = nodes.findLast(
      ({ role, properties }) => role?.value === 'button' && properties?.some(({ name }) => name === 'hasPopup'),
    );
    if (node === undefined) return null;
    const expanded = node.properties?.find(({ name }) => name === 'expanded')?.value.value === true;
    return { name: String(node.name?.value), expanded };
  }

  /** What automated checks find wrong in the chat. They are put there past its policy, which would keep them out. */
  async violations(): Promise<readonly string[]> {
    await this.frame.evaluate(await readFile(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    const { violations } = await this.frame.evaluate<AxeResult>('axe.run()');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
