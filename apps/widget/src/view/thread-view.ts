import type { Chat } from '../chat.js';
import type { Language } from '../words/index.js';
import { el, icon } from './element.js';
import { MessageRow, type Row } from './message-row.js';

const together = 5 * 60_000;
const nearEnd = 80;

/** The thread, which stays where its reader is and follows whoever is at its end. */
export class ThreadView {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly greeting = el('p', { className: 'bubble', dir: 'auto' });
  private readonly typing: HTMLElement;
  private readonly fresh: HTMLButtonElement;
  private readonly rows = new Map<string, MessageRow>();
  private readonly days = new Map<string, HTMLElement>();
  private last = '';

  constructor(
    private readonly chat: Chat,
    private readonly language: Language,
    /** What stands below the messages. */
    ...below: readonly HTMLElement[]
  ) {
    const { words } = language;
    this.log = el('div', { role: 'log', className: 'log', ariaLabel: words.messages, ariaLive: 'polite' });
    this.typing = el('p', { className: 'typing', role: 'status' });
    this.fresh = el(
      'button',
      { type: 'button', className: 'fresh', hidden: true, onclick: () => this.toEnd() },
      icon('down'),
      words.fresh,
    );
    const scroller = el('div', { className: 'scroller', tabIndex: 0, role: 'group', ariaLabel: words.messages });
    scroller.append(this.log, this.typing, ...below);
    scroller.addEventListener('scroll', () => (this.fresh.hidden ||= this.isAtEnd), { passive: true });
    // What grows, such as a picture, or a keyboard that takes half the room, moves nobody off the end.
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(scroller);
    this.scroller = scroller;
    this.element = el('div', { className: 'thread' }, scroller, this.fresh);
  }

  private readonly scroller: HTMLElement;
  private wasAtEnd = true;

  update(): void {
    const atEnd = this.isAtEnd;
    const rows = this.all();
    const order: HTMLElement[] = [];
    const { greeting } = this.chat.settings;
    if (greeting !== '') {
      if (this.greeting.textContent !== greeting) this.greeting.textContent = greeting;
      order.push((this.greetingRow ??= el('div', { className: 'row theirs person leads ends' }, this.greeting)));
    }
    let day = '';
    for (const row of rows) {
      const on = row.at.toLocaleDateString(this.language.tag);
      if (on !== day) order.push(this.day(on, row.at));
      day = on;
      order.push(this.row(row));
    }
    this.place(order);
    const known = new Set(rows.map(({ key }) => key));
    for (const key of this.rows.keys()) if (!known.has(key)) this.rows.delete(key);
    const typing = this.chat.theyType ? this.language.words.typing : '';
    if (this.typing.dataset['said'] !== typing) {
      this.typing.dataset['said'] = typing;
      this.typing.replaceChildren(
        ...(typing === ''
          ? []
          : [
              el('span', { className: 'dots', ariaHidden: 'true' }, el('i'), el('i'), el('i')),
              el('span', { className: 'hidden', textContent: typing }),
            ]),
      );
    }
    const newest = rows.at(-1);
    const moved = newest !== undefined && newest.key !== this.last;
    if (atEnd || (moved && newest.author === 'visitor')) this.toEnd();
    else if (moved && this.last !== '') this.fresh.hidden = false;
    this.last = newest?.key ?? '';
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.fresh.hidden = true;
    this.wasAtEnd = true;
  }

  private greetingRow: HTMLElement | undefined;

  private get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.wasAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    return this.wasAtEnd;
  }

  /** Nodes that stand right already are not moved: a screen reader would read them again. */
  private place(order: readonly HTMLElement[]): void {
    const wanted = new Set<Element>(order);
    for (const child of [...this.log.children]) if (!wanted.has(child)) child.remove();
    order.forEach((node, index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] ?? null);
    });
  }

  private row(row: Row): HTMLElement {
    let view = this.rows.get(row.key);
    if (view === undefined) {
      const { outbox } = this.chat;
      view = new MessageRow(this.language, {
        again: (key) => outbox.again(key),
        drop: (key) => outbox.drop(key),
        choose: (answer) => this.choose(answer),
        rate: (key, rating) => void this.chat.rate(key, rating),
      });
      this.rows.set(row.key, view);
    }
    view.update(row);
    return view.element;
  }

  /** The button that was pressed goes, and the focus with it: it stays in the thread. */
  private choose(answer: string): void {
    this.chat.send(answer, []);
    this.scroller.focus({ preventScroll: true });
  }

  private day(on: string, at: Date): HTMLElement {
    const { tag, words } = this.language;
    const now = new Date();
    const before = new Date(now);
    before.setDate(now.getDate() - 1);
    const said =
      on === now.toLocaleDateString(tag)
        ? words.today
        : on === before.toLocaleDateString(tag)
          ? words.yesterday
          : at.toLocaleDateString(tag, { dateStyle: 'long' });
    const node = this.days.get(on) ?? el('p', { className: 'day' });
    if (node.textContent !== said) node.textContent = said;
    this.days.set(on, node);
    return node;
  }

  private all(): Row[] {
    const { outbox, thread } = this.chat;
    const { messages, shownAs } = thread;
    const sent = messages.map(
      ({ id, author, text, attachments, quickReplies, sentAt, deleted, editedAt, ...more }) => ({
        key: shownAs.get(id) ?? id,
        author,
        text,
        attachments,
        names: [],
        answers: quickReplies,
        sources: more.sources,
        rating: more.rating,
        at: new Date(sentAt),
        deleted,
        edited: editedAt !== null && !deleted,
        hold: null,
        end: null,
      }),
    );
    // What the server has already is not shown twice while it is asked.
    const arrived = new Set(messages.filter(({ from }) => from === 'visitor').map(({ text }) => text));
    const waiting = outbox.all.filter(({ restored, text }) => !restored || text === null || !arrived.has(text));
    const unsent = waiting.map(({ key, text, attachments, at, hold, end }) => ({
      key,
      author: 'visitor' as const,
      text,
      attachments: [],
      answers: [],
      sources: [],
      rating: null,
      names: attachments.map(({ name }) => name),
      at: new Date(at),
      deleted: false,
      edited: false,
      hold,
      end,
    }));
    const rows = [...sent, ...unsent];
    const joined = (one: (typeof rows)[number] | undefined, next: (typeof rows)[number] | undefined) =>
      one !== undefined &&
      next !== undefined &&
      one.author === next.author &&
      next.at.getTime() - one.at.getTime() < together;
    return rows.map((row, index) => ({
      ...row,
      // What was asked last can be answered; whoever goes on has answered, or does not want to.
      answers: index === rows.length - 1 ? row.answers : [],
      leads: !joined(rows[index - 1], row),
      ends: !joined(row, rows[index + 1]),
    }));
  }
}
