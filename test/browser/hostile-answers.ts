import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  buildSchema,
  execute,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isScalarType,
  parse,
} from 'graphql';
import { cleanHtml } from '../../src/channels/email/clean-html.js';
import type { HostileWords } from './hostile-words.js';
import { root } from './dashboard.js';

const schema = buildSchema(readFileSync(path.join(root, 'schema.graphql'), 'utf8'));

export const workspaceId = '01900000-0000-7000-8000-000000000001';
const viewerId = '01900000-0000-7000-8000-000000000002';

/** What has to be so for the pages to be there at all: who is here, may do everything, and nothing is over. */
const fixed: Readonly<Record<string, unknown>> = {
  'User.instanceOperator': true,
  'Membership.role': 'OWNER',
  'Member.role': 'OWNER',
  'Workspace.id': workspaceId,
  'Workspace.timezone': 'Europe/Istanbul',
  'Workspace.locale': 'en',
  'InboxReport.timezone': 'Europe/Istanbul',
  'PageInfo.hasNextPage': false,
  'Message.deletedAt': null,
  'Draft.status': 'PROPOSED',
  'Conversation.snoozedUntil': null,
  'Contact.blocked': false,
  'Contact.automationObjected': false,
  'Contact.processingRestricted': false,
  'Bot.frozen': false,
  'Channel.frozen': false,
  'Member.frozen': false,
  'MessagingWindow.open': true,
  'PolicyDocument.accepted': false,
  'User.emailVerified': true,
  'BillingSubscription.sold': true,
};
/** Kinds of things that stand for themselves in the pages' lists; of others there are a few in each. */
const listed = new Set(['nodes', 'channels', 'cannedResponses', 'savedViews', 'apiTokens', 'sessions', 'invitations']);
const few = 3;

/**
 * A server that was fooled: it answers every operation of the pages, and wherever its schema says that there are words
 * there are an attacker's. Behind each stands of which field they are, so that what a page shows can be told.
 */
export class HostileAnswers {
  /** By field, which payloads it was answered with. */
  readonly given = new Map<string, Set<number>>();
  private readonly fields: string[] = [];
  private readonly turns = new Map<string, number>();
  private readonly answered = new Map<string, Promise<object>>();
  private readonly document = new Map<string, ReturnType<typeof parse>>();

  /** `many` rows stand in a list. */
  constructor(
    private readonly words: readonly HostileWords[],
    private readonly many: number,
  ) {}

  /** Another page is looked at: what it asks is answered anew. */
  turnOver(): void {
    this.answered.clear();
  }

  /** An answer to what a page has asked; the same as before, where it asks the same again. */
  answer(body: Asked): Promise<object> {
    const key = JSON.stringify([body.query, body.variables]);
    const answer = this.answered.get(key) ?? this.answerAnew(body);
    this.answered.set(key, answer);
    return answer;
  }

  private async answerAnew(body: Asked): Promise<object> {
    const document = this.document.get(body.query) ?? parse(body.query);
    this.document.set(body.query, document);
    return execute({
      schema,
      document,
      variableValues: body.variables ?? {},
      operationName: body.operationName ?? null,
      rootValue: {},
      fieldResolver: (source, args, _context, info) =>
        this.resolve(source as Made, args as Record<string, unknown>, info),
      typeResolver: (_value, _context, _info, abstract) => schema.getPossibleTypes(abstract)[0]?.name ?? abstract.name,
    });
  }

  /** The fields whose words stand in what a page shows. */
  shownIn(text: string): ReadonlySet<string> {
    return new Set([...text.matchAll(/\/\/f(\d+)\./gu)].map(([, number]) => this.fields[Number(number)] ?? 'unknown'));
  }

  private resolve(source: Made, args: Record<string, unknown>, info: GraphQLResolveInfo): unknown {
    const field = `${info.parentType.name}.${info.fieldName}`;
    const key = info.path.key as string;
    if (source[key] !== undefined) return source[key];
    const inList = typeof info.path.prev?.key === 'number';
    if (field === 'User.id' && this.isViewer(info)) return viewerId;
    if (field in fixed) return fixed[field];
    const asked = args['id'];
    if (info.fieldName === 'id' && typeof source.asked === 'string') return source.asked;
    return this.make(info.returnType, field, info.fieldName, { ...(typeof asked === 'string' && { asked }) }, inList);
  }

  /** The person at the screen, and their own place among the members. */
  private isViewer({ path: at }: GraphQLResolveInfo): boolean {
    const keys: (string | number)[] = [];
    for (let step: typeof at | undefined = at; step; step = step.prev) keys.unshift(step.key);
    return keys[0] === 'viewer' || keys.slice(0, 3).join('.') === 'workspace.members.0';
  }

  private make(type: GraphQLOutputType, field: string, name: string, object: Made, inList: boolean): unknown {
    const plain = getNullableType(type);
    if (isListType(plain)) {
      const length = listed.has(name) || field.startsWith('Query.') ? this.many : few;
      return Array.from({ length }, () => this.make(plain.ofType, field, name, {}, true));
    }
    const named = getNamedType(plain);
    const turn = this.turn(`${field} turn`);
    if (isEnumType(named)) {
      const values = named.getValues();
      return values[turn % values.length]?.value;
    }
    if (!isScalarType(named)) return { ...object, turn };
    switch (named.name) {
      case 'ID':
        return `01900000-0000-7000-8000-${String(turn + 100).padStart(12, '0')}`;
      case 'Int':
        return /max|length|bytes|size/iu.test(name) ? 4_000 : 1 + (turn % 5);
      case 'Float':
        return 0.5;
      case 'Boolean':
        return turn % 2 === 0;
      case 'DateTime':
        return new Date(Date.now() - turn * 60_000).toISOString();
      case 'JSON':
        return Object.fromEntries(Array.from({ length: few }, () => [this.say(`${field} name`), this.say(field)]));
      default:
        // What stands alone on a page says several at once, or it would take as many pages as there are payloads.
        return inList ? this.say(field) : Array.from({ length: this.many }, () => this.say(field)).join('\n');
    }
  }

  /** The next payload for a field, as the field may have it. */
  private say(field: string): string {
    const said = this.words[this.turn(field) % this.words.length];
    if (said === undefined) throw new Error('There are no words.');
    const given = this.given.get(field) ?? new Set();
    this.given.set(field, given.add(said.number));
    if (!this.fields.includes(field)) this.fields.push(field);
    const marked = `${said.text}//f${String(this.fields.indexOf(field))}.`;
    // Mails are cleaned before they are kept; what is left comes to the page.
    return field === 'Message.html' ? (cleanHtml(marked) ?? '') : marked;
  }

  private turn(what: string): number {
    const turn = this.turns.get(what) ?? 0;
    this.turns.set(what, turn + 1);
    return turn;
  }
}

/** What a page asks. */
export interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** An object of the answer: what is not said of it is made when it is asked for. */
interface Made {
  readonly asked?: string;
  readonly [field: string]: unknown;
}
