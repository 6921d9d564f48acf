import { print, stripIgnoredCharacters, type DocumentNode } from 'graphql';
import type { Plugin } from 'vite';

const generated = /\/libs\/api-client\/generated\/graphql\.ts$/u;
const written = /^export const (\w+) = (\{.*\}) as unknown as DocumentNode<.*>;$/gmu;
const prefix = 'typed-document/';

/**
 * The typed documents as text, a module each. As trees of objects they are ten times as long, and in one module the inbox
 * would carry those of every page. The client takes text for a document and parses it when it is first asked for.
 */
export function documentsAsText(): Plugin {
  const texts = new Map<string, string>();
  return {
    name: 'documents-as-text',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!generated.test(id)) return null;
      const without = code.replaceAll(written, (_whole, name: string, tree: string) => {
        texts.set(name, stripIgnoredCharacters(print(JSON.parse(tree) as DocumentNode)));
        return `export { ${name} } from '${prefix}${name}';`;
      });
      // Should the generator write them in another way, the build says so, and does not grow in silence.
      if (texts.size === 0 || without.includes('"kind":"Document"')) {
        this.error(
          'The typed documents are not written as they were: apps/dashboard/documents-as-text.ts misses some.',
        );
      }
      return { code: without, map: null };
    },
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      const name = id.startsWith(`\0${prefix}`) ? id.slice(prefix.length + 1) : '';
      const text = texts.get(name);
      return text === undefined
        ? null
        : { code: `export const ${name} = ${JSON.stringify(text)};`, moduleSideEffects: false };
    },
  };
}
