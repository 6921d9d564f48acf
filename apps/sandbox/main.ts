import { DEFAULT_BILLING_SECRET } from './billing/credentials.ts';
import { DEFAULT_APP_ID, DEFAULT_APP_SECRET, DEFAULT_WEBHOOK_URL } from './options.ts';
import { startSandbox } from './server.ts';

const RETRY_GAPS_MS = [1_000, 5_000, 15_000, 60_000, 300_000];

/** Ends the process when whoever started it is gone, so that nothing is left behind on a crash. */
function watchParent(kind: string | undefined, stop: () => void): void {
  if (kind === 'ipc') process.on('disconnect', stop);
  if (kind === 'stdin') process.stdin.resume().on('end', stop).on('error', stop);
}

function portFrom(text: string | undefined): number {
  const port = Number(text ?? '3001');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SANDBOX_PORT must be a port number between 0 and 65535, not "${text}".`);
  return port;
}

async function main(): Promise<void> {
  const { env } = process;
  const secret = env['META_APP_SECRET'] || DEFAULT_APP_SECRET;
  const sandbox = await startSandbox({
    host: env['SANDBOX_HOST'] || '127.0.0.1',
    port: portFrom(env['SANDBOX_PORT']),
    webhookUrl: env['SANDBOX_WEBHOOK_URL'] || DEFAULT_WEBHOOK_URL,
    appId: env['META_APP_ID'] || DEFAULT_APP_ID,
    appSecret: secret,
    instagramAppSecret: env['INSTAGRAM_APP_SECRET'] || secret,
    billingSecret: env['SANDBOX_BILLING_SECRET'] || DEFAULT_BILLING_SECRET,
    receiptDelayMs: 300,
    receipts: 'all',
    retryGapsMs: RETRY_GAPS_MS,
    fetchAttachments: true,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void sandbox.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  watchParent(env['SANDBOX_PARENT'], stop);
  process.stdout.write(`${JSON.stringify({ listening: sandbox.url })}\n`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const port = process.env['SANDBOX_PORT'] ?? '3001';
  const reason =
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken. Stop what listens there, or set SANDBOX_PORT to another port (0 takes any free one).`
      : error.code === 'EACCES'
        ? `port ${port} may not be used by this account. Set SANDBOX_PORT to a port above 1023.`
        : error.message;
  process.stderr.write(`The sandbox could not start: ${reason}\n`);
  process.exitCode = 1;
});
