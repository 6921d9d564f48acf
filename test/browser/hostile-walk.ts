import type { Page, Request, Route } from 'playwright-core';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { type Asked, HostileAnswers, workspaceId } from './hostile-answers.js';
import type { HostileWords } from './hostile-words.js';
import type { WordTrap } from './word-trap.js';

/** A page, and what is opened on it. */
interface Stop {
  readonly path: string;
  readonly open?: (page: Page) => Promise<unknown>;
}
/** Milliseconds without a question, after which none is to come; and for which a page may ask. */
const [quiet, longestAsking] = [400, 15_000];
const conversation = '01900000-0000-7000-8000-000000000777';
const inWorkspace = (path: string) => `/w/${workspaceId}${path}`;
const press = (name: RegExp) => async (page: Page) => {
  for (const button of (await page.getByRole('button', { name }).all()).slice(0, 20))
    await button.click({ timeout: 1_000 }).catch(() => undefined);
};
const type = (where: RegExp, text: string) => (page: Page) =>
  page.getByRole('textbox', { name: where }).fill(text, { timeout: 2_000 });
/** Touches one thing after the other, as far as they are there: what is proposed, for one, is not always. */
const touch =
  (...selectors: readonly string[]) =>
  async (page: Page) => {
    for (const selector of selectors)
      await page
        .locator(selector)
        .first()
        .click({ timeout: 1_500 })
        .catch(() => undefined);
  };

/** What people look at most. */
export const mostSeen: readonly Stop[] = [
  { path: inWorkspace(`/inbox/open/${conversation}/details`), open: press(/mail as it was written/u) },
  { path: inWorkspace('/contacts') },
  ...['members', 'replies'].map((name) => ({ path: inWorkspace(`/settings/${name}`) })),
];

/** Every page there is, with what can be opened on it. */
export const everywhere: readonly Stop[] = [
  ...mostSeen,
  { path: inWorkspace('/search?q=script') },
  { path: inWorkspace('/reports') },
  { path: inWorkspace(`/inbox/open/${conversation}`), open: type(/^Reply/u, '/') },
  { path: inWorkspace(`/inbox/all/${conversation}`), open: press(/template/iu) },
  { path: inWorkspace(`/inbox/all/${conversation}`), open: press(/^(?:Tags|Add a tag|Edit tags)/u) },
  { path: inWorkspace(`/inbox/mine/${conversation}/details`), open: press(/^(?:Change|Add a field)/u) },
  { path: inWorkspace(`/inbox/mine/${conversation}/details`), open: touch('text=This is the same person', '.pick') },
  { path: inWorkspace(`/inbox/all/${conversation}`), open: touch('.source') },
  { path: inWorkspace(`/inbox/all/${conversation}`), open: touch('.draft-record', 'dialog summary') },
  { path: inWorkspace(`/inbox/all/${conversation}`), open: press(/^Show to a colleague/u) },
  { path: inWorkspace('/inbox/all'), open: press(/^Filter/u) },
  { path: inWorkspace('/inbox/all?tag=x&q=y'), open: press(/Save (?:this|as|the) view|Save view/u) },
  { path: inWorkspace('/inbox/all'), open: (page) => page.keyboard.press('Control+k') },
  { path: inWorkspace('/leads?view=board') },
  { path: inWorkspace('/leads?view=list&tag=x&q=y'), open: press(/^Filter the leads/u) },
  { path: inWorkspace(`/leads/${conversation}`), open: press(/^(?:Suggest a reply|Edit|Change)/u) },
  { path: inWorkspace(`/leads/${conversation}`), open: press(/^Remind me/u) },
  { path: inWorkspace('/leads?view=board'), open: press(/^Who gets new leads/u) },
  { path: inWorkspace('/leads/import') },
  { path: inWorkspace(`/leads/import/${conversation}`) },
  { path: inWorkspace(`/leads/import?file=${conversation}`), open: touch('.first-rows summary') },
  ...[
    'audit',
    'contacts',
    'forms',
    'shopify',
    'knowledge',
    'questions',
    'channels',
    'bots',
    'ai',
    'workspace',
    'billing',
    'tokens',
    'profile',
    'security',
    'notifications',
    'privacy',
    'privacy/holds',
    `privacy/${conversation}`,
  ].map((name) => ({ path: inWorkspace(`/settings/${name}`) })),
  { path: '/instance/privacy' },
  { path: `/instance/privacy/${conversation}` },
  { path: inWorkspace('/settings/webhooks'), open: touch('.cards summary') },
  { path: inWorkspace('/settings/bots'), open: press(/^(?:Edit|Change)/u) },
  { path: inWorkspace('/settings/replies'), open: press(/^(?:Edit|Change)/u) },
  { path: inWorkspace('/settings/questions'), open: press(/^Write an answer/u) },
  { path: inWorkspace(`/settings/channels/${conversation}`) },
  { path: inWorkspace('/settings/channels/connect/messenger') },
  { path: inWorkspace('/settings/channels/connect/whatsapp') },
  { path: inWorkspace('/settings/channels/connect/messenger?state=abc') },
  { path: inWorkspace('/settings/channels/connect/web-chat') },
];

/** Addresses that somebody is lured to, with a payload wherever something is read from them. */
export function lures(text: string): { readonly inside: readonly string[]; readonly outside: readonly string[] } {
  const said = encodeURIComponent(text);
  const asked = (...names: string[]) => names.map((name) => `${name}=${said}`).join('&');
  return {
    inside: [
      inWorkspace(`/inbox/open?${asked('q', 'tag', 'assignee', 'channel', 'order', 'status', 'view')}#${said}`),
      inWorkspace(`/search?${asked('q')}`),
      inWorkspace(`/settings/channels/connect/messenger?${asked('state', 'channel', 'error', 'code')}`),
    ],
    outside: [
      `/sign-in?${asked('next', 'email', 'error')}#${said}`,
      `/accept-invitation?${asked('token', 'email', 'workspace')}`,
      `/verify-email?${asked('token')}`,
    ],
  };
}

/** A person whose server was fooled, and what was noticed of it on the way. */
export class HostileWalk {
  /** What of the pages' own trees ought not to be there, and what could not be shown. */
  readonly wrong: string[] = [];
  readonly shown = new Set<string>();
  private signedIn = true;
  private refusal: string | null = null;
  private readonly asked = new Set<Request>();
  private answeredAt = 0;

  private constructor(
    private readonly person: WatchedPage,
    private readonly trap: WordTrap,
    private readonly url: string,
    readonly answers: HostileAnswers,
  ) {}

  static async start(
    browser: TestBrowser,
    trap: WordTrap,
    url: string,
    words: readonly HostileWords[],
    many: number,
  ): Promise<HostileWalk> {
    // High enough for every row of a list.
    const person = await browser.person({ viewport: { width: 1440, height: 2_400 } });
    const walk = new HostileWalk(person, trap, url, new HostileAnswers(words, many));
    await trap.listen(person.context, url);
    walk.watch(person.page);
    await person.context.route(`${url}/graphql`, (route) => walk.answer(route));
    await person.context.routeWebSocket(/\/graphql$/u, (socket) => {
      socket.onMessage((message) => {
        const { type: kind } = JSON.parse(String(message)) as { type?: string };
        if (kind === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (kind === 'ping') socket.send('{"type":"pong"}');
      });
    });
    return walk;
  }

  /** Goes to a page that is shown with an attacker's words on it, opens what is there, and looks. */
  async stop({ path, open }: Stop): Promise<void> {
    const { page } = this.person;
    this.answers.turnOver();
    await page.goto(`${this.url}${path}`);
    await page
      .locator('body')
      .filter({ hasText: /\/\/f\d+\./u })
      .waitFor({ timeout: 8_000 })
      .catch(() => this.wrong.push(`${path}: shows nothing of what it was told`));
    await this.settle();
    await this.look(path);
    if (open === undefined) return;
    await open(page);
    await this.settle();
    await this.look(`${path}, opened`);
  }

  /** Goes to an address with a payload in it; nobody is signed in where `outside` is said. */
  async lure(path: string, outside: boolean): Promise<void> {
    this.signedIn = !outside;
    const { page } = this.person;
    await page.goto(`${this.url}${path}`);
    await page.locator('main, form').first().waitFor();
    await this.look(path);
    if (new URL(page.url()).origin !== this.url) this.wrong.push(`${path}: led to ${page.url()}`);
    this.signedIn = true;
  }

  /** Goes to a page whose every question is refused, with a reason in an attacker's words. */
  async refused(path: string, reason: string): Promise<void> {
    this.refusal = reason;
    const { page } = this.person;
    await page.goto(`${this.url}${path}`);
    await page.getByRole('alert').or(page.locator('main, form')).first().waitFor();
    await this.look(`${path}, refused`);
    this.refusal = null;
  }

  async end(): Promise<void> {
    await this.person.context.close();
  }

  private async look(where: string): Promise<void> {
    const { text, astray } = await this.trap.look(this.person.page);
    for (const field of this.answers.shownIn(text)) this.shown.add(field);
    if (text.trim().length < 20) this.wrong.push(`${where}: the page is blank`);
    for (const what of astray) this.wrong.push(`${where}: ${what}`);
  }

  /** Until nothing is asked for any more, and whatever would run a moment later has run. */
  private async settle(): Promise<void> {
    const end = Date.now() + longestAsking;
    while (this.asked.size > 0 || Date.now() - this.answeredAt < quiet) {
      if (Date.now() > end) return void this.wrong.push(`${this.person.page.url()}: asks without end`);
      await this.person.page.waitForTimeout(50);
    }
  }

  /** What is opened later may be fetched first, and then asks: a page that was loaded long ago is not done. */
  private watch(page: Page): void {
    const answered = (request: Request) => {
      this.asked.delete(request);
      this.answeredAt = Date.now();
    };
    page.on('request', (request) => this.asked.add(request));
    page.on('requestfinished', answered);
    page.on('requestfailed', answered);
    page.on('framenavigated', (frame) => frame === page.mainFrame() && this.asked.clear());
  }

  private async answer(route: Route): Promise<void> {
    const body = route.request().postDataJSON() as Asked;
    const errors = (message: string, code: string) => ({
      errors: [{ message, extensions: { code, requestId: message } }],
    });
    const isViewer = /^\s*query Viewer\b/u.test(body.query);
    const answer =
      !this.signedIn && isViewer
        ? { data: { viewer: null } }
        : !this.signedIn || (this.refusal !== null && !isViewer)
          ? errors(this.refusal ?? 'Sign in first.', this.refusal === null ? 'UNAUTHENTICATED' : 'BAD_USER_INPUT')
          : await this.answers.answer(body);
    await route.fulfill({ contentType: 'application/json', body: JSON.stringify(answer) });
  }
}
