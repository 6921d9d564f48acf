import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { PolicyKind } from './policy-kind.js';

export type PageLanguage = 'en' | 'tr';

/** One version of a text in one language, filled with what this deployment says of itself. */
export interface PolicyText {
  readonly kind: PolicyKind;
  /** The day from which on it holds: 2026-11-22. */
  readonly version: string;
  readonly language: PageLanguage;
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
}

const required = ['kind', 'version', 'language', 'title', 'summary'] as const;

/**
 * The published texts: Markdown with front matter, one file a version and language. Files in DATA_DIR/policies take the
 * place of those that come along, kind by kind: an operator who has texts of their own is bound by theirs alone.
 */
@Injectable()
export class PolicyDocuments {
  private readonly texts: readonly PolicyText[];

  constructor(config: Config) {
    const values = valuesOf(config);
    const own = readFolder(path.join(config.dataDir, 'policies'), values);
    const brought = readFolder(path.join(import.meta.dirname, 'documents'), values);
    this.texts = Object.values(PolicyKind).flatMap((kind) => {
      const texts = own.filter((text) => text.kind === kind);
      return texts.length > 0 ? texts : brought.filter((text) => text.kind === kind);
    });
    for (const kind of Object.values(PolicyKind)) this.inForce(kind, 'en');
  }

  /** The newest version that has begun to hold. A language that is missing is English, or whatever there is. */
  inForce(kind: PolicyKind, language: PageLanguage): PolicyText {
    const today = new Date().toISOString().slice(0, 10);
    const versions = this.versionsOf(kind).filter((version) => version <= today);
    const text = versions[0] === undefined ? null : this.version(kind, versions[0], language);
    if (text === null) throw new Error(`There is no text of the policy ${kind} that holds today.`);
    return text;
  }

  /** One version; null where there is none of that name. */
  version(kind: PolicyKind, version: string, language: PageLanguage): PolicyText | null {
    const texts = this.texts.filter((text) => text.kind === kind && text.version === version);
    return (
      texts.find((text) => text.language === language) ??
      texts.find((text) => text.language === 'en') ??
      texts[0] ??
      null
    );
  }

  /** The versions of a kind, the newest first. */
  versionsOf(kind: PolicyKind): string[] {
    return [...new Set(this.texts.filter((text) => text.kind === kind).map(({ version }) => version))].sort().reverse();
  }
}

function readFolder(folder: string, values: ReadonlyMap<string, string>): PolicyText[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readDocument(name, readFileSync(path.join(folder, name), 'utf8'), values));
}

/** Reads one file; throws, naming it, where it is not as it has to be. */
export function readDocument(name: string, source: string, values: ReadonlyMap<string, string>): PolicyText {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (parts === null) throw new Error(`${name} does not begin with front matter between two lines of ---.`);
  const head = new Map(
    (parts[1] ?? '').split(/\r?\n/).map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
    }),
  );
  for (const key of required) if ((head.get(key) ?? '') === '') throw new Error(`${name} does not say its ${key}.`);
  const field = (key: (typeof required)[number]) => fill(name, head.get(key) ?? '', values);
  const kind = Object.values(PolicyKind).find((one) => String(one) === field('kind'));
  const language = field('language');
  if (kind === undefined) throw new Error(`${name} is of no kind that there is: ${field('kind')}.`);
  if (language !== 'en' && language !== 'tr') throw new Error(`${name} is in a language without pages: ${language}.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(field('version')))
    throw new Error(`${name}: a version is a day, such as 2026-11-22.`);
  const body = fill(name, parts[2] ?? '', values);
  return { kind, version: field('version'), language, title: field('title'), summary: field('summary'), body };
}

function fill(name: string, text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, key: string) => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`${name} asks for {{${key}}}, which nothing fills.`);
    return value;
  });
}

function valuesOf({ operator, publicUrl, environment }: Config): ReadonlyMap<string, string> {
  return new Map([
    ['operatorName', operator.name],
    ['operatorAddress', operator.address],
    ['privacyEmail', operator.privacyEmail],
    ['supportEmail', operator.supportEmail],
    ['securityEmail', operator.securityEmail],
    ['publicUrl', publicUrl],
    ['logDays', String(environment.LOG_RETENTION_DAYS)],
  ]);
}
