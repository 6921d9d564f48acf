// Lets plain Node run the project's TypeScript (decorators included, `.js` in an import standing for a `.ts` or `.tsx`
// source), for the tests themselves and for what runs beside them: the run-wide set-up and processes that specs start.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions, swcOptionsWithJsx } from '../../tools/swc-options.mjs';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && !context.parentURL?.includes('/node_modules/')) {
      for (const extension of ['.ts', '.tsx']) {
        const source = new URL(specifier.replace(/\.js$/, extension), context.parentURL);
        if (existsSync(source)) return nextResolve(source.href, context);
      }
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !/\.tsx?$/.test(url) || url.includes('/node_modules/'))
      return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...(filename.endsWith('.tsx') ? swcOptionsWithJsx : swcOptions),
      filename,
      sourceMaps: 'inline',
      module: { type: 'es6' },
      swcrc: false,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
