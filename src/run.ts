import { createApp, finishRestore } from './app.module.js';
import { SetUp } from './accounts/index.js';
import { EnvironmentError } from './platform/config/index.js';
import { Readiness } from './platform/health/index.js';
import { startSurroundings, type Surroundings } from './platform/surroundings/index.js';

/** Starts this process: what it needs beside it, then the server; and ends both in order. */
async function main(): Promise<void> {
  const surroundings = await startSurroundings(say);
  const { config } = surroundings;
  let app: Awaited<ReturnType<typeof createApp>> | null = null;
  try {
    const finished = config.servesApi ? await finishRestore(config) : null;
    if (finished !== null)
      say(
        `The backup of ${finished.backupAt.toISOString()} was restored; ${String(finished.entries)} entries of the erasure journal were done again (${String(finished.erasures)} erasures, ${String(finished.workspaces)} workspaces).`,
      );
    const running = await createApp(config);
    app = running;
    const stop = onceStopped(async () => {
      await running.get(Readiness).leave();
      await running.close();
    }, surroundings);
    process.on('SIGTERM', stop).on('SIGINT', stop);
    if (config.servesApi) {
      const { PORT: port, LISTEN_HOST: host } = config.environment;
      await running.listen(port, host ?? (config.production ? '::' : 'localhost'));
      say(`\nParley is ready: ${config.publicUrl}\n`);
      await sayHowToBegin(running.get(SetUp), config.publicUrl);
      if (config.environment.SMTP_URL === undefined)
        say(`Mails are written to ${config.mailFolder}, because no SMTP_URL is set.`);
    } else {
      say('The Parley worker is ready.');
    }
  } catch (error) {
    await app?.close();
    await surroundings.stop();
    throw error;
  }
}

/** What the person at the console is told; everything else is a log line. */
function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

/** Until somebody is in, only whoever sees the console can be the first, where others reach the address too. */
async function sayHowToBegin(setUp: SetUp, url: string): Promise<void> {
  if ((await setUp.state()) === 'code')
    say(`Nobody has set it up yet. Open ${url} and give this code: ${setUp.code}\n`);
}

const stopSeconds = 30;

/** Stops once, within 30 s, whatever hangs. */
function onceStopped(close: () => Promise<void>, surroundings: Surroundings): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopSeconds * 1_000).unref();
    close()
      .then(() => surroundings.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${inWords(error)}\n`);
          process.exit(1);
        },
      );
  };
}

function inWords(error: unknown): string {
  if (error instanceof EnvironmentError) return `Parley cannot start.\n${error.message}`;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Parley cannot start: port ${String(port)} is taken by another program. Set PORT to a free one, such as PORT=${String((port ?? 3000) + 100)}.`;
  return `Parley cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`);
  process.exit(1);
});
