import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOutside, Problem, root, runQuietly } from './run.mjs';

const stamp = join(root, 'node_modules', '.parley-installed');

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Whether what npm says it installed is what the lock file asks for: then a hand-made `npm install` will do. */
function isInstalledByHand(lockText) {
  const installed = read(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const have = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, wanted]) =>
      path === '' || wanted.link || (have[path] ? have[path].version === wanted.version : wanted.optional),
  );
}

/** Whether the libraries that package-lock.json names are in node_modules. */
export function isInstalled() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (read(stamp) === hash) return true;
  if (!isInstalledByHand(lockText)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** Installs exactly what package-lock.json names, without running anybody's install scripts. */
export async function install() {
  const first = !existsSync(join(root, 'node_modules'));
  console.log(first ? 'Installing libraries (first time, about a minute)…' : 'Installing changed libraries…');
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const env = { ...process.env, PATH: pathOutside() };
  const { code, output } = await runQuietly('npm', [...args, '--loglevel=error', '--no-update-notifier'], {
    env,
    shell: process.platform === 'win32',
  });
  if (code !== 0) {
    const unreachable = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN|ENETUNREACH|ERR_SOCKET/.test(output);
    const advice = unreachable ? ' The package registry cannot be reached: check the network, then start again.' : '';
    throw new Problem(`${output.trim()}\n\nThe libraries could not be installed (npm's words are above).${advice}`);
  }
  writeFileSync(stamp, hash);
}
