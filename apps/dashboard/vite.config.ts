import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { documentsAsText } from './documents-as-text.js';
import { readyBeforeImport } from './ready-before-import.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What is built is what people get, whoever asks for it: with NODE_ENV=test in the surroundings the libraries would be those for
// developers, twice as large.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

/** Builds to dist/dashboard at the project's root; the server serves that folder at `/`. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [documentsAsText(), readyBeforeImport()],
  // A fifth of what a conversation took to be shown: see there.
  resolve: { alias: { 'react-i18next': here('src/i18n/use-translation.ts') } },
  // The page runs under script-src 'self' and style-src 'self': nothing may be inlined.
  build: {
    outDir: here('../../dist/dashboard'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      // What the first page cannot do without is two scripts, the libraries (which seldom change) and our own. Left alone the
      // bundler makes thirty, one for each set of later pages that shares it: as many requests, each compressed by itself.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /[\\/]node_modules[\\/]/u },
            { name: 'inbox', tags: ['$initial'] },
          ],
        },
      },
      // "use client" is meant for servers that render; there is none here, and the warning drowns others.
      onLog: (level, log, report) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : report(level, log)),
    },
  },
  server: {
    proxy: { '/graphql': { target: 'http://localhost:3000', ws: true }, '/instance.json': 'http://localhost:3000' },
  },
});
