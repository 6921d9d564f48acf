import type {
  ChatSettings,
  ForgetAnswer,
  Identity,
  Prefill,
  Rating,
  SessionAnswer,
  ShownMessage,
} from '../../../libs/widget-protocol/index.js';
import { Entrance } from './entrance.js';
import { HoursWatch } from './hours-watch.js';
import type { Kept } from './kept.js';
import { Outbox, type Outgoing } from './outbox.js';
import type { PageLink } from './page-link.js';
import { plainSettings } from './plain-settings.js';
import { ReadMark } from './read-mark.js';
import { Thread } from './thread.js';
import { ThreadFeed } from './thread-feed.js';
import { TypingSignal } from './typing-signal.js';
import { Refusal, type VisitorApi } from './visitor-api.js';

const hiddenPatience = 60_000;
/** The chat as it stands; what it looks like is told of every change. */
export class Chat {
  settings = plainSettings;
  open = false;
  stands = navigator.onLine;
  theyType = false;
  /** Somebody is there who can answer. */
  online = false;
  verified = false;
  hasThread = false;
  /** What the site has put into the fields. */
  prefill: Prefill = {};
  readonly outbox: Outbox;
  onChange: () => void = () => undefined;
  /** What is new, in words; null before there are any. */
  unreadIn: ((count: number) => string) | null = null;
  readonly thread = new Thread();
  private readonly entrance: Entrance;
  private readonly hours = new HoursWatch(() => this.set());
  private readonly feed: ThreadFeed;
  private readonly mark: ReadMark;
  private readonly typing: TypingSignal;
  private hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: VisitorApi,
    readonly kept: Kept,
    private readonly page: PageLink,
    color: string | undefined,
  ) {
    this.follow(api.settings ?? { ...plainSettings, accentColor: color ?? plainSettings.accentColor });
    this.entrance = new Entrance(
      api,
      page,
      (answer) => this.admitted(answer),
      () => this.set(),
    );
    this.mark = new ReadMark(api, kept);
    api.token = kept.now.token;
    this.feed = new ThreadFeed(api, {
      message: (message) => this.take(message),
      erased: (ids, all) => this.erase(ids, all),
      replaced: (messages) => this.replace(messages),
      typing: (typing) => this.set(() => (this.theyType = typing)),
      online: (online) => this.online !== online && this.set(() => (this.online = online)),
      line: (stands) => this.stands !== stands && this.set(() => (this.stands = stands)),
      over: (refusal) => void (refusal.status === 401 || this.comeBack(refusal)),
    });
    this.outbox = new Outbox(
      api,
      kept,
      () => this.enter(),
      (item, { message }) => this.written(item, message),
      () => this.set(() => this.outbox.sending || this.thread.release()),
    );
    this.typing = new TypingSignal((typing) => void api.typing(typing).catch(() => undefined));
    api.onLost = (refusal) => void this.comeBack(refusal);
    document.addEventListener('visibilitychange', () => this.watch());
    addEventListener('offline', () => this.set(() => (this.stands = false)));
    if (api.token !== null || this.outbox.all.length > 0) void this.tryEnter();
  }

  /** Whether the visitor has written, or is about to. */
  get begun(): boolean {
    return this.hasThread || this.thread.size > 0 || this.outbox.all.length > 0;
  }

  get phase(): Entrance['phase'] {
    return this.entrance.phase;
  }

  get away(): HoursWatch['away'] {
    return this.hours.away;
  }

  /** Is, asks and opens as the settings say. */
  follow(settings: ChatSettings): void {
    this.settings = settings;
    this.hours.follow(settings.hours);
  }

  show(open: boolean): void {
    this.set(() => (this.open = open));
    if (open) {
      void this.tryEnter();
      this.outbox.hurry();
    }
    this.watch();
    this.look();
  }

  /** Who the site says it is. A chat that stands is opened anew, as theirs. */
  async identify(identity: Identity | null): Promise<void> {
    this.entrance.identity = identity;
    await this.entrance.quiet();
    if (this.phase === 'in' || this.api.token !== null) {
      this.entrance.phase = 'new';
      await this.tryEnter();
    }
  }

  send(text: string | null, attachments: Outgoing['attachments']): void {
    this.typing.sent();
    this.outbox.add(text, attachments);
  }

  /** Members see that somebody types, and that they have stopped. */
  types(typing: boolean): void {
    if (this.hasThread && this.phase === 'in') this.typing.types(typing);
  }

  /** A person is asked for. Before the first message there is no thread to ask for one in: then it is asked with it. */
  askPerson(): void {
    this.kept.set({ person: true });
    this.set();
    if (this.hasThread) this.api.handoff().catch(() => this.set(() => this.kept.set({ person: false })));
  }

  /** Whether an answer was of help; null takes it back. */
  async rate(id: string, rating: Rating | null): Promise<void> {
    const before = this.thread.rated(id, rating);
    this.set();
    await this.api.rate(id, rating).catch(() => this.set(() => this.thread.rated(id, before)));
  }

  /** What the visitor is called, and where to write to when they have gone. Throws where the server does not take it. */
  async leaveAddress(name: string, email: string): Promise<void> {
    await this.enter();
    if (name + email !== '')
      this.admitted(await this.api.begin({ ...(name !== '' && { name }), ...(email !== '' && { email }) }));
    this.kept.set({ begun: true, ...(email !== '' && { asked: true }) });
    this.set();
  }

  /** Gives what the server says, null where it knows nobody; throws where it did not come about. */
  async forget(): Promise<ForgetAnswer | null> {
    const { token } = this.api;
    const answer = token === null ? null : await this.api.forget();
    // The line may have said it first; somebody new may be here by now.
    if (answer?.forgotten !== false && this.api.token === token) this.reset();
    return answer;
  }

  /** This browser knows nothing of anybody any more. */
  reset(): void {
    this.feed.stop();
    this.outbox.clear();
    this.kept.clear();
    this.api.leave();
    this.entrance.leave();
    this.thread.clear();
    this.verified = this.hasThread = false;
    this.set();
    if (this.open) void this.tryEnter();
  }

  /** Looks at what is there, where it can be seen. */
  look(): void {
    const last = this.thread.lastAnswer;
    if (last === null || !this.open || document.hidden) return;
    if (this.mark.seen(last, this.phase === 'in')) this.set();
  }

  /** Tells the views, and the page around, how it stands. */
  set(change: () => unknown = () => undefined): void {
    change();
    const { accentColor: color, position: corner, radius } = this.settings;
    const kept = this.kept.forPage;
    const unread = Math.min(this.thread.unreadAfter(this.kept.now.read), 99);
    const since11 = this.unreadIn === null ? {} : { label: this.unreadIn(unread), radius };
    this.page.tell({ type: 'state', unread, kept, color, corner, ...since11 });
    this.onChange();
  }

  private async tryEnter(): Promise<void> {
    try {
      await this.enter();
    } catch (error) {
      if (error instanceof Refusal && error.passes) {
        this.set(() => (this.stands = false));
        setTimeout(() => this.open && this.phase === 'new' && void this.tryEnter(), (error.waitSeconds ?? 5) * 1_000);
      }
    }
  }

  /** Opens a session, once however many ask. */
  enter(): Promise<void> {
    return this.entrance.enter();
  }

  private admitted(answer: SessionAnswer): void {
    const before = this.kept.now.token;
    this.kept.set({ token: answer.visitorToken });
    this.follow(answer.settings);
    this.verified = answer.verified;
    this.hasThread = answer.conversationId !== null;
    this.entrance.phase = 'in';
    this.stands = true;
    // Of somebody who comes to a thread of theirs in a new browser, everything was seen elsewhere.
    if (before === null) this.kept.set({ read: answer.messages.at(-1)?.id ?? null });
    this.feed.stop();
    this.replace(answer.messages);
    if (this.listens) this.feed.follow(answer.cursor);
    else this.feed.restFrom(answer.cursor);
    if (this.open) this.outbox.hurry();
  }

  private async comeBack(refusal: Refusal): Promise<void> {
    if (this.phase !== 'in') return;
    this.entrance.phase = 'new';
    this.feed.stop();
    const { token } = this.kept.refresh();
    if (refusal.status === 401 && token !== null && token !== this.api.token) {
      // Another page of the visitor has got a new one.
      this.api.token = token;
    } else if (refusal.status === 401) {
      // Forgotten, or a year old: what stood here is not the visitor's any more.
      this.api.token = null;
      this.kept.set({ token: null, read: null, person: false, asked: false, begun: false });
      this.thread.clear();
      this.hasThread = false;
    }
    this.set();
    if (this.open) await this.tryEnter();
  }

  private written({ key }: Outgoing, message: ShownMessage): void {
    const first = !this.hasThread;
    this.hasThread = true;
    this.thread.written(key, message);
    if (first && this.kept.now.person) this.askPerson();
    this.watch();
    this.set();
  }

  private take(message: ShownMessage): void {
    const fresh = this.thread.take(message, this.outbox.sending);
    this.hasThread = true;
    if (fresh) this.theyType = false;
    this.set();
    if (fresh) this.page.tell({ type: 'message' });
    this.look();
  }

  private replace(messages: readonly ShownMessage[]): void {
    this.set(() => this.thread.replace(messages));
    this.look();
  }

  private erase(ids: readonly string[], all: boolean): void {
    if (all) return this.reset();
    this.set(() => this.thread.erase(ids));
  }

  /** A page that nobody looks at needs no line; those that are looked at share what a browser has of them. */
  private get listens(): boolean {
    return !document.hidden && this.phase === 'in' && (this.open || this.hasThread);
  }

  private watch(): void {
    clearTimeout(this.hiding);
    if (this.listens) {
      this.feed.follow();
      this.look();
    } else this.hiding = setTimeout(() => this.feed.stop(), hiddenPatience);
  }
}
