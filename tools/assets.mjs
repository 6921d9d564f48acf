import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;

/**
 * Puts `x.br` and `x.gz` beside every file of a built page that gets smaller by it, so that the server compresses nothing
 * while it answers, and can afford the strongest setting.
 */
export function compressFiles(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    compressible.test(one),
  )) {
    const plain = readFileSync(join(folder, name));
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: plain.length };
    for (const [ending, packed] of [
      ['gz', gzipSync(plain, { level: 9 })],
      ['br', brotliCompressSync(plain, { params })],
    ])
      if (packed.length < plain.length) writeFileSync(join(folder, `${name}.${ending}`), packed);
  }
}

/**
 * Keeps, in `before/assets`, what the build before has in its assets and this one has not: a page that was loaded a moment
 * before an upgrade still asks for them. The generation before that goes.
 */
export function keepAssetsBefore(previous, fresh) {
  const assets = join(previous, 'assets');
  if (!existsSync(assets) || !existsSync(join(fresh, 'assets'))) return;
  const current = new Set(readdirSync(join(fresh, 'assets')));
  for (const name of readdirSync(assets))
    if (!current.has(name)) cpSync(join(assets, name), join(fresh, 'before', 'assets', name));
}
