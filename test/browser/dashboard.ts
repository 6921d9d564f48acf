import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { type TestApp, type TestAppOptions, freePort, startTestApp } from '../support/app.js';
import { type Kind, accounts } from './playing-customers.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages of the settings, as the dashboard has them: by their names in the address. */
export function settingsPlaces(): readonly string[] {
  const text = readFileSync(path.join(root, 'apps/dashboard/src/settings/places.ts'), 'utf8');
  return [...text.matchAll(/\{ name: '(\w+)'/gu)].map(([, name = '']) => name);
}

/** Builds what changed since the last build; the server reads the pages when it starts. */
export async function buildDashboard(): Promise<void> {
  await promisify(execFile)(process.execPath, ['tools/build-only.mjs'], { cwd: root });
}

/** The server with its pages, and with a sandbox that it knows of. Customers read when they look. */
export async function startWithPages(options: TestAppOptions = {}): Promise<TestApp> {
  await buildDashboard();
  const port = await freePort();
  return startTestApp({
    ...options,
    environment: { SANDBOX: 'on', SANDBOX_PORT: String(port), ...options.environment },
    sandbox: { port, receipts: 'delivered' },
  });
}

export const password = 'a long enough password';

/** What a person does on the pages, by the words that stand there. */
export class Dashboard {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Conversations' });
  }
  get thread(): Locator {
    return this.page.getByRole('region', { name: 'Conversation', exact: true });
  }
  get draft(): Locator {
    return this.page.getByRole('region', { name: 'Suggested reply' });
  }
  get reply(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply to the customer' });
  }

  /** The whole way of a new person to the inbox. */
  async signUp(name: string, email: string, workspaceName: string): Promise<void> {
    await this.page.goto(`${this.url}/sign-up`);
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByLabel('Name of your business').fill(workspaceName);
    await this.page.getByLabel('I accept the terms').check();
    // The first person sets the server up.
    await this.page.getByRole('button', { name: /^(Create your account|Set up Parley)$/ }).click();
    await this.page.waitForURL('**/w/*/inbox/open');
  }

  /** Goes to a page by the links, as people do. */
  async settings(name: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Settings' }).click();
    const link = this.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name });
    await link.click();
    await link.and(this.page.locator('[aria-current=page]')).waitFor();
    await this.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  }

  async inbox(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' }).click();
  }

  async openConnectForm(kind: Kind): Promise<void> {
    await this.settings('Channels');
    await this.page.getByRole('link', { name: accounts[kind].title }).click();
    await this.page.getByRole('heading', { name: accounts[kind].title }).waitFor();
  }

  async fillAndConnect(fields: Readonly<Record<string, string>>): Promise<void> {
    // Where the platform asks by itself, the way by hand is folded away.
    const byHand = this.page.locator('details.by-hand:not([open]) > summary');
    if ((await byHand.count()) > 0) await byHand.click();
    for (const [label, value] of Object.entries(fields)) {
      await this.page.getByLabel(label, { exact: true }).fill(value);
    }
    await this.page.getByRole('button', { name: 'Connect', exact: true }).click();
  }

  async connect(kind: Kind): Promise<void> {
    await this.openConnectForm(kind);
    await this.fillAndConnect(accounts[kind].fields);
    await this.page.getByRole('heading', { name: 'is connected' }).waitFor();
  }

  async addQuestions(title: string, pairs: readonly (readonly [question: string, answer: string])[]): Promise<void> {
    await this.settings('Knowledge');
    await this.page.getByRole('button', { name: 'Questions and answers' }).click();
    await this.page.getByLabel('Title').fill(title);
    for (const [index, [question, answer]] of pairs.entries()) {
      if (index > 0) await this.page.getByRole('button', { name: 'Another question' }).click();
      await this.page.getByLabel('Question', { exact: true }).nth(index).fill(question);
      await this.page.getByLabel('Answer', { exact: true }).nth(index).fill(answer);
    }
    await this.page.getByRole('button', { name: 'Add knowledge' }).click();
    await this.page.getByRole('listitem').filter({ hasText: title }).getByText('Ready').waitFor();
  }

  /** A bot in draft mode on every channel, with everything there is to know. */
  async createBot(name: string): Promise<void> {
    await this.settings('Bots');
    await this.page.getByRole('button', { name: 'Create a bot' }).click();
    await this.page.getByLabel('Name').fill(name);
    for (const box of await this.page.getByRole('checkbox').all()) await box.check();
    await this.page.getByRole('button', { name: 'Save' }).click();
    await this.page.getByRole('listitem').filter({ hasText: name }).getByText('Draft only').waitFor();
  }

  row(text: string): Locator {
    return this.list.getByRole('link').filter({ hasText: text });
  }

  /** The message of the thread with these words. */
  message(text: string): Locator {
    return this.thread.getByRole('article').filter({ hasText: text });
  }

  /** What automated checks of accessibility find wrong, in short; by those rules alone, if any are named. */
  async violations(...rules: string[]): Promise<readonly string[]> {
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode(true);
    const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }

  /** Whether the page is wider than its window. */
  async scrollsSideways(): Promise<boolean> {
    return this.page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  }
}
