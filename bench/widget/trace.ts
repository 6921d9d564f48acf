interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread in it: what the slow-down makes longer, and a busy machine does not. */
  readonly tdur?: number;
  readonly args?: {
    readonly data?: { readonly url?: string; readonly fileName?: string };
    readonly beginData?: { readonly url?: string };
  };
}

/** Tasks in which something of ours ran, in milliseconds of the thread's processor time each. */
export interface OurTasks {
  readonly count: number;
  readonly longest: number;
  /** Over 50 ms: what holds a page up so that people notice. */
  readonly long: number;
  /** Of those the ones that our own scripts alone make so: without them, or with nothing else in it, the task is another. */
  readonly longByUs: number;
  /** The most that our scripts took of one task. */
  readonly share: number;
  /** The longest of all tasks of those threads, whoever ran in it. */
  readonly longestOfAll: number;
}

const longTask = 50;
const runs = new Set(['EvaluateScript', 'FunctionCall', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule']);

const spent = ({ dur = 0, tdur = dur }: TraceEvent) => tdur / 1_000;
const inside = (outer: TraceEvent, { pid, tid, ts }: TraceEvent) =>
  outer.pid === pid && outer.tid === tid && outer.ts <= ts && ts <= outer.ts + (outer.dur ?? 0);

/** Reads a trace of Chromium: every task of a thread that ran a script from an address like `ours`. */
export function tasksOf(trace: Buffer, ours: RegExp): OurTasks {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const tasks = traceEvents.filter(({ name, ph }) => /RunTask$/.test(name) && ph === 'X');
  const marks = traceEvents.filter(
    ({ name, args }) => runs.has(name) && ours.test(args?.data?.url ?? args?.data?.fileName ?? ''),
  );
  if (tasks.length === 0 || marks.length === 0) throw new Error('The trace shows no task, or none of the chat.');
  // A script that a script calls counts once.
  const outermost = marks.filter((mark) => !marks.some((other) => other !== mark && inside(other, mark)));
  const found = new Map<TraceEvent, number>();
  for (const mark of outermost) {
    const task = tasks.find((one) => inside(one, mark));
    if (task !== undefined) found.set(task, (found.get(task) ?? 0) + spent(mark));
  }
  const lasting = [...found].map(([task, own]) => ({ all: spent(task), own }));
  const threads = new Set([...found.keys()].map(({ pid, tid }) => `${String(pid)} ${String(tid)}`));
  const allOfThem = tasks.filter(({ pid, tid }) => threads.has(`${String(pid)} ${String(tid)}`)).map(spent);
  const long = lasting.filter(({ all }) => all > longTask);
  return {
    count: lasting.length,
    longest: Math.max(0, ...lasting.map(({ all }) => all)),
    long: long.length,
    longByUs: long.filter(({ all, own }) => all - own <= longTask).length,
    share: Math.max(0, ...lasting.map(({ own }) => own)),
    longestOfAll: Math.max(0, ...allOfThem),
  };
}

/** The longest task of the thread that read a page, in milliseconds of processor time. */
export function longestOn(trace: Buffer, page: string): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const read = traceEvents.find(({ name, args }) => name === 'ParseHTML' && args?.beginData?.url === page);
  if (read === undefined) throw new Error('The trace does not show that the page was read.');
  const own = traceEvents.filter(
    ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && pid === read.pid && tid === read.tid,
  );
  return Math.max(...own.map(spent));
}
