import type { Page } from 'playwright-core';

interface Shown {
  readonly milliseconds: number;
  readonly frames: number;
}

/** The inbox of somebody at work: each method does one thing many times, and says how long each took. */
export class InboxOfAPerson {
  constructor(
    private readonly page: Page,
    private readonly conversations: number,
  ) {}

  /** The list stands there, and all that is fetched behind it. */
  async ready(): Promise<void> {
    await this.page.locator('.rows .row').first().waitFor();
    await this.page.waitForTimeout(2_500);
  }

  /** Has so many rows fetched, and goes back to the top. */
  async scrollTo(rows: number): Promise<void> {
    await this.page.evaluate(`(async () => {
      const list = document.querySelector('.rows');
      for (let tries = 0; tries < 200 && list.scrollHeight < ${String(rows)} * list.querySelector('.row-slot').offsetHeight; tries += 1) {
        list.scrollTop = list.scrollHeight;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      list.scrollTop = 0;
    })()`);
    await this.page.waitForTimeout(300);
  }

  /** Opens one conversation after the other, from the newest on, by the rows that stand in the list. */
  async switches(turns: number): Promise<number[]> {
    const taken: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const number = this.conversations - turn;
      await this.page.evaluate(
        `document.querySelector('.rows').scrollTop = ${String(turn)} * document.querySelector('.row-slot').offsetHeight`,
      );
      const row = `[...document.querySelectorAll('.rows a.row')].find((row) => row.textContent.includes('(${String(number)})'))`;
      // A list that has just been scrolled draws its rows once more before it rests.
      await this.page.waitForTimeout(100);
      // The page's policy forbids what playwright's own waiting would evaluate there.
      await this.until('', row);
      const { milliseconds } = await this.until(
        `${row}.click()`,
        `document.querySelector('.messages article')?.textContent.includes('(${String(number)})') && document.querySelector('.composer textarea') !== null`,
      );
      taken.push(milliseconds);
    }
    return taken;
  }

  /** Frames until a message that is sent stands in the thread; 1: in the first picture after it was sent. */
  async sends(turns: number): Promise<number[]> {
    const frames: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const text = `sent in turn ${String(turn)}.`;
      await this.page.evaluate(`bench.type('${text}')`);
      await this.page.waitForTimeout(100);
      const shown = await this.until(
        `document.querySelector('.composer').requestSubmit()`,
        `[...document.querySelectorAll('.messages article')].some((one) => one.textContent.includes('${text}'))`,
      );
      frames.push(shown.frames);
      await this.page.waitForTimeout(100);
    }
    return frames;
  }

  /** Opens the palette by its keys. */
  async palette(turns: number): Promise<number[]> {
    const taken: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const { milliseconds } = await this.until(
        `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }))`,
        `document.querySelector('dialog.palette[open] [role=option]') !== null`,
      );
      taken.push(milliseconds);
      await this.page.keyboard.press('Escape');
      await this.page.locator('dialog.palette').waitFor({ state: 'detached' });
    }
    return taken;
  }

  /** Looks for a saved reply by a slash and a few letters. */
  async replies(turns: number): Promise<{ readonly first: number; readonly later: readonly number[] }> {
    const look = async (text: string, wanted: string) =>
      (
        await this.until(
          `bench.type('${text}')`,
          `document.querySelector('.composer .picker [role=option]')?.textContent.includes('${wanted}')`,
        )
      ).milliseconds;
    const clear = async () => {
      await this.page.evaluate(`bench.type('')`);
      await this.page.locator('.composer .picker').waitFor({ state: 'detached' });
    };
    const first = await look('/', 'reply-');
    await clear();
    const later: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const wanted = `reply-${String(1 + ((turn * 733) % 4_999))}-`;
      later.push(await look(turn % 2 === 0 ? '/' : `/${wanted}`, turn % 2 === 0 ? 'reply-' : wanted));
      await clear();
    }
    return { first, later };
  }

  /** A while of work with mouse and keys, as the browser itself counts what a person waits for. */
  async session(turns: number): Promise<{ readonly interactions: readonly number[]; readonly longest: number }> {
    const { page } = this;
    await page.evaluate('bench.seen.interactions = {}');
    for (let turn = 0; turn < turns; turn += 1) {
      await page
        .locator('.rows a.row')
        .nth(1 + (turn % 5))
        .click();
      await page.locator('.composer textarea').click();
      await page.keyboard.type('Thank you, ');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.locator('dialog.palette input').waitFor();
      await page.keyboard.type('res');
      await page.keyboard.press('Escape');
      await page.locator('dialog.palette').waitFor({ state: 'detached' });
      await page.keyboard.press('j');
      await page.mouse.wheel(0, 240);
    }
    await page.waitForTimeout(500);
    const { interactions, longest } = await page.evaluate<{ interactions: Record<string, number>; longest: number }>(
      '({ interactions: bench.seen.interactions, longest: bench.seen.longest })',
    );
    return { interactions: Object.values(interactions), longest };
  }

  /** Has all rows fetched, by scrolling to the end of what there is again and again; says in how many seconds. */
  async fetchAll(rows: number): Promise<number> {
    return this.page.evaluate<number>(`(async () => {
      const since = performance.now();
      const list = document.querySelector('.rows');
      const row = list.querySelector('.row-slot').offsetHeight;
      let quietSince = performance.now();
      let height = 0;
      while (list.scrollHeight < 0.95 * ${String(rows)} * row) {
        if (list.scrollHeight !== height) { height = list.scrollHeight; quietSince = performance.now(); }
        if (performance.now() - quietSince > 20_000) throw new Error('No more rows came: ' + String(height / row));
        list.scrollTop = list.scrollHeight;
        await new Promise((resolve) => setTimeout(resolve, 16));
      }
      return (performance.now() - since) / 1_000;
    })()`);
  }

  /** Scrolls evenly through the rows for a while, ever faster. */
  async scrollThrough(milliseconds: number): Promise<{ readonly gaps: readonly number[]; readonly longest: number }> {
    await this.page.waitForTimeout(1_000);
    return this.page.evaluate<{ gaps: number[]; longest: number }>(`(async () => {
      const list = document.querySelector('.rows');
      list.scrollTop = 0;
      await new Promise((resolve) => setTimeout(resolve, 500));
      bench.seen.longest = 0;
      bench.startFrames();
      const since = performance.now();
      await new Promise((resolve) => {
        const step = () => {
          const gone = performance.now() - since;
          // From a slow pull to a flick: 1,000 to 12,000 pixels a second.
          list.scrollTop += 16 + (184 * gone) / ${String(milliseconds)};
          if (gone < ${String(milliseconds)}) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      });
      const gaps = bench.stopFrames();
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { gaps, longest: bench.seen.longest };
    })()`);
  }

  private until(act: string, done: string): Promise<Shown> {
    return this.page.evaluate<Shown>(`bench.until(() => { ${act}; }, () => ${done})`);
  }
}
