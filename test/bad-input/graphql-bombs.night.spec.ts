import { performance } from 'node:perf_hooks';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { parse } from 'graphql';
import { checkRows, limits, problemsOf } from '../../src/platform/graphql/index.js';
import { bombs, type Bomb } from '../architecture/graphql-bombs.js';
import { type TestApp, startTestApp } from '../support/app.js';

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** Documents a little under every limit, of the shapes that validation is slowest with. */
const nearly: Readonly<Record<string, Bomb>> = {
  'ten times everything': {
    query: `{ ${times(10, () => `bots { ${times(12, () => 'channels { id }')} }`).replaceAll(/(channels \{ id \} ?){11,}/g, 'channels { id } ')} }`,
  },
  'fifty fragments in one place': {
    query: `{ inboxCounts { ${times(50, (n) => `...F${String(n)} g${String(n)}`)} } } ${times(50, (n) => `fragment F${String(n)} on InboxCounts { ${times(6, (m) => `f${String(n)}x${String(m)}`)} }`)}`,
  },
  'a chain of fragments': {
    query: `{ inboxCounts { ...F0 } } ${times(49, (n) => `fragment F${String(n)} on InboxCounts { f${String(n)} ...F${String(n + 1)} }`)} fragment F49 on InboxCounts { open }`,
  },
  'six hundred unknown fields': { query: `{ inboxCounts { ${times(1_900, (n) => `f${String(n)}`)} } }` },
};

// What an attacker costs is processor time; a refusal has to be cheap on the slowest machine that this runs on.
const mostMilliseconds = 50;

describe('the refusal of a document that asks for too much (case Q1)', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ environment: { ROLE: 'api' }, redis: false });
  });
  afterAll(() => test.close());

  it('takes less than 50 ms, in the median of fifteen', () => {
    const { schema } = test.app.get(GraphQLSchemaHost);
    const medians = Object.entries({ ...bombs, ...nearly }).map(([what, bomb]) => {
      const taken = Array.from({ length: 15 }, () => {
        const since = performance.now();
        try {
          const document = parse(bomb.query, { maxLexicalTokens: limits.tokens });
          if (problemsOf(schema, document).length === 0)
            checkRows(schema, document, bomb.operationName, { ...bomb.variables });
        } catch {
          // Refused by the parser or for its rows: that counts as well.
        }
        return performance.now() - since;
      });
      return { what, median: taken.sort((a, b) => a - b)[7] ?? 0 };
    });
    const slowest = medians.sort((a, b) => b.median - a.median).slice(0, 5);
    console.log(slowest.map(({ what, median }) => `${median.toFixed(2)} ms  ${what}`).join('\n'));
    expect(medians.filter(({ median }) => median >= mostMilliseconds)).toEqual([]);
  });
});
