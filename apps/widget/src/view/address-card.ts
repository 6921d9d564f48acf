import type { Chat } from '../chat.js';
import { Refusal } from '../visitor-api.js';
import type { Words } from '../words/index.js';
import { el } from './element.js';

/** Asks, once and without need, where to write to when the visitor has gone. */
export class AddressCard {
  readonly element: HTMLFormElement;
  private readonly said: HTMLElement;
  private saved = false;
  private readonly email: HTMLInputElement;

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    private readonly done: () => void,
  ) {
    const { email = '' } = chat.prefill;
    this.email = el('input', {
      type: 'email',
      autocomplete: 'email',
      maxLength: 254,
      required: true,
      value: email,
      dir: 'auto',
    });
    this.said = el('p', { className: 'bad', role: 'alert' });
    this.element = el(
      'form',
      { className: 'card', noValidate: true, hidden: true },
      el('h2', { textContent: words.mailTitle }),
      el('p', { textContent: words.mailWhy }),
      el('label', {}, words.email, this.email),
      this.said,
      el(
        'div',
        { className: 'actions' },
        el('button', { type: 'submit', className: 'main', textContent: words.save }),
        el('button', {
          type: 'button',
          className: 'quiet',
          textContent: words.noThanks,
          onclick: () => this.decline(),
        }),
      ),
    );
    this.element.onsubmit = (event) => {
      event.preventDefault();
      void this.save();
    };
  }

  fill(email: string | undefined): void {
    this.email.value = email ?? this.email.value;
  }

  update(): void {
    const { kept, verified, phase } = this.chat;
    const wanted = phase === 'in' && !verified && !kept.now.asked && this.chat.begun;
    this.element.hidden = !wanted && !this.saved;
  }

  private async save(): Promise<void> {
    const email = this.email.value.trim();
    this.email.ariaInvalid = String(!/^\S+@\S+\.\S+$/u.test(email));
    if (this.email.ariaInvalid === 'true') return this.fault(this.words.badMail);
    try {
      await this.chat.leaveAddress('', email);
      this.saved = true;
      this.element.replaceChildren(el('p', { role: 'status', textContent: this.words.mailSaved }));
      this.done();
    } catch (error) {
      const field = error instanceof Refusal && error.status === 422;
      this.fault(field ? this.words.badMail : this.words.offline);
    }
    this.update();
  }

  private fault(words: string): void {
    this.said.textContent = words;
    this.email.focus();
  }

  private decline(): void {
    this.chat.kept.set({ asked: true });
    this.chat.set();
    this.done();
  }
}
