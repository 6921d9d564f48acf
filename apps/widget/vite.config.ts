import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the two halves of the chat to dist/widget at the project's root: `--mode frame` the page in the frame with what
 * it loads, and then `--mode loader` the one script that sites embed.
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
    rolldownOptions:
      mode === 'loader'
        ? { input: here('src/loader/main.ts'), output: { format: 'iife' as const, entryFileNames: 'widget.js' } }
        : { input: here('frame.html') },
  },
}));
