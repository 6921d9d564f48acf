import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcessRunning, type ProcessIdentity } from './process-facts.js';

interface Supervised {
  /** As it is called in log lines, such as "Postgres". */
  readonly name: string;
  readonly running: ProcessIdentity;
  /** Starts it again, on the same port. */
  start(): Promise<ProcessIdentity>;
  /** Ends it in good order. */
  end(running: ProcessIdentity): Promise<void>;
  log: (message: string) => void;
}

const LOOK_EVERY_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Watches a server process, which need not be a child of ours (it may have been adopted), and starts it again when it
 * is gone. The watch does not keep our own process alive.
 */
export function supervise(what: Supervised): { stop(): Promise<void> } {
  let running = what.running;
  let stopping = false;
  let look: Promise<void> = Promise.resolve();
  let busy = false;

  const startAgain = async (): Promise<void> => {
    what.log(`${what.name} has stopped by itself (process ${running.pid}). Starting it again.`);
    for (let pause = LOOK_EVERY_MS; !stopping; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        running = await what.start();
        what.log(`${what.name} runs again (process ${running.pid}).`);
        return;
      } catch (error) {
        what.log(`${what.name} could not be started again: ${(error as Error).message}`);
        await sleep(pause);
      }
    }
  };

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    look = isSameProcessRunning(running)
      .then((alive) => (alive || stopping ? undefined : startAgain()))
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS).unref();

  let stopped: Promise<void> | undefined;
  return {
    stop: () => {
      stopping = true;
      clearInterval(timer);
      stopped ??= look.then(() => what.end(running));
      return stopped;
    },
  };
}
