import type { Rating, ShownAttachment, ShownMessage } from '../../../../libs/widget-protocol/index.js';
import type { Outgoing } from '../outbox.js';
import type { Language } from '../words/index.js';
import { el, hidden, icon, outLink } from './element.js';
import { linkedText } from './linked-text.js';

/** A line of the thread: what the server has, or what is on its way there. */
export interface Row {
  readonly key: string;
  readonly author: ShownMessage['author'];
  readonly text: string | null;
  readonly attachments: readonly ShownAttachment[];
  readonly names: readonly string[];
  readonly at: Date;
  readonly deleted: boolean;
  readonly edited: boolean;
  /** What can be answered with one press. */
  readonly answers: readonly string[];
  /** What a machine's answer rests on. */
  readonly sources: ShownMessage['sources'];
  readonly rating: Rating | null;
  readonly hold: Outgoing['hold'] | null;
  readonly end: Outgoing['end'];
  /** The first, and the last, of several of one author that follow one another. */
  readonly leads: boolean;
  readonly ends: boolean;
}

/** What can be done with a line: with something that was not sent, and with an answer. */
export interface RowActions {
  rate(key: string, rating: Rating | null): void;
  again(key: string): void;
  drop(key: string): void;
  choose(answer: string): void;
}

/** One message, and what there is to do with it. */
export class MessageRow {
  readonly element = el('div');
  private readonly thumbs = new Map<Rating, HTMLButtonElement>();
  private body = '';
  private foot = '';

  constructor(
    private readonly language: Language,
    private readonly actions: RowActions,
  ) {}

  /** Touches only what is different: whoever hears the page is told of nothing twice. */
  update(row: Row): void {
    const { author, deleted, text, attachments, names, answers, leads, ends, hold, end, edited, sources, rating } = row;
    const body = JSON.stringify([author, deleted, text, attachments, names, answers, leads, sources]);
    const foot = JSON.stringify([hold, end, edited, ends]);
    this.element.className = [
      'row',
      author === 'visitor' ? 'mine' : 'theirs',
      author,
      leads ? 'leads' : '',
      ends ? 'ends' : '',
      hold === null ? '' : 'held',
    ]
      .filter(Boolean)
      .join(' ');
    if (body !== this.body || foot !== this.foot) this.element.replaceChildren(...this.parts(row));
    for (const [which, button] of this.thumbs) button.ariaPressed = String(which === rating);
    this.body = body;
    this.foot = foot;
  }

  private parts(row: Row): Node[] {
    const { words } = this.language;
    const { author, deleted, text, attachments, names, answers, leads, sources } = row;
    const parts: Node[] = [];
    if (author === 'visitor') parts.push(hidden(`${words.you}: `));
    else if (author !== 'system') {
      const who = el('p', { className: leads ? 'who' : 'hidden' }, author === 'ai' ? icon('spark') : null);
      who.append(author === 'ai' ? words.ai : words.person);
      parts.push(who);
    }
    const said = deleted
      ? words.deleted
      : (text ?? (attachments.length + names.length === 0 ? words.unshowable : null));
    if (said !== null)
      parts.push(
        el('p', { className: deleted || text === null ? 'bubble faint' : 'bubble', dir: 'auto' }, ...linkedText(said)),
      );
    for (const attachment of attachments) parts.push(this.attachment(attachment));
    for (const name of names) parts.push(el('p', { className: 'file', dir: 'auto' }, icon('file'), name));
    if (sources.length > 0) parts.push(this.sources(sources));
    if (answers.length > 0) {
      const choose = (answer: string) => () => this.actions.choose(answer);
      const buttons = answers.map((answer) =>
        el('button', { type: 'button', dir: 'auto', textContent: answer, onclick: choose(answer) }),
      );
      parts.push(el('p', { className: 'answers' }, ...buttons));
    }
    const foot = this.footer(row);
    if (foot !== null) parts.push(foot);
    this.thumbs.clear();
    if (author === 'ai' && !deleted) parts.push(this.rating(row));
    return parts;
  }

  /** What the answer rests on: pages to look it up in, and what has no page by its name. */
  private sources(sources: Row['sources']): HTMLElement {
    const { words } = this.language;
    const shown = sources.map(({ title, url }) =>
      el('li', { dir: 'auto' }, url === null ? title : outLink(url, title, words.opensNew)),
    );
    return el('div', { className: 'sources' }, el('p', { textContent: words.sources }), el('ul', {}, ...shown));
  }

  /** Pressed once more it is taken back. */
  private rating({ key }: Row): HTMLElement {
    const { words } = this.language;
    const thumb = (which: Rating, name: string) => {
      const button = el(
        'button',
        { type: 'button', className: `round ${which.toLowerCase()}`, title: name },
        icon('thumb'),
        hidden(name),
      );
      button.onclick = () => this.actions.rate(key, button.ariaPressed === 'true' ? null : which);
      this.thumbs.set(which, button);
      return button;
    };
    return el('div', { className: 'thumbs' }, thumb('UP', words.helpful), thumb('DOWN', words.unhelpful));
  }

  private attachment({ kind, name, status, url, size }: ShownAttachment): HTMLElement {
    const { words } = this.language;
    const shown = name ?? words.file;
    if (url === null || !/^https?:/.test(url)) {
      const state = status === 'PENDING' ? words.preparing : words.unshowable;
      return el('p', { className: 'file faint', dir: 'auto' }, icon('file'), `${shown} · ${state}`);
    }
    const link = { href: url, target: '_blank', rel: 'noopener nofollow noreferrer' };
    if (kind === 'IMAGE' && sameOrigin(url))
      return el(
        'a',
        { ...link, className: 'picture' },
        el('img', { src: url, alt: shown, loading: 'lazy', width: 240, height: 180 }),
      );
    const weight =
      size === null ? null : el('span', { className: 'weight', textContent: weigh(size, this.language.tag) });
    return el(
      'a',
      { ...link, className: 'file', dir: 'auto' },
      icon('file'),
      el('span', { textContent: shown }),
      weight,
    );
  }

  private footer({ key, hold, end, at, ends, edited }: Row): HTMLElement | null {
    const { words, tag } = this.language;
    if (hold === 'refused') {
      const again = el('button', {
        type: 'button',
        textContent: words.tryAgain,
        onclick: () => this.actions.again(key),
      });
      const drop = el('button', { type: 'button', textContent: words.dropped, onclick: () => this.actions.drop(key) });
      const why = end === 'closed' ? words.closed : end === 'file' ? words.fileGone : null;
      const said = why === null ? [words.notSent, ' ', again] : [`${words.notSent} ${why}`];
      return el('p', { className: 'foot bad' }, ...said, ' ', drop);
    }
    if (hold !== null) {
      const why = { sending: words.sending, waiting: words.waiting, slower: words.slower }[hold];
      return el('p', { className: 'foot', textContent: why });
    }
    if (!ends && !edited) return null;
    const time = el('time', {
      dateTime: at.toISOString(),
      textContent: at.toLocaleTimeString(tag, { timeStyle: 'short' }),
    });
    return el('p', { className: 'foot' }, time, edited ? ` · ${words.edited}` : null);
  }
}

function sameOrigin(url: string): boolean {
  return URL.parse(url)?.origin === location.origin;
}

function weigh(bytes: number, tag: string): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
