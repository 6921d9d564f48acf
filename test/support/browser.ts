import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/parley-chromium');
const fromNpm = { name: '@sparticuz/chromium', version: '153.0.0' };

/** Nothing that a browser does on its own account: no first run, no updates, no sync, no calls home. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Names are not looked up at all: what is not loopback by its number cannot be reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  // Nor what is not loopback by its number: it would go by a proxy that is not there, as loopback never does.
  '--proxy-server=127.0.0.1:9',
];

async function onPath(): Promise<string | null> {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
      const program = path.join(folder, name);
      const runs = await access(program, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return program;
    }
  }
  return null;
}

/**
 * The browser that npm brings along, fetched and unpacked once. Specs run side by side: each that finds none makes one in a
 * folder of its own and moves it to its place whole, and whoever comes second takes what stands there.
 */
async function fetched(): Promise<string> {
  const program = path.join(cache, 'unpacked', 'chromium');
  if (existsSync(program)) return program;
  const folder = `${cache}.${String(process.pid)}`;
  const unpacked = path.join(folder, 'unpacked');
  await mkdir(unpacked, { recursive: true });
  await run('npm', [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${fromNpm.name}@${fromNpm.version}`,
  ]);
  const entry = pathToFileURL(path.join(folder, 'node_modules', fromNpm.name, 'build/index.js')).href;
  // It unpacks into the folder for temporary files. Its own flags are left aside: one process for all dies with the first
  // context that closes, and no web security proves nothing.
  const script = `(await import(${JSON.stringify(entry)})).default.executablePath()`;
  const environment = { ...process.env, TMPDIR: unpacked };
  await run(process.execPath, ['--input-type=module', '--eval', `await ${script}`], { env: environment });
  await rename(folder, cache).catch(() => rm(folder, { recursive: true, force: true }));
  return program;
}

async function findBrowser(): Promise<string> {
  const program = await onPath();
  if (program !== null) return program;
  return fetched().catch((error: unknown) => {
    throw new Error(
      'The browser tests need Chromium: neither chromium, chromium-browser nor google-chrome is on the PATH, and ' +
        `${fromNpm.name} could not be fetched with npm. Install Chromium (Debian: apt-get install chromium).`,
      { cause: error },
    );
  });
}

const loopback = /^(https?|wss?):\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//u;
const local = /^(data|blob|about):/u;

/** A page with everything that went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Chromium for specs. Whatever its pages ask for off this machine is refused and remembered as trouble. */
export class TestBrowser {
  private readonly trouble: string[] = [];
  private readonly expected: RegExp[] = [];

  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch({ executablePath: await findBrowser(), args: [...flags] }));
  }

  /** A browser of a new person: no cookies, nothing stored. */
  async person(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await this.browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(45_000);
    context.on('weberror', (error) => this.trouble.push(`threw ${String(error.error())}`));
    context.on('console', (message) => {
      // What holds the worker off says so itself, on a page that stays for three seconds.
      if (message.text().includes('blocked by Playwright')) return;
      // A refused policy is reported there too.
      if (message.type() === 'error' || message.type() === 'warning') {
        this.trouble.push(`the console says: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('request', (request) => {
      if (!loopback.test(request.url()) && !local.test(request.url())) this.trouble.push(`asked for ${request.url()}`);
    });
    return { page: await context.newPage(), context };
  }

  /** Trouble that a spec makes on purpose. */
  expectTrouble(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What went wrong on all pages so far. */
  troubles(): readonly string[] {
    return this.trouble.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
