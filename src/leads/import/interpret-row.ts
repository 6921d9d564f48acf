import { createHash } from 'node:crypto';
import { ContactFieldKind, type ContactFieldRow, checkFieldValue, cleanTags } from '../../conversations/index.js';
import { cleanInput } from '../../platform/database/index.js';
import type { TableRow } from '../../platform/csv/index.js';
import {
  emailOf,
  longestFieldText,
  longestMessage,
  longestName,
  mostFields,
  phoneOf,
} from '../capture/clean-details.js';
import type { LeadStatus } from '../enums.js';
import { dayIn, momentIn, numberIn, statusIn, yesNoIn } from './cell-values.js';
import type { ColumnTarget, LeadPart } from './column-targets.js';
import type { RejectionReason } from './rejection-words.js';

type FieldValue = string | number | boolean;

/** What a line of a file says of somebody. */
export interface ImportedRow {
  readonly line: number;
  /** By what the same person, or the same line, is known among what came out of files. */
  readonly externalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly message: string | null;
  readonly status: LeadStatus | null;
  readonly createdAt: Date | null;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly contactFields: Readonly<Record<string, FieldValue>>;
}

/** A line that became no lead, with the column that is to blame. */
export interface Rejection {
  readonly line: number;
  readonly reason: RejectionReason;
  readonly place: number | null;
}

/** Why a cell cannot be taken. */
class Refusal extends Error {
  constructor(
    readonly reason: RejectionReason,
    readonly place: number | null,
  ) {
    super(reason);
  }
}

/** Reads the rows of one file, by what its columns become. */
export class RowReader {
  private readonly fields: ReadonlyMap<string, ContactFieldRow>;

  constructor(
    private readonly targets: readonly ColumnTarget[],
    fields: readonly ContactFieldRow[],
  ) {
    this.fields = new Map(fields.map((field) => [field.key, field]));
  }

  /** What a line says, or why it cannot be taken. Nothing is cut: who brings the file is there to put it right. */
  read({ line, values }: TableRow): ImportedRow | Rejection {
    try {
      return this.rowOf(line, values.map(plainCell));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { line, reason: error.reason, place: error.place };
    }
  }

  private rowOf(line: number, values: readonly string[]): ImportedRow {
    if (values.slice(this.targets.length).some((value) => value !== '')) throw new Refusal('MORE_VALUES', null);
    const said = {
      name: this.nameIn(values),
      email: this.checked(values, 'email', emailOf, 'NO_EMAIL'),
      phone: this.checked(values, 'phone', phoneIn, 'NO_PHONE'),
      company: this.line(values, 'company'),
      message: this.text(values, 'message', longestMessage),
    };
    const { name, email, phone } = said;
    if (name === null && email === null && phone === null) throw new Refusal('NOBODY', null);
    return {
      line,
      externalId: externalIdOf(email ?? phone, [name, said.company, said.message]),
      ...said,
      status: this.checked(values, 'status', statusIn, 'NO_STATUS'),
      createdAt: this.checked(values, 'createdAt', momentIn, 'NO_DATE'),
      tags: this.tagsIn(values),
      fields: this.answersIn(values),
      contactFields: this.contactFieldsIn(values),
    };
  }

  private placeOf(part: LeadPart): number {
    return this.targets.findIndex((target) => target.kind === 'part' && target.part === part);
  }

  private text(values: readonly string[], part: LeadPart, most: number): string | null {
    const place = this.placeOf(part);
    const text = values[place] ?? '';
    if (text.length > most) throw new Refusal('TOO_LONG', place);
    return text === '' ? null : text;
  }

  private line(values: readonly string[], part: LeadPart): string | null {
    return this.text(values, part, longestName)?.replaceAll(/\s+/gu, ' ') ?? null;
  }

  private checked<Value>(
    values: readonly string[],
    part: LeadPart,
    read: (text: string) => Value | null,
    reason: RejectionReason,
  ): Value | null {
    const place = this.placeOf(part);
    const text = values[place] ?? '';
    if (text === '') return null;
    const value = read(text);
    if (value === null) throw new Refusal(reason, place);
    return value;
  }

  private nameIn(values: readonly string[]): string | null {
    const whole = this.line(values, 'name');
    const parts = [this.line(values, 'firstName'), this.line(values, 'lastName')].filter((part) => part !== null);
    const name = whole ?? (parts.length === 0 ? null : parts.join(' '));
    if (name !== null && name.length > longestName) throw new Refusal('TOO_LONG', this.placeOf('lastName'));
    return name;
  }

  private tagsIn(values: readonly string[]): string[] {
    const place = this.placeOf('tags');
    try {
      return cleanTags((values[place] ?? '').split(/[;,|\n]/));
    } catch {
      throw new Refusal('TOO_MANY_TAGS', place);
    }
  }

  private answersIn(values: readonly string[]): Record<string, string> {
    const answers: [string, string][] = [];
    this.targets.forEach((target, place) => {
      const text = values[place] ?? '';
      if (target.kind !== 'answer' || text === '') return;
      if (text.length > longestFieldText) throw new Refusal('TOO_LONG', place);
      answers.push([target.name, text]);
    });
    return Object.fromEntries(answers.slice(0, mostFields));
  }

  private contactFieldsIn(values: readonly string[]): Record<string, FieldValue> {
    const found: [string, FieldValue][] = [];
    this.targets.forEach((target, place) => {
      const text = values[place] ?? '';
      const field = target.kind === 'contact' ? this.fields.get(target.key) : undefined;
      if (field === undefined || text === '') return;
      if (text.length > longestFieldText) throw new Refusal('TOO_LONG', place);
      found.push([field.key, fieldValue(field, text, place)]);
    });
    return Object.fromEntries(found);
  }
}

function fieldValue(field: ContactFieldRow, text: string, place: number): FieldValue {
  const value = valueIn(field, text);
  if (value === null) throw new Refusal('FIELD_KIND', place);
  try {
    return checkFieldValue(field, value);
  } catch {
    throw new Refusal('FIELD_KIND', place);
  }
}

/** What a cell says as the kind of value that a field holds. */
function valueIn({ kind }: ContactFieldRow, text: string): FieldValue | null {
  switch (kind) {
    case ContactFieldKind.NUMBER:
      return numberIn(text);
    case ContactFieldKind.YES_NO:
      return yesNoIn(text);
    case ContactFieldKind.DATE:
      return dayIn(text);
    default:
      return text;
  }
}

/** Without what table programs put around a text: the sign before what looks like a formula, `="0555"`. */
function plainCell(value: string): string {
  const text = cleanInput(value);
  const formula = /^="([^"]*)"$/.exec(text);
  if (formula !== null) return (formula[1] ?? '').trim();
  return /^'[=+\-@\t\r＝＋－＠]/u.test(text) ? text.slice(1) : text;
}

/** A number as leads are found by it. A table program may have made a number of it (5.5E+11), of which the end is lost. */
function phoneIn(text: string): string | null {
  return phoneOf(text.replace(/^00(?=[1-9])/, '+').replaceAll(/[\u00a0\u200e\u202a\u202c]/g, ''));
}

/** The address; of those who gave none, all that is said of them. */
function externalIdOf(address: string | null, said: readonly (string | null)[]): string {
  if (address !== null) return `to:${address}`;
  return `said:${createHash('sha256').update(JSON.stringify(said)).digest('base64url')}`;
}
