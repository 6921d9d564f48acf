import type { Ask } from '../../../../libs/widget-protocol/index.js';
import type { Chat } from '../chat.js';
import { Refusal } from '../visitor-api.js';
import type { Words } from '../words/index.js';
import { el } from './element.js';

type Field = HTMLInputElement | HTMLTextAreaElement;
type Name = 'name' | 'email' | 'question';

/** What an inbox may want to know before the first message. Only what it needs has to be filled in. */
export class FirstCard {
  readonly element: HTMLFormElement;
  private readonly fields: Readonly<Record<Name, Field>>;
  private readonly said = el('p', { className: 'bad', role: 'alert' });
  private readonly labels: Readonly<Record<Name, HTMLElement>>;
  private readonly optional = {} as Record<Name, HTMLElement>;
  private readonly skip: HTMLButtonElement;
  private busy = false;

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    /** The site asks for name and address, where the inbox does not. */
    private readonly siteAsks: boolean,
    private readonly done: () => void,
  ) {
    const { name = '', email = '' } = chat.prefill;
    this.fields = {
      name: el('input', { type: 'text', autocomplete: 'name', maxLength: 100, value: name, dir: 'auto' }),
      email: el('input', { type: 'email', autocomplete: 'email', maxLength: 254, value: email, dir: 'auto' }),
      question: el('textarea', { rows: 2, maxLength: 5_000, dir: 'auto' }),
    };
    const label = (which: Name, text: string) => {
      const rest = (this.optional[which] = el('span', { className: 'soft', textContent: ` (${words.optional})` }));
      return el('label', {}, text, rest, this.fields[which]);
    };
    this.labels = {
      name: label('name', words.name),
      email: label('email', words.email),
      question: label('question', words.question),
    };
    this.skip = el('button', {
      type: 'button',
      className: 'quiet',
      textContent: words.noThanks,
      onclick: () => this.pass(),
    });
    this.element = el(
      'form',
      { className: 'card', noValidate: true, hidden: true },
      el('h2', { textContent: words.beforeTitle }),
      ...Object.values(this.labels),
      this.said,
      el(
        'div',
        { className: 'actions' },
        el('button', { type: 'submit', className: 'main', textContent: words.start }),
        this.skip,
      ),
    );
    this.element.onsubmit = (event) => {
      event.preventDefault();
      void this.submit();
    };
  }

  /** Whether nothing can be written before it is filled in. */
  get blocks(): boolean {
    return !this.element.hidden && this.isWanted('required');
  }

  fill(name: string | undefined, email: string | undefined): void {
    if (name !== undefined) this.fields.name.value = name;
    if (email !== undefined) this.fields.email.value = email;
  }

  focus(): void {
    Object.values(this.fields)
      .find((field) => !field.parentElement?.hidden)
      ?.focus();
  }

  update(): void {
    const { kept, verified, phase, hasThread } = this.chat;
    const asked = this.isWanted('required') || this.isWanted('optional');
    const passed = kept.now.begun || verified || hasThread || phase === 'refused';
    this.element.hidden = !asked || passed || (this.chat.begun && !this.isWanted('required'));
    this.skip.hidden = this.isWanted('required');
    for (const which of Object.keys(this.fields) as Name[]) {
      const ask = this.ask(which);
      this.labels[which].hidden = ask === 'off';
      this.optional[which].hidden = ask === 'required';
      this.fields[which].required = ask === 'required';
    }
  }

  private ask(which: Name): Ask {
    const set = this.chat.settings.ask[which];
    return set === 'off' && this.siteAsks && which !== 'question' ? 'optional' : set;
  }

  private isWanted(how: Ask): boolean {
    return (['name', 'email', 'question'] as const).some((which) => this.ask(which) === how);
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const value = (which: Name) => (this.ask(which) === 'off' ? '' : this.fields[which].value.trim());
    const [name, email, question] = [value('name'), value('email'), value('question')];
    this.said.textContent = '';
    for (const [which, field] of Object.entries(this.fields) as [Name, Field][]) {
      const missing = this.ask(which) === 'required' && value(which) === '';
      const wrong = which === 'email' && email !== '' && !/^\S+@\S+\.\S+$/u.test(email);
      field.ariaInvalid = String(missing || wrong);
      if (missing || wrong) return this.fault(missing ? this.words.needed : this.words.badMail, field);
    }
    this.busy = true;
    try {
      await this.chat.leaveAddress(name, email);
      if (question !== '') this.chat.send(question, []);
      this.done();
    } catch (error) {
      const taken = error instanceof Refusal && error.status === 422;
      this.fault(taken ? this.words.badMail : this.words.offline, this.fields.email);
    } finally {
      this.busy = false;
    }
    this.update();
  }

  private fault(words: string, field: Field): void {
    this.said.textContent = words;
    field.focus();
  }

  private pass(): void {
    this.chat.kept.set({ begun: true });
    this.chat.set();
    this.done();
  }
}
