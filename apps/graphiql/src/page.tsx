import { useMemo, useRef, useState } from 'react';
import { GraphiQL } from 'graphiql';
import { ExamplesPlugin } from './examples-plugin.js';
import { examples } from './examples.js';
import { type Choice, fetcherFor, headersFor } from './server.js';
import type { wordsFor } from './words.js';

interface Props {
  readonly workspaces: readonly Choice[];
  readonly words: ReturnType<typeof wordsFor>;
}

/** Nothing that is typed here outlives the page: it may be a customer's. */
function memoryStorage() {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** The theme that was chosen in the dashboard; the system's where none was. */
function chosenTheme(): 'light' | 'dark' | null {
  try {
    const theme = localStorage.getItem('parley.theme');
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

export function Page({ workspaces, words }: Props) {
  const [workspaceId, choose] = useState(workspaces[0]?.id ?? null);
  const [first] = examples;
  // What stands in the editors goes along to the next workspace.
  const kept = useRef({ query: first.query, variables: first.variables ?? '' });
  const parts = useMemo(
    () => ({
      fetcher: fetcherFor(workspaceId),
      headers: JSON.stringify(headersFor(workspaceId), null, 2),
      storage: memoryStorage(),
      plugins: [ExamplesPlugin(words)],
      ...kept.current,
    }),
    [workspaceId, words],
  );
  const theme = chosenTheme();
  return (
    <>
      <header className="bar">
        <h1>{words.title}</h1>
        <label>
          {words.workspace}{' '}
          <select value={workspaceId ?? ''} onChange={(event) => choose(event.target.value)}>
            {workspaces.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {workspaces.length === 0 && <span>{words.none}</span>}
        <span className="hint">{words.shortcuts}</span>
        <a href="/">{words.back}</a>
      </header>
      <main>
        <GraphiQL
          key={workspaceId}
          fetcher={parts.fetcher}
          defaultHeaders={parts.headers}
          headers={parts.headers}
          query={parts.query}
          variables={parts.variables}
          storage={parts.storage}
          plugins={parts.plugins}
          shouldPersistHeaders={false}
          defaultEditorToolsVisibility="headers"
          onEditQuery={(query) => (kept.current.query = query)}
          onEditVariables={(variables) => (kept.current.variables = variables)}
          {...(theme === null ? { defaultTheme: null } : { defaultTheme: theme })}
        />
      </main>
    </>
  );
}
