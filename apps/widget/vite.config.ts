import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What becomes one script, by the mode that builds it. */
const single: Readonly<Record<string, readonly [source: string, name: string]>> = {
  loader: ['src/loader/main.ts', 'widget.js'],
  preview: ['src/preview/main.ts', 'preview.js'],
};

const oneFile = ([source, name]: readonly [string, string]) => ({
  input: here(source),
  // All of its languages are in it: a page without an origin can load no module.
  output: { format: 'iife' as const, entryFileNames: name, codeSplitting: false },
});

/**
 * Builds the two halves of the chat to dist/widget at the project's root: `--mode frame` the page in the frame with what
 * it loads, and then `--mode loader` the one script that sites embed. `--mode preview` is the chat for its makers, before it is saved.
 */
export default defineConfig(({ mode }) => ({
  root: here('.'),
  // The page is at /widget/frame, and asks for what it needs by whole paths.
  base: '/widget/',
  publicDir: false,
  // The page runs under script-src 'self' and style-src 'self': nothing may be inlined.
  build: {
    outDir: here('../../dist/widget'),
    emptyOutDir: mode === 'frame',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: single[mode] ? oneFile(single[mode]) : { input: here('frame.html') },
  },
}));
