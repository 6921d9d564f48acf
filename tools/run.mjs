import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** An error that is shown as it is, without a stack. */
export class Problem extends Error {}

/** The caller's path without the checkout's own programs, which an installation replaces while it runs. */
export function pathOutside() {
  const own = join('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(sep + own))
    .join(delimiter);
}

/** Runs a program quietly and gives its code and all it said. A `behind` one takes what time the others leave. */
export function runQuietly(program, args, { behind = false, ...options } = {}) {
  return new Promise((resolve) => {
    let output = '';
    // What is shown later, and perhaps in a log, is better without colours.
    const env = { ...(options.env ?? process.env), NO_COLOR: '1' };
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options, env });
    if (behind && child.pid !== undefined) stepBack(child.pid);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: 127, output: output + error.message }));
    child.once('close', (code, signal) => resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output }));
  });
}

function stepBack(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended already, or this system does not let us: then it takes its turn like the others.
  }
}

/** Runs a program with our own input and output, hands signals on to it, and gives its code. */
export function runInForeground(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
      process.on(signal, () => {
        // A terminal sends Ctrl-C to the child as well, and twice could be taken for "at once".
        if (signal === 'SIGINT' && process.stdin.isTTY) return;
        child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      });
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
