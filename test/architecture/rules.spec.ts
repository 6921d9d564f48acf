import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Controller, Get, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { GraphQLSchemaHost, Query, Resolver } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import {
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  buildSchema,
} from 'graphql';
import { AccessRulesCheck, Public } from '../../src/platform/access/index.js';
import { Queues } from '../../src/platform/queue/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

const root = path.join(import.meta.dirname, '..', '..');
const sources = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.spec.ts'));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

@Resolver()
class SilentResolver {
  @Query(() => String)
  silentQuery(): string {
    return '';
  }
}

@Controller()
class SilentController {
  @Get('silent')
  silentRoute(): string {
    return '';
  }
}

@Controller()
class SpokenController {
  @Get('spoken')
  @Public('it says why')
  spokenRoute(): string {
    return '';
  }
}

describe('an operation or route that does not say who may call it', () => {
  const started = async (parts: { providers?: Type[]; controllers?: Type[] }) => {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      controllers: parts.controllers ?? [],
      providers: [AccessRulesCheck, ...(parts.providers ?? [])],
    }).compile();
    await module.init();
    await module.close();
  };

  it('keeps the server from starting', async () => {
    await expect(started({ providers: [SilentResolver] })).rejects.toThrow('SilentResolver.silentQuery');
    await expect(started({ controllers: [SilentController, SpokenController] })).rejects.toThrow(
      /: SilentController\.silentRoute$/,
    );
  });

  it('is what stopped it: one that says so starts', async () => {
    await expect(started({ controllers: [SpokenController] })).resolves.toBeUndefined();
  });
});

/** The types, fields and arguments of a schema that nobody described. */
function undescribed(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return types.flatMap((type) => {
    const roots = ['Query', 'Mutation', 'Subscription'].includes(type.name);
    const found = roots || hasWords(type.description) ? [] : [type.name];
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return found;
    for (const field of Object.values(type.getFields())) {
      if (!hasWords(field.description)) found.push(`${type.name}.${field.name}`);
      for (const argument of 'args' in field ? field.args : [])
        if (!hasWords(argument.description)) found.push(`${type.name}.${field.name}(${argument.name}:)`);
    }
    return found;
  });
}

const hasWords = (text: string | null | undefined) => (text ?? '').trim().length > 1;

/** The kinds of job that a source schedules, each as the text that it is written as. */
function scheduledKinds(file: string, text: string): { kind: string | null; place: string }[] {
  return [...text.matchAll(/outbox\.schedule\(\s*tx,\s*([^,]+),/g)].map(([, written = '']) => ({
    kind: literal(written) ?? (written === 'this.kind' ? constant(text, 'kind') : anywhere(written)),
    place: `${file}: ${written}`,
  }));
}

const literal = (text: string) => /^'([^']+)'$/.exec(text)?.[1] ?? null;
const constant = (text: string, name: string) => new RegExp(`\\b${name} = '([^']+)'`).exec(text)?.[1] ?? null;
const anywhere = (name: string) =>
  /^\w+$/.test(name) ? (sources.map((file) => constant(read(file), name)).find((kind) => kind !== null) ?? null) : null;

describe('the running server', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await startTestApp({ redis: false })));
  afterAll(() => test.close());

  it('describes every type, field and argument', () => {
    expect(undescribed(test.app.get(GraphQLSchemaHost, { strict: false }).schema)).toEqual([]);
  });

  it('has a worker for every kind of job that is scheduled', () => {
    const queues: unknown = test.app.get(Queues, { strict: false });
    const { workers } = queues as { workers: ReadonlyMap<string, unknown> };
    const scheduled = sources.flatMap((file) => scheduledKinds(file, read(file)));
    expect(scheduled.length).toBeGreaterThan(8);
    expect(scheduled.filter(({ kind }) => kind === null || !workers.has(kind))).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('see what has no description', () => {
    const schema = buildSchema(
      '"A" type Query { "b" one(two: Int): One } type One { three: Int } "Given." input In { "x y" four: Int }',
    );
    expect(undescribed(schema)).toEqual(['Query.one', 'Query.one(two:)', 'One', 'One.three']);
  });

  it('see a kind of job that cannot be told', () => {
    const planted = `this.outbox.schedule(tx, 'send', id); this.outbox.schedule(tx, kindOf(row), id); this.outbox.schedule(tx, this.kind, id); readonly kind = 'own';`;
    expect(scheduledKinds('a.ts', planted).map(({ kind }) => kind)).toEqual(['send', null, 'own']);
  });
});

describe('the sources', () => {
  /** The rules and lines of what ESLint says to texts, were they those files': one process, for it reads all sources once. */
  function lint(...texts: readonly { readonly file: string; readonly text: string }[]): string[][] {
    const program = path.join(import.meta.dirname, 'lint-texts.mjs');
    const { stdout, stderr } = spawnSync(process.execPath, [program], {
      cwd: root,
      input: JSON.stringify(texts),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as string[][];
  }

  const planted = [
    `import { forwardRef } from '@nestjs/common';`,
    `import { env as given } from 'node:process';`,
    `const { env } = process;`,
    `export const all = [forwardRef(() => String), given, env, process.env['PORT'], process['env']];`,
    '',
  ].join('\n');

  const sqlOfText = [
    `export const one = (tx: { query(text: string): void }, id: string) => tx.query(\`select \${id}\`);`,
    "export const two = (tx: { execute(text: string): void }, id: string) => tx.execute('delete from ' + id);",
    'export const three = (all: { createQueryBuilder(): string }) => all.createQueryBuilder();',
    'export const four = (sql: (text: string) => string, text: string) => sql(text);',
    'export class Sql {}',
    'export const five = () => new Sql();',
    "import { Raw } from 'typeorm';",
    "export const six = Raw('true');",
    `export const fine = (tx: { query(text: string): void }, tag: (text: TemplateStringsArray, id: string) => string, id: string) => tx.query(tag\`select \${id}\`);`,
    '',
  ].join('\n');

  const unawaited = [
    'declare function mayDoIt(): Promise<boolean>;',
    'export const always = () => (mayDoIt() ? 1 : 2);',
    'export function never(): void { mayDoIt(); }',
    'export const fine = async () => ((await mayDoIt()) ? 1 : 2);',
    '',
  ].join('\n');

  let found: string[] = [];
  let inConfig: string[] = [];
  let ofSql: string[] = [];
  let ofChecks: string[] = [];
  beforeAll(() => {
    const file = 'src/channels/channels.ts';
    [found = [], inConfig = [], ofSql = [], ofChecks = []] = lint(
      { file, text: planted },
      { file: 'src/platform/config/config.ts', text: planted },
      { file, text: sqlOfText },
      { file, text: unawaited },
    );
  }, 120_000);

  it('may not use forwardRef, nor read the environment outside its one folder', () => {
    expect(found).toEqual(
      expect.arrayContaining([
        '1 @typescript-eslint/no-restricted-imports',
        '2 no-restricted-syntax',
        '3 no-restricted-syntax',
        '4 no-restricted-syntax',
      ]),
    );
    expect(found.filter((one) => one === '4 no-restricted-syntax')).toHaveLength(2);
    expect(inConfig.filter((one) => one.endsWith('no-restricted-syntax'))).toEqual([]);
  });

  it('T11: may not put SQL together from text', () => {
    const lines = ofSql.filter((one) => one.endsWith('no-restricted-syntax'));
    expect(lines.map((one) => Number(one.split(' ')[0]))).toEqual([1, 2, 3, 4, 6, 7, 8]);
  });

  it('may not take a check that nobody waited for as passed (case A11)', () => {
    const lines = ofChecks.filter((one) => /no-(misused|floating)-promises$/.test(one));
    expect(lines).toEqual(['2 @typescript-eslint/no-misused-promises', '3 @typescript-eslint/no-floating-promises']);
  });

  it('use no forwardRef', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter((file) => /\bforwardRef\b/.test(read(file)))).toEqual([]);
  });

  it('read process.env in config, and where nothing of the server stands yet', () => {
    const readers = sources.filter((file) => /process\.env\b/.test(read(file)));
    expect(readers.filter((file) => !file.startsWith('src/platform/config/'))).toEqual(
      readers.filter((file) => /^src\/(main\.ts|platform\/embedded\/)/.test(file)),
    );
  });
});
