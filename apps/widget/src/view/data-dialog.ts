import type { Chat } from '../chat.js';
import type { Words } from '../words/index.js';
import { el, outLink } from './element.js';

/** What the visitor can do with what stands about them: read how it is kept, and have it deleted. */
export class DataDialog {
  readonly element: HTMLDialogElement;
  private readonly said: HTMLElement;

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
  ) {
    this.said = el('p', { role: 'status' });
    this.element = el('dialog', { className: 'card', ariaLabel: words.dataTitle });
    // Where it is pressed beside itself it is the dialog that is pressed.
    this.element.onclick = ({ target }) => target === this.element && this.element.close();
  }

  show(): void {
    this.first();
    this.element.showModal();
  }

  private first(): void {
    const { words } = this;
    this.said.textContent = '';
    const privacy = outLink(this.chat.settings.privacyUrl, words.privacy, words.opensNew);
    this.fill(
      [el('h2', { textContent: words.dataTitle }), el('p', { textContent: words.dataWhat }), el('p', {}, privacy)],
      button('main', words.dismiss, () => this.element.close()),
      this.chat.begun ? button('quiet bad', words.erase, () => this.ask()) : null,
    );
  }

  private ask(): void {
    const { words } = this;
    const keep = button('quiet', words.eraseNo, () => this.element.close());
    this.fill(
      [el('h2', { textContent: words.erase }), el('p', { textContent: words.eraseSure }), this.said],
      button('main danger', words.eraseYes, () => void this.erase()),
      keep,
    );
    keep.focus();
  }

  private async erase(): Promise<void> {
    const { words } = this;
    try {
      const answer = await this.chat.forget();
      this.said.textContent = answer?.forgotten === false ? words.keptForNow : words.erased;
      if (answer !== null) this.said.append(' ', outLink(answer.statusUrl, words.followUp, words.opensNew));
      const close = button('main', words.dismiss, () => this.element.close());
      this.fill([this.said], close);
      close.focus();
    } catch {
      this.said.textContent = words.notErased;
    }
  }

  private fill(words: readonly HTMLElement[], ...actions: readonly (HTMLElement | null)[]): void {
    this.element.replaceChildren(...words, el('div', { className: 'actions' }, ...actions));
  }
}

function button(className: string, textContent: string, onclick: () => void): HTMLButtonElement {
  return el('button', { type: 'button', className, textContent, onclick });
}
