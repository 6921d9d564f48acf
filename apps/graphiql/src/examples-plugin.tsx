import { type GraphiQLPlugin, useEditorContext } from '@graphiql/react';
import { type Example, examples } from './examples.js';
import type { wordsFor } from './words.js';

type Words = ReturnType<typeof wordsFor>;

/** A pane with operations to begin with. */
export function ExamplesPlugin(words: Words): GraphiQLPlugin {
  return {
    title: words.examples,
    icon: () => (
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <path d="M6 4h9l4 4v12H6z M14 4v5h5 M9 13h7 M9 16.5h5" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
    ),
    content: () => <Examples words={words} />,
  };
}

function Examples({ words }: { readonly words: Words }) {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const put = ({ query, variables }: Example) => {
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables ?? '');
    queryEditor?.focus();
  };
  return (
    <section className="examples" aria-label={words.examples}>
      <h2>{words.examples}</h2>
      <p>{words.examplesLead}</p>
      <ul>
        {examples.map((example) => {
          const [title, lead] = words.example[example.id];
          return (
            <li key={example.id}>
              <button type="button" onClick={() => put(example)}>
                <strong>{title}</strong>
                <span>{lead}</span>
                {example.id === 'send' && <em>{words.writes}</em>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
