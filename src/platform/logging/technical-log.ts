import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/index.js';

/** What is written of one request. No body, no query, no header but the browser's name. */
export interface LoggedCall {
  readonly ip: string | null;
  readonly browser: string | null;
  /** The session's token, of which a digest is kept. */
  readonly session: string | null;
  readonly userId: string | null;
  readonly requestId: string;
  readonly method: string;
  /** The route, never the address: addresses hold codes and signatures. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Codes of refusals and failures. */
  readonly errors: readonly string[];
}

/** Whose lines are to go. */
export interface Forgotten {
  /** Digests of session tokens, as the sessions' rows have them. */
  readonly sessions?: readonly Buffer[];
  readonly userIds?: readonly string[];
  readonly addresses?: readonly string[];
}

const flushMilliseconds = 1_000;
const tidyMilliseconds = 3_600_000;
/** Lines beyond this wait in vain: a disk that is full or slow must not fill the memory too. */
const maxWaitingBytes = 1_000_000;
/** For so long nothing is written about somebody who was forgotten: their last answers are still on their way. */
const deafMilliseconds = 60_000;
const fileName = /^requests-(\d{4}-\d{2}-\d{2})\.log$/;

/**
 * The technical log: who called from where with what outcome, a file a day under DATA_DIR/logs that the operator alone may
 * read, kept LOG_RETENTION_DAYS. It serves security, the finding of faults and the quality of the service, and nothing in
 * the product reads it. Lines are written together once a second, so a request does not wait for the disk.
 */
@Injectable()
export class TechnicalLog implements OnApplicationShutdown {
  private readonly logger = new Logger('TechnicalLog');
  private readonly folder: string;
  private readonly days: number;
  private waiting: string[] = [];
  private waitingBytes = 0;
  private dropped = 0;
  private readonly forgotten = new Set<string>();
  /** One thing at a time is done to the files. */
  private work: Promise<void> = Promise.resolve();
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(config: Config) {
    this.folder = path.join(config.dataDir, 'logs');
    this.days = config.environment.LOG_RETENTION_DAYS;
    this.timers = [
      setInterval(() => void this.flush(), flushMilliseconds).unref(),
      setInterval(() => void this.tidy(), tidyMilliseconds).unref(),
    ];
    void this.tidy();
  }

  /** Notes a request that was answered. */
  note(call: LoggedCall): void {
    if (this.waitingBytes > maxWaitingBytes) {
      this.dropped += 1;
      return;
    }
    const { milliseconds, errors, ...rest } = call;
    const session = call.session === null ? null : digestOf(call.session).toString('hex');
    const person = call.userId === null ? null : personOf(call.userId);
    if (this.forgotten.has(session ?? '') || this.forgotten.has(person ?? '')) return;
    const line = `${JSON.stringify({
      at: new Date().toISOString(),
      ...rest,
      session: session ?? undefined,
      userId: undefined,
      person: person ?? undefined,
      ms: Math.round(milliseconds),
      ...(errors.length > 0 && { errors: [...new Set(errors)] }),
    })}\n`;
    this.waiting.push(line);
    this.waitingBytes += line.length;
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    return this.next(async () => {
      const lines = this.waiting;
      if (lines.length === 0) return;
      this.waiting = [];
      this.waitingBytes = 0;
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const file = path.join(this.folder, `requests-${new Date().toISOString().slice(0, 10)}.log`);
      await appendFile(file, lines.join(''), { mode: 0o600 });
      if (this.dropped > 0) this.logger.warn(`${String(this.dropped)} lines of the technical log were not written.`);
      this.dropped = 0;
    });
  }

  /** Lets go of files that are older than they may be. */
  tidy(now = Date.now()): Promise<void> {
    return this.next(async () => {
      const oldest = new Date(now - this.days * 86_400_000).toISOString().slice(0, 10);
      for (const name of await this.files())
        if ((fileName.exec(name)?.[1] ?? '') < oldest) await rm(path.join(this.folder, name), { force: true });
    });
  }

  /** Removes every line about somebody; gives how many. */
  async forget({ sessions = [], userIds = [], addresses = [] }: Forgotten): Promise<number> {
    const digests = new Set(sessions.map((digest) => digest.toString('hex')));
    const people = new Set(userIds.map(personOf));
    const ips = new Set(addresses);
    for (const name of [...digests, ...people]) {
      this.forgotten.add(name);
      setTimeout(() => this.forgotten.delete(name), deafMilliseconds).unref();
    }
    let gone = 0;
    await this.flush();
    await this.next(async () => {
      for (const name of await this.files())
        gone += await rewrite(path.join(this.folder, name), (line) => {
          const { session, person, ip } = line;
          return !(digests.has(String(session)) || people.has(String(person)) || ips.has(String(ip)));
        });
    });
    return gone;
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.flush();
  }

  private async files(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => [] as string[]);
    return names.filter((name) => fileName.test(name)).sort();
  }

  private next(work: () => Promise<void>): Promise<void> {
    this.work = this.work.then(work).catch((error: unknown) => {
      const code = (error as { code?: unknown } | null)?.code;
      this.logger.warn(
        `The technical log could not be written (${typeof code === 'string' ? code : 'unknown error'}).`,
      );
    });
    return this.work;
  }
}

/** The same digest by which sessions are found, so that a person's lines are found by their sessions. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A person in the log: not their id, which others know, and the same in every line. */
function personOf(userId: string): string {
  return createHash('sha256').update(`technical-log|${userId}`).digest('hex').slice(0, 32);
}

/** Writes a file anew without the lines that do not stay; gives how many went. */
async function rewrite(file: string, stays: (line: Record<string, unknown>) => boolean): Promise<number> {
  const draft = `${file}.part`;
  await rm(draft, { force: true });
  const out = await open(draft, 'wx', 0o600);
  let gone = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      if (stays(parsed(line))) await out.appendFile(`${line}\n`);
      else gone += 1;
    }
    await out.sync();
  } finally {
    await out.close();
  }
  if (gone > 0) await rename(draft, file);
  else await rm(draft, { force: true });
  return gone;
}

/** A line that a power cut left unfinished has nothing that is known. */
function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
