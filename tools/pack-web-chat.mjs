// `npm run pack:web-chat`: builds the package for sites (libs/web-chat) to dist/web-chat, ready to be packed or published.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runQuietly } from './run.mjs';

const out = process.argv[2] ?? join(root, 'dist/web-chat');
rmSync(out, { recursive: true, force: true });
const { code, output } = await runQuietly(process.execPath, [
  'node_modules/typescript/bin/tsc',
  '-p',
  'libs/web-chat/tsconfig.build.json',
  '--outDir',
  out,
]);
if (code === 0)
  for (const name of ['package.json', 'README.md']) cpSync(join(root, 'libs/web-chat', name), join(out, name));
if (code === 0) cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
else console.error(output.trim());
process.exitCode = code;
