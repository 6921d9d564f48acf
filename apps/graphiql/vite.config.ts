import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

/** GraphiQL's style brings fonts inside itself, which the page's policy does not take: the system's fonts serve. */
const withoutFonts: Plugin = {
  name: 'without-fonts',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : null),
};

/** Builds to dist/graphiql at the project's root; the server serves it at `/graphiql`, from itself alone. */
export default defineConfig({
  root: here('.'),
  base: '/graphiql/',
  plugins: [withoutFonts],
  // Else graphql asks at run time whether this is production, and keeps its words for developers.
  define: { 'globalThis.process': 'true' },
  // The page runs under script-src 'self' and style-src 'self': nothing may be inlined.
  build: {
    outDir: here('../../dist/graphiql'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      onLog: (level, log, report) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : report(level, log)),
    },
  },
});
