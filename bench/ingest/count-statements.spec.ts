import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { waiting } from './count-statements.js';

/** The targets of goal 3, which hold: no change may raise them. */
const mostPerMessage = { oneWorkspace: 0.05, fiveHundred: 1.5 };

const urlOf = (...names: string[]) => pathToFileURL(path.join(import.meta.dirname, ...names)).href;

/** Counts in a process of its own: what other files left in this one is no part of the figure. */
async function sentFor(workspaces: number): Promise<number> {
  const script = `const { countStatements } = await import(${JSON.stringify(urlOf('count-statements.ts'))});
    const { sent } = await countStatements(${String(workspaces)});
    process.stdout.write('\\nsent ' + sent + '\\n', () => process.exit(0));`;
  const loader = urlOf('..', '..', 'test', 'support', 'typescript-loader.mjs');
  const words = ['--import', loader, '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 50_000_000 });
  return Number(/^sent (\d+)$/m.exec(stdout)?.[1] ?? Number.NaN);
}

describe('Statements per inbound message while 500 wait', () => {
  it('are shared by all messages of a workspace', async () => {
    const sent = await sentFor(1);
    expect(sent).toBeGreaterThan(0);
    expect(sent / waiting).toBeLessThanOrEqual(mostPerMessage.oneWorkspace);
  });

  it('stay few when each message is of another workspace', async () => {
    const sent = await sentFor(500);
    expect(sent).toBeGreaterThan(0);
    expect(sent / waiting).toBeLessThanOrEqual(mostPerMessage.fiveHundred);
  });
});
