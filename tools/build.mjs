import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compressFiles, keepAssetsBefore } from './assets.mjs';
import { Problem, root, runQuietly } from './run.mjs';

const dist = join(root, 'dist');
// Beside dist/ and as deep as it, so that the source maps' relative paths hold after the move.
const fresh = join(root, 'dist.new');

/**
 * What is built: from which files, by what, and what comes out. Each part is built aside and then moved into its place, so
 * that a build that fails, or is cut off, leaves the last good one.
 */
const parts = [
  {
    name: 'server',
    sources: ['src', 'migrations', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'],
    run: (node, out) => {
      const config = join(out, 'tsconfig.json');
      const globs = ['src', 'migrations', 'ormconfig.ts'].map((path) => join(root, path));
      writeFileSync(
        config,
        JSON.stringify({
          extends: join(root, 'tsconfig.build.json'),
          compilerOptions: { outDir: out, rootDir: root, typeRoots: [join(root, 'node_modules/@types')] },
          include: globs,
          exclude: [join(root, '**/*.spec.ts')],
        }),
      );
      return runQuietly(node, ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--path', relative(root, config)]);
    },
    leaveOut: ['tsconfig.json'],
  },
  {
    name: 'dashboard',
    onlyWith: 'apps/dashboard/vite.config.ts',
    sources: ['apps/dashboard', 'libs/api-client', 'libs/chat-colours', 'schema.graphql'],
    into: 'dashboard',
    run: (node, out) =>
      runQuietly(node, [
        'node_modules/vite/bin/vite.js',
        'build',
        '--config',
        'apps/dashboard/vite.config.ts',
        '--outDir',
        out,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]),
  },
  {
    name: 'graphiql',
    onlyWith: 'apps/graphiql/vite.config.ts',
    sources: ['apps/graphiql'],
    into: 'graphiql',
    run: (node, out) =>
      runQuietly(node, [
        'node_modules/vite/bin/vite.js',
        'build',
        '--config',
        'apps/graphiql/vite.config.ts',
        '--outDir',
        out,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]),
  },
  {
    name: 'widget',
    onlyWith: 'apps/widget/vite.config.ts',
    sources: ['apps/widget', 'libs/widget-protocol', 'libs/chat-colours'],
    into: 'widget',
    run: async (node, out) => {
      const config = ['build', '--config', 'apps/widget/vite.config.ts', '--outDir', out, '--logLevel', 'warn'];
      const build = (mode) => runQuietly(node, ['node_modules/vite/bin/vite.js', ...config, '--mode', mode]);
      // The page in the frame, and beside it the one script that sites embed, and the one that shows it to its makers.
      for (const mode of ['frame', 'loader']) {
        const result = await build(mode);
        if (result.code !== 0) return result;
      }
      return build('preview');
    },
  },
];

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules' && name !== 'dist' && !name.includes('.spec.')) yield* filesBelow(join(path, name));
  }
}

function hashOf(part) {
  const hash = createHash('sha256');
  for (const source of [...part.sources, 'package-lock.json', 'tools/build.mjs', 'tools/assets.mjs']) {
    for (const path of filesBelow(join(root, source))) {
      hash
        .update(`${relative(root, path)}\0`)
        .update(readFileSync(path))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

const stampOf = (part) => join(dist, `.built-${part.name}.json`);

function lastBuild(part) {
  try {
    return JSON.parse(readFileSync(stampOf(part), 'utf8'));
  } catch {
    return { hash: null, entries: [] };
  }
}

function outdatedParts() {
  return parts
    .filter((part) => !part.onlyWith || existsSync(join(root, part.onlyWith)))
    .map((part) => ({ part, hash: hashOf(part) }))
    .filter(({ part, hash }) => {
      const last = lastBuild(part);
      return last.hash !== hash || !last.entries.every((entry) => existsSync(join(dist, entry)));
    });
}

/** Whether what is in dist/ was built from the sources as they are. */
export function isBuilt() {
  return outdatedParts().length === 0;
}

/** Moves what was built into its place and takes away what an earlier build left and this one no longer makes. */
function putInPlace(part, hash) {
  const names = readdirSync(fresh).filter((name) => !part.leaveOut?.includes(name));
  const entries = part.into ? [part.into] : names;
  rmSync(stampOf(part), { force: true });
  const old = join(dist, '.old');
  rmSync(old, { recursive: true, force: true });
  mkdirSync(old, { recursive: true });
  for (const entry of new Set([...lastBuild(part).entries, ...entries])) {
    if (existsSync(join(dist, entry))) renameSync(join(dist, entry), join(old, entry));
    const from = part.into ? fresh : join(fresh, entry);
    if (entries.includes(entry)) renameSync(from, join(dist, entry));
  }
  writeFileSync(stampOf(part), JSON.stringify({ hash, entries }));
  rmSync(old, { recursive: true, force: true });
}

/** Builds the parts whose sources have changed since they were built last. */
export async function build(node) {
  for (const { part, hash } of outdatedParts()) {
    console.log(`Building the ${part.name}…`);
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const { code, output } = await part.run(node, fresh);
    if (code !== 0) {
      rmSync(fresh, { recursive: true, force: true });
      throw new Problem(`${output.trim()}\n\nThe ${part.name} could not be built (the compiler's words are above).`);
    }
    if (part.into) {
      compressFiles(fresh);
      keepAssetsBefore(join(dist, part.into), fresh);
    }
    putInPlace(part, hash);
    rmSync(fresh, { recursive: true, force: true });
  }
}
