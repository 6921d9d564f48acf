import type { Prefill } from '../../../../libs/widget-protocol/index.js';
import type { Chat } from '../chat.js';
import { paletteOf } from '../colours.js';
import type { VisitorApi } from '../visitor-api.js';
import type { Language } from '../words/index.js';
import { AddressCard } from './address-card.js';
import { Composer } from './composer.js';
import { DataDialog } from './data-dialog.js';
import { el, hidden, icon, outLink } from './element.js';
import { ThreadView } from './thread-view.js';

/** The whole chat as it is seen, in one language. */
export class ChatWindow {
  private readonly composer: Composer;
  private readonly thread: ThreadView;
  private readonly card: AddressCard;
  private readonly dialog: DataDialog;
  private readonly line: HTMLElement;
  private readonly person: HTMLButtonElement;
  private readonly comes: HTMLElement;
  private readonly badge: HTMLElement;
  private readonly privacy: HTMLAnchorElement;
  private readonly refused: HTMLElement;
  private readonly main: HTMLElement;

  constructor(
    private readonly chat: Chat,
    api: VisitorApi,
    private readonly language: Language,
    askFirst: boolean,
    private readonly close: () => void,
  ) {
    const { words } = language;
    this.composer = new Composer(chat, api, words);
    this.card = new AddressCard(chat, words, askFirst, () => this.composer.field.focus());
    this.thread = new ThreadView(chat, language, this.card.element);
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
      el('span', { className: 'mark', ariaHidden: 'true' }, icon('chat')),
      el('div', {}, title, el('p', { textContent: words.subtitle })),
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
    for (const [name, value] of Object.entries(paletteOf(settings.accentColor)))
      document.documentElement.style.setProperty(name, value);
    const line = stands ? '' : language.words.offline;
    if (this.line.textContent !== line) this.line.textContent = line;
    this.refused.hidden = phase !== 'refused';
    this.composer.element.hidden = phase === 'refused';
    this.badge.hidden = !settings.showBranding;
    this.privacy.href = settings.privacyUrl;
    this.person.hidden = kept.now.person;
    const comes = kept.now.person ? language.words.personComes : '';
    if (this.comes.textContent !== comes) this.comes.textContent = comes;
    this.card.update();
    this.thread.update();
  }

  /** Where a keyboard is in the hand at once, the field is ready for it; a phone's would cover what there is to read. */
  focus(): void {
    if (matchMedia('(pointer: fine)').matches) this.composer.field.focus();
    else this.main.focus();
    this.thread.toEnd();
    this.composer.fit();
  }

  fill({ text, name, email }: Prefill): void {
    if (text !== undefined) this.composer.fill(text);
    this.card.fill(name, email);
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
