import { BadRequest } from '../control/errors.ts';
import { num, str, type Obj } from '../json.ts';

/** How the model behaves: `answer` is honest work; the rest are ways in which models and their servers fail. */
export const MODES = [
  'answer',
  'echo',
  'obedient',
  'fixed',
  'garbage',
  'refuse',
  'slow',
  'hang',
  '429',
  '500',
  'cut',
] as const;
export type Mode = (typeof MODES)[number];

/** What the model server is set to do. */
export class ModelServer {
  mode: Mode = 'answer';
  /** What `fixed` says. */
  text = 'A fixed answer.';
  /** How long `slow` takes, in all. */
  delayMs = 3_000;
  /** How long any other answer that is streamed takes, in all; set anew with each mode. */
  streamMs = 0;
  /** Requests after which the mode is `answer` again; null for no end. */
  times: number | null = null;
  private readonly key: string | undefined;

  constructor(key: string | undefined) {
    this.key = key;
  }

  /** Whether this key opens the server: the configured one, or any that is not empty. */
  accepts(key: string | undefined): boolean {
    return this.key === undefined ? key !== undefined && key !== '' : key === this.key;
  }

  /** The mode for the next request; counts down a mode that was asked for a number of times. */
  take(): Mode {
    const mode = this.mode;
    if (this.times !== null) {
      this.times -= 1;
      if (this.times <= 0) this.reset();
    }
    return mode;
  }

  /** Changes the mode. */
  configure(input: Obj): Obj {
    const mode = str(input['mode']) ?? this.mode;
    if (!MODES.includes(mode as Mode)) throw new BadRequest(`"mode" must be one of ${MODES.join(', ')}.`);
    this.mode = mode as Mode;
    this.text = str(input['text']) ?? this.text;
    this.delayMs = num(input['delayMs']) ?? this.delayMs;
    this.streamMs = num(input['streamMs']) ?? 0;
    this.times = num(input['times']) ?? null;
    return this.describe();
  }

  /** The mode as it stands. */
  describe(): Obj {
    return { mode: this.mode, text: this.text, delayMs: this.delayMs, times: this.times, modes: MODES };
  }

  /** Back to honest work. */
  reset(): void {
    this.mode = 'answer';
    this.times = null;
  }
}
