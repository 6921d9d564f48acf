import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isInputObjectType, isScalarType } from 'graphql';
import pg from 'pg';
import { corpus, marker } from './injection-corpus.js';
import { GraphQLProbes } from './graphql-probes.js';
import type { Operation, Place } from './operations.js';
import { TwoInboxes } from './two-inboxes.js';

const schema = buildSchema(readFileSync(path.join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8'));

/** What the server keeps to itself, in the spellings that a careless mapper would take. */
const forbidden = [
  'workspaceId',
  'workspace_id',
  'workspace',
  'id',
  'role',
  'createdAt',
  'created_at',
  'status',
  'memberId',
  'userId',
  'externalId',
  'permissions',
  'tokenHash',
  '__proto__',
  'constructor',
] as const;

/** Statements that ran, as they were sent to Postgres; the text apart from the values. */
const statements: { text: string; values: string }[] = [];
const query = pg.Client.prototype.query;

/**
 * What another workspace could write into an input: forbidden keys in each input type and operation, texts that end a
 * string in each argument. `keysEach` and `textsEach` say how many of them each place is tried with, in turn.
 */
export function tryInputs(keysEach: number, textsEach: number): void {
  describe('what another workspace could write into an input', () => {
    let both: TwoInboxes;
    let probes: GraphQLProbes;

    beforeAll(async () => {
      both = await TwoInboxes.start();
      probes = new GraphQLProbes(both);
      pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
        const [first, second] = args as [string | { text?: string; values?: unknown[] }, unknown];
        const text = typeof first === 'string' ? first : (first.text ?? '');
        statements.push({ text, values: JSON.stringify((typeof first === 'string' ? second : first.values) ?? []) });
        return (query as (...given: unknown[]) => unknown).apply(this, args);
      } as typeof query;
    }, 60_000);
    afterAll(async () => {
      pg.Client.prototype.query = query;
      await both.stop();
    });

    const asked = () => both.operations.filter(({ root }) => root !== 'subscription');
    const post = (document: string, variables: Record<string, unknown>) =>
      probes.send({ query: document, variables }, both.a.client.headers());

    it('T9: no input type and no operation takes a key that is not its own', async () => {
      const before = [await both.hashes(both.a), await both.hashes(both.b)];
      const taken: string[] = [];
      let tried = 0;
      for (const [index, operation] of asked().entries()) {
        const own = operation.variables((place) => both.a.ids[place.kind?.slice(6) as 'bot'] ?? 'some words');
        for (const key of inTurn(forbidden, keysEach, index)) {
          const value = key === 'role' ? 'OWNER' : both.b.workspaceId;
          // As an argument beside the others.
          const [name = ''] = operation.name.split('.');
          const beside = operation.document.replace(
            new RegExp(`\\{ ${name}(\\()?`),
            (_, open: string | undefined) => `{ ${name}(${key}: "${value}"${open === undefined ? ')' : ', '}`,
          );
          const declares = operation.document.includes(`$${key}:`) && !operation.name.includes('.');
          if (!declares) {
            tried += 1;
            const { body } = await post(beside, own);
            if (!body.includes('"errors"') || !/VALIDATION|PARSE/.test(body))
              taken.push(`${operation.name}(${key}:): ${body}`);
          }
          // Inside each input that it takes.
          for (const [variable, input] of Object.entries(own)) {
            if (typeof input !== 'object' || input === null || Array.isArray(input)) continue;
            const type = inputOf(operation.document, variable);
            if (type === null || type.getFields()[key] !== undefined) continue;
            tried += 1;
            const added = JSON.parse(
              `${JSON.stringify(input).slice(0, -1)}${Object.keys(input).length > 0 ? ',' : ''}${JSON.stringify(key)}:${JSON.stringify(value)}}`,
            ) as unknown;
            const raw = JSON.stringify({ query: operation.document, variables: own }).replace(
              JSON.stringify(input),
              JSON.stringify(added),
            );
            const response = await fetch(`${both.story.app.url}/graphql`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', ...both.a.client.headers() },
              body: raw,
            });
            const body = await response.text();
            if (response.ok && !body.includes('"errors"')) taken.push(`${operation.name} ${type.name}.${key}: ${body}`);
          }
        }
      }
      expect(taken).toEqual([]);
      expect(tried).toBeGreaterThan(asked().length * Math.min(keysEach, forbidden.length) * 0.8);
      expect([await both.hashes(both.a), await both.hashes(both.b)]).toEqual(before);
    }, 120_000);

    /** The input type of a variable; null where it is none. */
    function inputOf(document: string, variable: string) {
      const [, name = ''] = new RegExp(`\\$${variable}: (\\w+)`).exec(document) ?? [];
      const type = schema.getType(name);
      return isInputObjectType(type) ? type : null;
    }

    it('T9: inputs within inputs take no other keys either', async () => {
      const types = Object.values(schema.getTypeMap()).filter(isInputObjectType);
      const nested = types.flatMap((type) =>
        Object.values(type.getFields()).filter(
          (field) => !isScalarType(field.type) && /Input\b/.test(String(field.type)),
        ),
      );
      expect(nested.length).toBeGreaterThan(1);
      for (const [document, variables] of [
        [
          'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }',
          {
            input: { kind: 'FAQ', title: 'x', faq: [{ question: 'x', answer: 'y', workspaceId: both.b.workspaceId }] },
          },
        ],
        [
          'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
          {
            input: {
              conversationId: both.a.ids.conversation,
              idempotencyKey: 'x',
              template: { name: 'x', language: 'en', variables: [], workspaceId: both.b.workspaceId },
            },
          },
        ],
        [
          'query ($filter: ConversationFilter) { conversations(filter: $filter) { nodes { id } } }',
          { filter: { workspaceId: both.b.workspaceId } },
        ],
      ] as const)
        expect((await post(document, variables)).body).toContain('is not defined by type');
    });

    it('T11: no text of an argument becomes part of a statement', async () => {
      const before = await both.hashes(both.b);
      statements.length = 0;
      const places = asked().flatMap((operation) => operation.places.map((place) => ({ operation, place })));
      const broken: string[] = [];
      let sent = 0;
      for (const [index, { operation, place }] of places.entries()) {
        for (const text of textsFor(operation, place, index)) {
          const { body } = await probes.ask(both.a, operation, { place, value: text });
          sent += 1;
          if (/INTERNAL|syntax error|GRAPHQL_VALIDATION/.test(body))
            broken.push(`${operation.name} ${place.path.join('.')} with ${text}: ${body}`);
        }
      }
      expect(broken).toEqual([]);
      expect(sent).toBeGreaterThan(places.length * Math.min(textsEach, corpus.length) * 0.8);
      // The marker reached the database, again and again, and only ever as a value.
      expect(statements.filter(({ values }) => values.includes(marker)).length).toBeGreaterThan(50);
      expect(statements.filter(({ text }) => text.includes(marker) || /pg_sleep/.test(text))).toEqual([]);
      expect(await both.hashes(both.b)).toEqual(before);
      const { rows } = await both.story.sql.query(`select from pg_tables where tablename like '%${marker}%'`);
      expect(rows).toEqual([]);
    }, 120_000);

    function textsFor(operation: Operation, place: Place, index: number): readonly string[] {
      // Each guess at a password costs a hash, and is limited.
      const most = place.kind === 'secret' || operation.name === 'signIn' ? 2 : textsEach;
      return inTurn(corpus, most, index);
    }
  });
}

/** So many of a list, beginning elsewhere for each place, so that between them all are used. */
function inTurn<Item>(list: readonly Item[], count: number, place: number): Item[] {
  const most = Math.min(count, list.length);
  return Array.from({ length: most }, (_, index) => list[(place * most + index) % list.length] as Item);
}
