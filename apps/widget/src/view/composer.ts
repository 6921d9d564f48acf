import type { Chat } from '../chat.js';
import { Refusal, type VisitorApi } from '../visitor-api.js';
import type { Words } from '../words/index.js';
import { el, hidden, icon } from './element.js';

const maxBytes = 10_000_000;
const maxFiles = 5;
const maxText = 5_000;
const restAfter = 5_000;
const kinds = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,audio/*,video/mp4,video/webm';

interface Upload {
  readonly chip: HTMLElement;
  readonly abort: AbortController;
  readonly name: string;
  id: string | null;
}

/** Where the visitor writes. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  private readonly chips = el('ul', { className: 'chips', hidden: true });
  private readonly status = el('p', { className: 'note', role: 'status' });
  private readonly send: HTMLButtonElement;
  private readonly uploads = new Set<Upload>();
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly chat: Chat,
    private readonly api: VisitorApi,
    private readonly words: Words,
  ) {
    this.field = el('textarea', {
      rows: 1,
      maxLength: maxText,
      placeholder: words.write,
      ariaLabel: words.message,
      dir: 'auto',
      enterKeyHint: 'send',
      value: chat.prefill.text ?? chat.kept.now.draft,
    });
    const picker = el('input', {
      type: 'file',
      multiple: true,
      accept: kinds,
      className: 'hidden',
      tabIndex: -1,
      ariaHidden: 'true',
    });
    const attach = el(
      'button',
      { type: 'button', className: 'round', title: words.attach, onclick: () => picker.click() },
      icon('attach'),
      hidden(words.attach),
    );
    this.send = el(
      'button',
      { type: 'submit', className: 'round send', title: words.send },
      icon('send'),
      hidden(words.send),
    );
    const line = el('div', { className: 'line' }, attach, picker, this.field, this.send);
    this.element = el('form', { className: 'composer', noValidate: true }, this.chips, this.status, line);
    picker.onchange = () => {
      this.take([...(picker.files ?? [])]);
      picker.value = '';
    };
    this.element.onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    this.field.oninput = () => this.typed();
    this.field.onkeydown = (event) => {
      // A word that is being composed is not finished by the key that chooses it.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    };
    this.field.onpaste = ({ clipboardData }) => this.take([...(clipboardData?.files ?? [])]);
    this.fit();
  }

  /** Files that were chosen, pasted or dropped. */
  take(files: readonly File[]): void {
    for (const file of files) {
      if (this.uploads.size >= maxFiles) this.status.textContent = this.words.tooMany;
      else void this.upload(file);
    }
  }

  fill(text: string): void {
    this.field.value = text.slice(0, maxText);
    this.typed();
  }

  fit(): void {
    const { field } = this;
    field.style.height = 'auto';
    field.style.height = `${String(Math.min(field.scrollHeight, 140))}px`;
    this.send.disabled = (field.value.trim() === '' && this.ready.length === 0) || this.busy;
  }

  private get ready(): Upload[] {
    return [...this.uploads].filter(({ id }) => id !== null);
  }

  private get busy(): boolean {
    return this.ready.length < this.uploads.size;
  }

  private typed(): void {
    this.fit();
    const { value } = this.field;
    this.chat.kept.set({ draft: value });
    clearTimeout(this.resting);
    this.chat.types(value !== '');
    if (value !== '') this.resting = setTimeout(() => this.chat.types(false), restAfter);
  }

  private submit(): void {
    const text = this.field.value.trim();
    const { ready } = this;
    if ((text === '' && ready.length === 0) || this.busy) return;
    clearTimeout(this.resting);
    this.chat.send(
      text === '' ? null : text,
      ready.map(({ id, name }) => ({ id: id ?? '', name })),
    );
    for (const { chip } of ready) chip.remove();
    this.uploads.clear();
    this.chips.hidden = true;
    this.status.textContent = this.field.value = '';
    this.chat.kept.set({ draft: '' });
    this.fit();
    this.field.focus();
  }

  private async upload(file: File): Promise<void> {
    const { words } = this;
    if (file.size > maxBytes) {
      this.status.textContent = `${file.name}: ${words.tooLarge}`;
      return;
    }
    const abort = new AbortController();
    const state = el('span', { className: 'weight', textContent: words.uploading });
    const drop = el(
      'button',
      { type: 'button', className: 'drop', title: words.dropped },
      icon('close'),
      hidden(`${words.dropped}: ${file.name}`),
    );
    const chip = el(
      'li',
      { className: 'file' },
      icon('file'),
      el('span', { textContent: file.name, dir: 'auto' }),
      state,
      drop,
    );
    const upload: Upload = { chip, abort, name: file.name, id: null };
    drop.onclick = () => {
      abort.abort();
      this.remove(upload);
      this.field.focus();
    };
    this.uploads.add(upload);
    this.chips.append(chip);
    this.chips.hidden = false;
    this.status.textContent = '';
    this.fit();
    try {
      await this.chat.enter();
      upload.id = (await this.api.upload(file, abort.signal)).id;
      state.remove();
    } catch (error) {
      if (abort.signal.aborted) return;
      const { status, code } = error instanceof Refusal ? error : new Refusal(0, 'BROKEN');
      const large = code === 'PLAN_LIMIT' ? words.noRoom : words.tooLarge;
      const why = { 413: large, 415: words.wrongKind, 429: words.slower }[status] ?? words.notUploaded;
      this.remove(upload);
      this.status.textContent = `${file.name}: ${why}`;
    }
    this.fit();
  }

  private remove(upload: Upload): void {
    this.uploads.delete(upload);
    upload.chip.remove();
    this.chips.hidden = this.uploads.size === 0;
    this.fit();
  }
}
