import { randomUUID } from 'node:crypto';
import { newId } from '../../src/platform/database/index.js';
import type { IdKind } from './argument-classes.js';
import type { Operation, Place } from './operations.js';
import type { FurnishedInbox, TwoInboxes } from './two-inboxes.js';

/** Headers of an answer that differ from one request to the next whatever was asked. */
const changing = new Set(['date', 'x-request-id', 'content-length', 'keep-alive']);

/** A whole answer as a client gets it. */
export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** What stands in a place that is not on trial: the workspace's own row, or a value of the right kind. */
function ownValue(inbox: FurnishedInbox, place: Place): string {
  if (place.path.at(-1) === 'idempotencyKey') return randomUUID();
  if (place.path.at(-1) === 'mergeIds') return inbox.ids.secondContact;
  const [, kind] = /^id of (\w+)$/.exec(place.kind ?? '') ?? [];
  if (kind !== undefined) return inbox.ids[kind as IdKind];
  if (place.kind === 'search') return 'speaks';
  return place.kind === 'account' ? (inbox.accounts[0] ?? '') : 'some words';
}

/** Asks as one workspace with a value of another in one place. */
export class GraphQLProbes {
  constructor(private readonly both: TwoInboxes) {}

  /** Sends an operation as `inbox`, with `value` in the place on trial and the inbox's own values elsewhere. */
  ask(
    inbox: FurnishedInbox,
    operation: Operation,
    trial: { readonly place: Place; readonly value: string } | null,
    headers: Readonly<Record<string, string>> = inbox.client.headers(),
  ): Promise<Answer> {
    const here = trial?.place.path.join('.');
    const variables = operation.variables(
      (place) => (trial !== null && place.path.join('.') === here ? trial.value : ownValue(inbox, place)),
      trial?.place,
    );
    return this.send({ query: operation.document, variables }, headers);
  }

  async send(body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const response = await fetch(`${this.both.story.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const shown = [...response.headers].filter(([name]) => !changing.has(name)).sort();
    return { status: response.status, headers: JSON.stringify(shown), body: await response.text() };
  }

  /**
   * The answer without what is different each time: the request's id and the value that was asked for; where a mutation
   * was done, the times that it made.
   */
  bare({ status, headers, body }: Answer, operation: Operation, asked: string): string {
    const said = (
      asked === ''
        ? body.replaceAll('"id":""', '"id":"<asked>"')
        : body.replaceAll(JSON.stringify(asked).slice(1, -1), '<asked>')
    )
      .replace(/"requestId":"[^"]*"/g, '"requestId":"<request>"')
      .replace(/report this id: [^"]*/, 'report this id');
    const done = operation.root === 'mutation' && !said.includes('"errors"');
    const made = done ? said.replaceAll(/"\d{4}-\d\d-\d\dT[0-9:.]+Z"/g, '"<time>"') : said;
    return `${String(status)} ${headers} ${made}`;
  }
}

/**
 * Values of another workspace that stand in the place of an id, and forms of them that a careless reader would take; the
 * first ten are tried with every change, all of them by night.
 */
export function strangeIds(of: FurnishedInbox, kind: IdKind, most = 10): [what: string, value: string][] {
  const theirs = of.ids[kind];
  const other = kind === 'contact' ? 'message' : 'contact';
  const all: [string, string][] = [
    ['their id', theirs],
    [`their ${other}`, of.ids[other]],
    ['their workspace', of.workspaceId],
    ['in capitals', theirs.toUpperCase()],
    ['in braces', `{${theirs}}`],
    ['with a space behind', `${theirs} `],
    ['with a NUL behind', `${theirs}\0`],
    ['malformed', 'no id at all'],
    ['empty', ''],
    ['never made, of another version', randomUUID()],
    ['without dashes', theirs.replaceAll('-', '')],
    ['as a URN', `urn:uuid:${theirs}`],
    ['with a line feed before', `\n${theirs}`],
    ['with their workspace', `${of.workspaceId}.${theirs}`],
    ['as a path', `../${of.workspaceId}/${theirs}`],
    ['as a list', `${theirs},${newId()}`],
    ['as a condition', `${theirs}' or '1'='1`],
    ['zeros', '00000000-0000-0000-0000-000000000000'],
    ['very long', theirs.repeat(20)],
    ...Object.entries(of.ids).map(([name, id]): [string, string] => [`their ${name}`, id]),
  ];
  return all.slice(0, most);
}

/** The cursor of another list's row, and the same cursor with its id changed by one digit: a row that never was. */
export function twinOf(cursor: string): string {
  if (/^\d+$/.test(cursor)) return cursor;
  const values = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
  const changed = values.map((value) =>
    typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)
      ? `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
      : value,
  );
  return Buffer.from(JSON.stringify(changed)).toString('base64url');
}
