import { registerHooks } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { ReadWork, WhatIsRead } from './what-is-read.js';

// Run from its source, as tests do: an import that ends in `.js` stands for the `.ts` beside it.
if (import.meta.filename.endsWith('.ts'))
  registerHooks({
    resolve: (specifier, context, next) =>
      next(
        /^\.{1,2}\//.test(specifier) && context.parentURL?.includes('/src/ai/') === true
          ? specifier.replace(/\.js$/, '.ts')
          : specifier,
        context,
      ),
  });

parentPort?.once('message', (work: ReadWork) => {
  void read(work).then((found) => parentPort?.postMessage(found));
});

async function read(work: ReadWork): Promise<WhatIsRead> {
  const { readBytes } = await import('./read-bytes.js');
  const { Unreadable } = await import('./unreadable.js');
  try {
    return await readBytes(work);
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', reason: error.reason, values: error.values };
    // A document within a document within a document: there is no room left for another call.
    const reason = error instanceof RangeError ? 'TOO_HARD' : 'BROKEN';
    return { kind: 'unreadable', reason, values: {} };
  }
}
