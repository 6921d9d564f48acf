import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from './app.js';
import { eventually } from './client.js';

const programs = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'];

/** Debian's IMAP server with one mailbox, in a folder of its own, on loopback. */
export class Dovecot {
  private process: ChildProcess | null = null;
  private numbers = 0;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    readonly port: number,
    private readonly password: string,
  ) {}

  static async start(folder: string, password: string): Promise<Dovecot> {
    const program = programs.find((file) => existsSync(file));
    if (program === undefined)
      throw new Error(
        'Dovecot is not installed, so mails cannot be tried against a real server: apt-get install dovecot-imapd',
      );
    const server = new Dovecot(program, folder, await freePort(), password);
    await mkdir(path.join(folder, 'mail'), { recursive: true });
    await server.configure();
    await server.run();
    return server;
  }

  url(user = 'shop', password = this.password): string {
    return `imap://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${String(this.port)}`;
  }

  /** Puts a mail where a delivery agent would. */
  async deliver(raw: string, box: 'INBOX' | 'Sent' = 'INBOX'): Promise<void> {
    await this.deliverAll([raw], { box });
  }

  /** Puts many there at once, of another person too, or as of another time. */
  async deliverAll(
    raws: readonly string[],
    { box = 'INBOX', user = 'shop', at = new Date() }: { box?: string; user?: string; at?: Date } = {},
  ): Promise<void> {
    const maildir = path.join(this.folder, 'mail', user, box === 'INBOX' ? '' : `.${box}`);
    for (const part of ['tmp', 'new', 'cur']) await mkdir(path.join(maildir, part), { recursive: true });
    for (const raw of raws) {
      this.numbers += 1;
      const name = `${String(Math.floor(at.getTime() / 1_000))}.${String(this.numbers).padStart(6, '0')}.test`;
      const being = path.join(maildir, 'tmp', name);
      await writeFile(being, raw.replace(/\r?\n/g, '\n'));
      // When a mail came is when its file was written.
      await utimes(being, at, at);
      if (process.getuid?.() === 0) await chown(being, ...(await this.owner()));
      await rename(being, path.join(maildir, 'new', name));
    }
    this.own(path.join(this.folder, 'mail'));
  }

  /** Forgets which number each mail has, as a server does that was restored: all are numbered anew, under a new validity. */
  async renumber(user = 'shop'): Promise<void> {
    await this.stop();
    const maildir = path.join(this.folder, 'mail', user);
    for (const name of await readdir(maildir, { recursive: true }))
      if (/dovecot[-.](?:uid|index)/.test(path.basename(name))) await rm(path.join(maildir, name), { force: true });
    await this.run();
  }

  /** The names of all mails with their flags, as the server keeps them. */
  async mails(box: 'INBOX' | 'Sent' = 'INBOX'): Promise<string[]> {
    const maildir = path.join(this.folder, 'mail', 'shop', box === 'INBOX' ? '' : `.${box}`);
    const names = await Promise.all(['new', 'cur'].map((part) => readdir(path.join(maildir, part)).catch(() => [])));
    return names.flat();
  }

  /** Stops it and starts it again, as an update of the machine does. */
  async restart(): Promise<void> {
    await this.stop();
    await this.run();
  }

  async stop(): Promise<void> {
    const { process: running } = this;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
    this.process = null;
  }

  private async run(): Promise<void> {
    const running = spawn(this.program, ['-F', '-c', path.join(this.folder, 'dovecot.conf')], { stdio: 'ignore' });
    this.process = running;
    await eventually(async () => {
      if (running.exitCode !== null) throw new Error(`Dovecot ended with ${String(running.exitCode)}.`);
      const { createConnection } = await import('node:net');
      return new Promise<true | null>((resolve) => {
        const socket = createConnection(this.port, '127.0.0.1');
        socket.once('data', () => (socket.destroy(), resolve(true)));
        socket.once('error', () => resolve(null));
      });
    }, 15_000);
  }

  private async configure(): Promise<void> {
    const root = process.getuid?.() === 0;
    const user = root ? 'nobody' : userInfo().username;
    const group = execFileSync('id', ['-gn', user]).toString().trim();
    const lines = [
      'protocols = imap',
      'listen = 127.0.0.1',
      `base_dir = ${this.folder}/run`,
      `state_dir = ${this.folder}/state`,
      `log_path = ${this.folder}/dovecot.log`,
      'ssl = no',
      'disable_plaintext_auth = no',
      'auth_mechanisms = plain login',
      'auth_failure_delay = 0',
      'mail_max_userip_connections = 50',
      ...(root
        ? []
        : [`default_login_user = ${user}`, `default_internal_user = ${user}`, `default_internal_group = ${group}`]),
      'first_valid_uid = 1',
      'first_valid_gid = 1',
      `mail_location = maildir:${this.folder}/mail/%u`,
      'passdb {\n  driver = static\n  args = password=' + this.password + '\n}',
      `userdb {\n  driver = static\n  args = uid=${user} gid=${group} home=${this.folder}/mail/%u\n}`,
      'namespace inbox {\n  inbox = yes\n  separator = /\n  mailbox Sent {\n    auto = create\n    special_use = \\Sent\n  }\n}',
      `service imap-login {\n  ${root ? '' : 'chroot =\n  '}inet_listener imap {\n    port = ${String(this.port)}\n  }\n  inet_listener imaps {\n    port = 0\n  }\n}`,
      ...(root ? [] : ['service anvil {\n  chroot =\n}']),
    ];
    await writeFile(path.join(this.folder, 'dovecot.conf'), `${lines.join('\n')}\n`);
    this.own(path.join(this.folder, 'mail'));
    if (root) execFileSync('chmod', ['755', this.folder, path.dirname(this.folder)]);
  }

  private async owner(): Promise<[number, number]> {
    const { uid, gid } = await stat(path.join(this.folder, 'mail'));
    return [uid, gid];
  }

  private own(folder: string): void {
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'nobody', folder]);
  }
}
