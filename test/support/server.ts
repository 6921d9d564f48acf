import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { serverOptions } from '../../tools/server-options.mjs';
import { appSecret, freePort, keysOf } from './app.js';
import { compiledOnce } from './compiled-once.js';
import type { TestDatabase } from './database.js';

/** Milliseconds within which a server is ready: ten times what a quiet machine takes and more. */
const patience = 60_000;

/** The built server in a process of its own, so that it can be killed. */
export class TestServer {
  private child: ChildProcess | null = null;
  private output = '';

  private constructor(
    readonly url: string,
    /** What it is started with; the command line beside it takes the same. */
    readonly environment: Readonly<Record<string, string>>,
    /** How much of what it printed is kept. */
    private readonly kept: number,
  ) {}

  /** Prepares a server on a test's database; `start` starts it. */
  static async prepare(
    database: TestDatabase,
    environment: Readonly<Record<string, string>>,
    kept = 20_000,
  ): Promise<TestServer> {
    const port = await freePort();
    const whole = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      PORT: String(port),
      LISTEN_HOST: '127.0.0.1',
      DATA_DIR: await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'server-')),
      ENCRYPTION_KEYS: keysOf(database),
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      REDIS_URL: database.redisUrl,
      META_APP_SECRET: appSecret,
      LOG_LEVEL: 'warn',
      ...environment,
    };
    return new TestServer(`http://127.0.0.1:${String(port)}`, whole, kept);
  }

  /** Prepares a server with this environment and no more: what it does not name it brings along, its Postgres too. */
  static async alone(environment: Readonly<Record<string, string>>): Promise<TestServer> {
    const port = await freePort();
    const whole = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      PORT: String(port),
      LISTEN_HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...environment,
    };
    return new TestServer(`http://127.0.0.1:${String(port)}`, whole, 20_000);
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const main = path.join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js');
    const child = spawn(process.execPath, [...serverOptions, main], {
      env: { ...compiledOnce(), ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output = `${this.output}${chunk.toString()}`.slice(-this.kept)));
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended: ${this.output}`);
      // A worker listens nowhere; it says when it is ready.
      if (this.environment['ROLE'] === 'worker') {
        if (this.output.includes('worker is ready')) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const ready = await fetch(`${this.url}/health/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The server did not become ready: ${this.output}`);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM; gives the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Whether it ended by itself or was ended. */
  get ended(): boolean {
    return this.child !== null && (this.child.exitCode !== null || this.child.signalCode !== null);
  }

  /** The process's number; 0 where none runs. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** What it printed last. */
  get log(): string {
    return this.output;
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }
}
