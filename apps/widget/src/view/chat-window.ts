import { paletteOf } from '../../../../libs/chat-colours/index.js';
import type { Hello, Prefill } from '../../../../libs/widget-protocol/index.js';
import type { Chat } from '../chat.js';
import type { VisitorApi } from '../visitor-api.js';
import type { Language } from '../words/index.js';
import { AddressCard } from './address-card.js';
import { Composer } from './composer.js';
import { DataDialog } from './data-dialog.js';
import { el, hidden, icon, outLink } from './element.js';
import { FirstCard } from './first-card.js';
import { ThreadView } from './thread-view.js';

/** The whole chat as it is seen, in one language. */
export class ChatWindow {
  private readonly composer: Composer;
  private readonly thread: ThreadView;
  private readonly card: AddressCard;
  private readonly first: FirstCard;
  private readonly dialog: DataDialog;
  private readonly line: HTMLElement;
  private readonly person: HTMLButtonElement;
  private readonly comes: HTMLElement;
  private readonly badge: HTMLElement;
  private readonly privacy: HTMLAnchorElement;
  private readonly refused: HTMLElement;
  private readonly main: HTMLElement;
  private readonly mark = el('span', { className: 'mark', ariaHidden: 'true' });
  private readonly subtitle = el('p');

  constructor(
    private readonly chat: Chat,
    api: VisitorApi,
    private readonly language: Language,
    private readonly said: Partial<Pick<Hello, 'askFirst' | 'theme'>>,
    private readonly close: () => void,
  ) {
    const { words } = language;
    this.composer = new Composer(chat, api, words);
    this.card = new AddressCard(chat, words, () => this.composer.field.focus());
    this.first = new FirstCard(chat, words, said.askFirst ?? false, () => this.composer.field.focus());
    this.thread = new ThreadView(chat, language, this.card.element, this.first.element);
    this.dialog = new DataDialog(chat, words);
    this.line = el('p', { className: 'offline', role: 'status' });
    this.refused = el('p', { className: 'refused', role: 'alert', hidden: true, textContent: words.notAllowed });
    this.person = el(
      'button',
      { type: 'button', className: 'ask-person', onclick: () => this.askPerson() },
      icon('person'),
      words.askPerson,
    );
    this.comes = el('p', { className: 'comes', role: 'status' });
    this.badge = el('span', { hidden: true }, outLink('/', words.powered, words.opensNew));
    this.privacy = outLink(chat.settings.privacyUrl, words.privacy, words.opensNew);
    const title = el('h1', { id: 'title', textContent: words.title });
    const header = el(
      'header',
      {},
      this.mark,
      el('div', {}, title, this.subtitle),
      el(
        'button',
        {
          type: 'button',
          className: 'round',
          title: words.more,
          ariaHasPopup: 'dialog',
          onclick: () => this.dialog.show(),
        },
        icon('more'),
        hidden(words.more),
      ),
      el(
        'button',
        { type: 'button', className: 'round', title: words.close, onclick: close },
        icon('close'),
        hidden(words.close),
      ),
    );
    this.main = el(
      'div',
      { role: 'dialog', ariaLabel: words.title, className: 'window' },
      header,
      this.line,
      this.refused,
      this.thread.element,
      el('div', { className: 'help' }, this.person, this.comes),
      this.composer.element,
      el('footer', {}, this.badge, this.privacy),
    );
    this.listen();
  }

  /** Puts it in place of what was shown. */
  mount(): void {
    const { tag, direction, words } = this.language;
    document.documentElement.lang = tag;
    document.documentElement.dir = direction;
    document.title = words.title;
    document.body.replaceChildren(this.main, this.dialog.element);
    this.update();
    this.composer.fit();
    this.thread.toEnd();
  }

  update(): void {
    const { chat, language } = this;
    const { settings, stands, phase, kept } = chat;
    const { style, dataset } = document.documentElement;
    for (const [name, value] of Object.entries(paletteOf(settings.accentColor))) style.setProperty(name, value);
    style.setProperty('--radius', `${String(settings.radius)}px`);
    dataset['theme'] = this.said.theme ?? settings.theme;
    this.head();
    const line = stands ? '' : language.words.offline;
    if (this.line.textContent !== line) this.line.textContent = line;
    this.refused.hidden = phase !== 'refused';
    this.card.update();
    this.first.update();
    this.composer.element.hidden = phase === 'refused' || this.first.blocks;
    this.badge.hidden = !settings.showBranding;
    this.privacy.href = settings.privacyUrl;
    this.person.hidden = kept.now.person || this.first.blocks;
    const comes = kept.now.person ? language.words.personComes : '';
    if (this.comes.textContent !== comes) this.comes.textContent = comes;
    this.thread.update();
  }

  /** Where a keyboard is in the hand at once, the field is ready for it; a phone's would cover what there is to read. */
  focus(): void {
    if (!matchMedia('(pointer: fine)').matches) this.main.focus();
    else if (this.first.blocks) this.first.focus();
    else this.composer.field.focus();
    this.thread.toEnd();
    this.composer.fit();
  }

  fill({ text, name, email }: Prefill): void {
    if (text !== undefined) this.composer.fill(text);
    this.card.fill(email);
    this.first.fill(name, email);
  }

  /** Who it is, and whether anybody is there: in the visitor's own time. */
  private head(): void {
    const { chat, language, mark, subtitle } = this;
    const { logo } = chat.settings;
    const shown = mark.querySelector('img')?.src ?? null;
    // A picture that came with the settings, and nothing that would be fetched from anywhere.
    const picture = logo !== null && /^data:image\/webp;/.test(logo) ? logo : null;
    if (shown !== picture || mark.childElementCount === 0)
      mark.replaceChildren(picture === null ? icon('chat') : el('img', { src: picture, alt: '' }));
    mark.classList.toggle('logo', picture !== null);
    const { away } = chat;
    const { words, tag } = language;
    const said =
      away === null
        ? chat.online
          ? words.online
          : words.subtitle
        : [words.away, ...(away.until === null ? [] : [words.back.replace('{when}', timeOf(away.until, tag))])].join(
            ' ',
          );
    if (subtitle.textContent !== said) subtitle.textContent = said;
    subtitle.classList.toggle('online', away === null && chat.online);
  }

  private askPerson(): void {
    this.chat.askPerson();
    this.composer.field.focus();
  }

  private listen(): void {
    const { main, dialog, composer } = this;
    main.tabIndex = -1;
    main.onkeydown = (event) => {
      if (event.key === 'Escape' && !event.isComposing && !dialog.element.open) this.close();
    };
    // A file that misses the field must not be opened in the place of the chat.
    main.ondragover = (event) => event.preventDefault();
    main.ondrop = (event) => {
      event.preventDefault();
      composer.take([...(event.dataTransfer?.files ?? [])]);
    };
  }
}

const dayMilliseconds = 86_400_000;

/** A time to come, as near as it is: the hour of today, a day of the week, or a date. */
function timeOf(at: Date, tag: string): string {
  const hour = { hour: 'numeric', minute: '2-digit' } as const;
  const now = new Date();
  if (at.toDateString() === now.toDateString()) return at.toLocaleTimeString(tag, hour);
  const near = at.getTime() - now.getTime() < 6 * dayMilliseconds;
  return at.toLocaleString(tag, near ? { weekday: 'long', ...hour } : { day: 'numeric', month: 'long', ...hour });
}
