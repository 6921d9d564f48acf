import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Config } from '../config/index.js';
import type { RenderedMail } from './render-mail.js';

/** A mail with its address. The id makes its Message-ID: the same at every try, so that a repeat is seen to be one. */
export interface Letter extends RenderedMail {
  readonly id: string;
  readonly to: string;
  readonly template: string;
  readonly createdAt: Date;
  /** The workspace that it is from; null where none is. */
  readonly workspaceId: string | null;
}

/** The post did not take a mail. `definite`: it never will. The reason names no one. */
export class PostError extends Error {
  constructor(
    readonly reason: string,
    readonly definite: boolean,
    cause: unknown,
  ) {
    super(reason, { cause });
    this.name = 'PostError';
  }
}

const times = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
} as const;
const keepFilesDays = 7;
const fromWorkspace = 'X-Parley-Workspace';
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Hands mails to the mail server that SMTP_URL names; without one, writes them under DATA_DIR/mail. */
@Injectable()
export class Post {
  private readonly logger = new Logger('Mail');
  private readonly folder: string;
  private readonly from: string;
  private readonly domain: string;
  private readonly smtp: { readonly url: string } | null;
  private transporter: Promise<Transporter> | null = null;

  constructor(config: Config) {
    const { SMTP_URL: url, MAIL_FROM: from } = config.environment;
    this.folder = config.mailFolder;
    this.domain = new URL(config.publicUrl).hostname;
    this.from = from ?? `Parley <no-reply@${this.domain}>`;
    this.smtp = url === undefined ? null : smtpOptions(url, config.production);
  }

  /** Sends it, or writes it; throws a PostError where the post did not take it. */
  async send(letter: Letter): Promise<void> {
    const { to, subject, text, html, headers, id, createdAt, workspaceId } = letter;
    const mail = {
      from: this.from,
      // As an object it is one address, whatever signs are in it.
      to: { name: '', address: to },
      subject,
      text,
      html,
      // In a file, it says whose it is to erase.
      headers: { ...headers, ...(this.smtp === null && workspaceId !== null && { [fromWorkspace]: workspaceId }) },
      date: createdAt,
      messageId: `<${id}@${this.domain}>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    const transporter = await (this.transporter ??= this.open());
    if (this.smtp === null) {
      const { message } = (await transporter.sendMail(mail)) as unknown as { message: Buffer };
      await this.write(letter, message);
      return;
    }
    await transporter.sendMail(mail).catch((error: unknown) => {
      throw asPostError(error);
    });
  }

  /** Of what was written for this workspace, removes what `concerns`, by all that it says and to whom. Gives how many. */
  async forget(workspaceId: string, concerns: (content: string) => boolean): Promise<number> {
    let forgotten = 0;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const file = path.join(this.folder, name);
      const raw = await readFile(file).catch(() => null);
      if (raw?.includes(`${fromWorkspace}: ${workspaceId}`) !== true) continue;
      const { default: PostalMime } = await import('postal-mime');
      const { to, subject, text, html } = await PostalMime.parse(raw);
      if (!concerns(JSON.stringify({ to, subject, text, html }))) continue;
      await rm(file, { force: true });
      // It may have got its last name since it was read.
      await rm(file.replace(/\.part$/, ''), { force: true });
      forgotten += 1;
    }
    return forgotten;
  }

  // The library is loaded with the first mail, so that a process which sends none starts sooner.
  private async open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    return this.smtp === null
      ? createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
      : createTransport({ ...this.smtp, ...times });
  }

  private async write({ id, template, createdAt, subject }: Letter, message: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const time = createdAt
      .toISOString()
      .replace(/\.\d+Z$/, '')
      .replaceAll(':', '-');
    const file = path.join(this.folder, `${time}-${template}-${id}.eml`);
    await writeFile(`${file}.part`, message, { mode: 0o600 });
    await rename(`${file}.part`, file);
    this.logger.log(`No SMTP_URL is set: the mail "${subject}" was written to ${file}`);
    await this.forgetOld().catch(() => undefined);
  }

  private async forgetOld(): Promise<void> {
    const oldest = Date.now() - keepFilesDays * 24 * 3_600_000;
    for (const name of await readdir(this.folder)) {
      const file = path.join(this.folder, name);
      if (/\.(?:eml|part)$/.test(name) && (await stat(file)).mtimeMs < oldest) await rm(file, { force: true });
    }
  }
}

/** In production a mail server that is elsewhere must offer encryption, unless the URL says `?requireTLS=false`. */
function smtpOptions(url: string, production: boolean): { url: string } {
  const parsed = new URL(url);
  const near = parsed.protocol === 'smtps:' || loopback.has(parsed.hostname);
  if (production && !near && !parsed.searchParams.has('requireTLS')) parsed.searchParams.set('requireTLS', 'true');
  return { url: parsed.href };
}

/** A server's answer may quote the address, so that of it only the number is kept. */
function asPostError(error: unknown): PostError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const answer = typeof responseCode === 'number' ? responseCode : null;
  const name = typeof code === 'string' ? code : 'unknown';
  // A refusal to let us in at all says nothing of the mail: the operator will mend it.
  const ofUs =
    name === 'EAUTH' || name === 'ETLS' || (answer !== null && [421, 454, 530, 534, 535, 538].includes(answer));
  const definite = !ofUs && answer !== null && answer >= 500;
  return new PostError(answer === null ? name : `${name} ${String(answer)}`, definite, error);
}
