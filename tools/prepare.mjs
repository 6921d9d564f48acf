import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { Problem, root, runQuietly } from './run.mjs';

export { root, runInForeground, runQuietly } from './run.mjs';

/** The Node that the project runs on: the one npm brought along, else this one where it is new enough. */
async function findNode() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const brought = join(root, 'node_modules', '.bin', `node${suffix}`);
  if (existsSync(brought) && (await runQuietly(brought, ['--version'])).code === 0) return brought;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Problem(
    `npm has no Node for this kind of machine, and this one is ${process.versions.node}. ` +
      'Parley needs Node 22.18 or later here: get it from https://nodejs.org',
  );
}

/** Makes sure that libraries are installed and, if asked, that the build is up to date; gives the Node to run with. */
export async function prepare({ build: withBuild }) {
  if (!isInstalled() || (withBuild && !isBuilt())) {
    const onWait = () => console.log('Waiting for another start to finish building…');
    await withLock(join(root, 'dist', '.lock'), onWait, async () => {
      if (!isInstalled()) await install();
      if (withBuild) await build(await findNode());
    });
  }
  return findNode();
}
