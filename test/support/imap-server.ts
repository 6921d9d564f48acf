import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** A mail in a folder of the pretend mailbox. */
export interface KeptMail {
  readonly uid: number;
  readonly raw: Buffer;
  readonly at: Date;
  flags: string;
}
interface Folder {
  readonly mails: KeptMail[];
  validity: number;
  next: number;
}

/** What happens to connections: nobody is let in, nobody is let in now, or nothing is answered. */
export type ImapTrouble = 'refuses' | 'not now' | 'silent';

/**
 * A small IMAP server on loopback with one mailbox: as much of the protocol as a client speaks that reads mails and puts copies
 * of its own beside them. A client can mark mails and no more; whatever it said can be looked at afterwards.
 */
export class ImapServer {
  readonly commands: string[] = [];
  trouble: ImapTrouble | null = null;
  password = 'a pass%word "1"';
  /** Whether it tells of new mail by itself. */
  idles = true;
  /** What happens to the next mail that a client puts somewhere: it is refused, or taken and not confirmed. */
  nextAppend: 'refused' | 'cut' | null = null;
  /** What other programs do to other mails is told before each answer. */
  busy = false;
  private readonly folders = new Map<string, Folder>();
  private readonly sessions = new Set<Session>();

  private constructor(private readonly server: Server) {
    for (const name of ['INBOX', 'Sent Items']) this.folders.set(name, { mails: [], validity: 7, next: 1 });
  }

  static async start(): Promise<ImapServer> {
    const server = createServer();
    const imap = new ImapServer(server);
    server.on('connection', (socket) => {
      const session = new Session(socket, imap);
      imap.sessions.add(session);
      socket.on('error', () => undefined);
      socket.on('close', () => imap.sessions.delete(session));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return imap;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many are connected. */
  get connections(): number {
    return this.sessions.size;
  }

  url(user = 'shop', password = this.password): string {
    return `imap://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${String(this.port)}`;
  }

  folder(name = 'INBOX'): Folder {
    const folder = this.folders.get(name);
    if (folder === undefined) throw new Error(`There is no folder ${name}.`);
    return folder;
  }

  /** Puts a mail into a folder, and tells whoever waits for it. */
  deliver(raw: string | Buffer, name = 'INBOX', at = new Date(), flags = ''): KeptMail {
    const folder = this.folder(name);
    const text = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw;
    const mail = { uid: folder.next, raw: text, at, flags };
    folder.next += 1;
    folder.mails.push(mail);
    if (this.idles) for (const session of this.sessions) session.tell(name, folder.mails.length);
    return mail;
  }

  /** Numbers everything anew, as a server does that was restored from a backup. */
  renumber(name = 'INBOX'): void {
    const folder = this.folder(name);
    const mails = folder.mails.splice(0).map((mail, index) => ({ ...mail, uid: index + 1 }));
    folder.mails.push(...mails);
    folder.validity += 1;
    folder.next = mails.length + 1;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const session of this.sessions) session.end();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }
}

class Session {
  private text = Buffer.alloc(0);
  private selected: string | null = null;
  private idle: string | null = null;
  /** How many mails of the folder it was told of. */
  private told = 0;

  constructor(
    private readonly socket: Socket,
    private readonly imap: ImapServer,
  ) {
    if (imap.trouble !== 'silent') this.say('* OK ready');
    socket.on('data', (chunk: Buffer) => {
      this.text = Buffer.concat([this.text, chunk]);
      this.readLines();
    });
  }

  tell(folder: string, count: number): void {
    if (this.idle === null || this.selected !== folder || this.told === count) return;
    this.told = count;
    this.say(`* ${String(count)} EXISTS`);
  }

  end(): void {
    this.socket.destroy();
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`);
  }

  private readLines(): void {
    for (;;) {
      const text = this.text.toString('latin1');
      // A literal counts its bytes, and belongs to the line that announces it.
      const literal = /^[^\r\n]*\{(\d+)\}\r\n/.exec(text);
      let line: string;
      if (literal !== null) {
        const head = literal[0].length;
        const size = Number(literal[1]);
        if (text.length === head) this.say('+ go on');
        const end = text.indexOf('\r\n', head + size);
        if (end < 0) return;
        const value = text.slice(head, head + size);
        line = `${literal[0].replace(/\{\d+\}\r\n$/, '')}"${value.replace(/["\\]/g, '\\$&')}"${text.slice(head + size, end)}`;
        this.text = this.text.subarray(end + 2);
      } else {
        const end = text.indexOf('\r\n');
        if (end < 0) return;
        line = text.slice(0, end);
        this.text = this.text.subarray(end + 2);
      }
      if (this.imap.trouble !== 'silent') this.command(line);
    }
  }

  private command(line: string): void {
    if (line.toUpperCase() === 'DONE') {
      this.say(`${this.idle ?? '*'} OK done`);
      this.idle = null;
      return;
    }
    const [, tag = '*', uid = '', verb = '', rest = ''] = /^(\S+) (UID )?(\S+) ?(.*)$/is.exec(line) ?? [];
    const name = `${uid}${verb}`.toUpperCase();
    this.imap.commands.push(name === 'LOGIN' ? name : `${name} ${rest}`.trim().slice(0, 500));
    const ok = (words = 'done') => this.say(`${tag} OK ${words}`);
    switch (name) {
      case 'CAPABILITY':
        this.say(`* CAPABILITY IMAP4rev1 SPECIAL-USE${this.imap.idles ? ' IDLE' : ''}`);
        return ok();
      case 'LOGIN':
        return this.login(tag, rest);
      case 'LIST':
      case 'XLIST':
        if (!rest.endsWith('""')) {
          this.say('* LIST (\\HasNoChildren) "/" "INBOX"');
          this.say('* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"');
        } else this.say('* LIST (\\Noselect) "/" ""');
        return ok();
      case 'LSUB':
      case 'NOOP':
        return ok();
      case 'STATUS': {
        const path = pathIn(rest);
        const { next, validity, mails } = this.imap.folder(path);
        this.say(
          `* STATUS "${path}" (MESSAGES ${String(mails.length)} UIDNEXT ${String(next)} UIDVALIDITY ${String(validity)})`,
        );
        return ok();
      }
      case 'SELECT':
      case 'EXAMINE': {
        const path = pathIn(rest);
        const { next, validity, mails } = this.imap.folder(path);
        this.selected = path;
        this.told = mails.length;
        this.say('* FLAGS (\\Seen)');
        this.say(`* OK [PERMANENTFLAGS ${name === 'EXAMINE' ? '()' : '(\\Seen)'}] flags`);
        this.say(`* ${String(mails.length)} EXISTS`);
        this.say(`* OK [UIDVALIDITY ${String(validity)}] valid`);
        this.say(`* OK [UIDNEXT ${String(next)}] next`);
        return ok(name === 'EXAMINE' ? '[READ-ONLY] done' : '[READ-WRITE] done');
      }
      case 'APPEND':
        return this.append(tag, rest);
      case 'UID SEARCH':
        this.say(`* SEARCH ${this.search(rest).join(' ')}`.trimEnd());
        return ok();
      case 'UID FETCH':
        if (this.imap.busy) this.say(`* 1 FETCH (UID ${String(this.mails[0]?.uid ?? 1)} FLAGS (\\Seen))`);
        this.fetch(rest);
        return ok();
      case 'UID STORE':
        this.mark(rest);
        return ok();
      case 'CLOSE':
        this.selected = null;
        return ok();
      case 'IDLE':
        this.idle = tag;
        this.say('+ idling');
        // What came between two commands is told with the next one.
        return this.selected === null ? undefined : this.tell(this.selected, this.mails.length);
      case 'LOGOUT':
        this.say('* BYE');
        ok();
        return this.end();
      default:
        return this.say(`${tag} BAD ${name} is not known here`);
    }
  }

  private login(tag: string, rest: string): void {
    const [user = '', password = ''] = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
      (quoted ?? plain ?? '').replace(/\\(.)/g, '$1'),
    );
    if (this.imap.trouble === 'not now') return this.say(`${tag} NO [UNAVAILABLE] try later`);
    if (this.imap.trouble === 'refuses' || user !== 'shop' || password !== this.imap.password)
      return this.say(`${tag} NO [AUTHENTICATIONFAILED] PROVIDER TEXT`);
    this.say(`${tag} OK welcome`);
  }

  private append(tag: string, rest: string): void {
    const [, name = '', flags = '', at, raw = ''] =
      /^(?:"([^"]*)"|\S+)(?: \(([^)]*)\))?(?: "([^"]*)")? "(.*)"$/s.exec(rest) ?? [];
    const { nextAppend } = this.imap;
    this.imap.nextAppend = null;
    if (nextAppend === 'refused') return this.say(`${tag} NO PROVIDER TEXT`);
    const bytes = Buffer.from(raw.replace(/\\(["\\])/g, '$1'), 'latin1');
    this.imap.deliver(bytes, name, at === undefined ? new Date() : new Date(at), flags);
    if (nextAppend === 'cut') return this.end();
    this.say(`${tag} OK done`);
  }

  private get mails(): readonly KeptMail[] {
    return this.selected === null ? [] : this.imap.folder(this.selected).mails;
  }

  private search(query: string): number[] {
    const { mails } = this;
    const range = /UID (\d+):\*/i.exec(query);
    if (range !== null) {
      const from = Number(range[1]);
      const found = mails.filter(({ uid }) => uid >= from);
      // As RFC 3501 has it: a range that begins above the last one gives the last one.
      return (found.length > 0 ? found : mails.slice(-1)).map(({ uid }) => uid);
    }
    const since = /SINCE (\S+)/i.exec(query);
    if (since !== null) {
      const day = new Date(`${(since[1] ?? '').replace(/"/g, '')} 00:00:00 +0000`);
      return mails.filter(({ at }) => at >= day).map(({ uid }) => uid);
    }
    const named = /HEADER "?MESSAGE-ID"? "?([^"]+)"?/i.exec(query);
    if (named !== null)
      return mails.filter(({ raw }) => raw.toString('latin1').includes(named[1] ?? '')).map(({ uid }) => uid);
    if (/\bUNSEEN\b/i.test(query)) return mails.filter(({ flags }) => !/\\Seen/i.test(flags)).map(({ uid }) => uid);
    return mails.map(({ uid }) => uid);
  }

  private mark(query: string): void {
    const [, uid = '', flags = ''] = /^(\d+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)$/i.exec(query) ?? [];
    for (const mail of this.mails) if (String(mail.uid) === uid) mail.flags = `${mail.flags} ${flags}`.trim();
  }

  private fetch(query: string): void {
    const [, uids = '', items = ''] = /^([\d,]+) (.*)$/is.exec(query) ?? [];
    for (const uid of uids.split(',')) this.fetchOne(uid, items);
  }

  private fetchOne(uid: string, items: string): void {
    const index = this.mails.findIndex((mail) => String(mail.uid) === uid);
    const mail = this.mails[index];
    if (mail === undefined) return;
    const part = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(items);
    const head = `* ${String(index + 1)} FETCH (UID ${uid} RFC822.SIZE ${String(mail.raw.length)} INTERNALDATE "${dateOf(mail.at)}"`;
    if (part === null) return this.say(`${head})`);
    const [, start, most] = part;
    const body = start === undefined ? mail.raw : mail.raw.subarray(Number(start), Number(start) + Number(most));
    const name = start === undefined ? 'BODY[]' : `BODY[]<${start}>`;
    this.socket.write(
      Buffer.concat([Buffer.from(`${head} ${name} {${String(body.length)}}\r\n`), body, Buffer.from(')\r\n')]),
    );
  }
}

/** As IMAP writes a time: 02-Mar-2026 10:00:00 +0000. */
function dateOf(at: Date): string {
  const [, day = '', month = '', year = '', time = ''] = /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(at.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}

function pathIn(rest: string): string {
  const [, quoted, plain] = /^(?:"([^"]*)"|(\S+))/.exec(rest) ?? [];
  return quoted ?? plain ?? '';
}
