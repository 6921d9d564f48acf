// A process for specs to kill: takes the data directory, starts what it is told to, says where, and stays.
import './typescript-loader.mjs';

const [dataDir, what, programDir] = process.argv.slice(2);
const embedded = await import('../../src/platform/embedded/index.ts');
const log = () => {};
const report = { pid: process.pid };
try {
  if (what === 'lock') await embedded.acquireDataDirectory(dataDir);
  if (what === 'postgres') Object.assign(report, await embedded.startEmbeddedPostgres({ dataDir, log }));
  if (what === 'redis') Object.assign(report, await embedded.startEmbeddedRedis({ dataDir, programDir, log }));
  process.stdout.write(`${JSON.stringify(report)}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ...report, error: error.message })}\n`);
  process.exit(1);
}
setInterval(() => {}, 60_000);
