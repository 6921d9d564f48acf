import type { Plugin } from 'vite';

/** The bundler's own helper, which every `import()` of a part of the page goes through. */
const helper = '\0vite/preload-helper.js';

/** Has the files of a part fetched before it is imported: see src/ui/import-ready.ts. */
export function readyBeforeImport(): Plugin {
  let replaced = false;
  return {
    name: 'ready-before-import',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      build: {
        modulePreload: {
          polyfill: false,
          // A part that needs no other file is left out of its own list.
          resolveDependencies: (file, files, { hostType }) =>
            hostType === 'js' && files.length === 0 ? [file] : files,
        },
      },
    }),
    load(id) {
      if (id !== helper) return null;
      replaced = true;
      return `export { importReady as __vitePreload } from '/src/ui/import-ready.ts';`;
    },
    // Should the bundler name its helper otherwise, or give a part a style sheet of its own, the build says so.
    generateBundle(_options, bundle) {
      if (!replaced)
        this.error('The preloading of the bundler was not replaced: apps/dashboard/ready-before-import.ts.');
      if (Object.keys(bundle).filter((name) => name.endsWith('.css')).length > 1)
        this.error('Parts have style sheets of their own: src/ui/import-ready.ts does not fetch those.');
    },
  };
}
