import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { JobStatus } from '../../platform/graphql/index.js';
import type { ImportRow } from './import.row.js';
import type { Preview } from './preview-import.js';

export enum ImportStopReason {
  CANCELLED = 'CANCELLED',
  FILE_GONE = 'FILE_GONE',
  QUOTE_OPEN = 'QUOTE_OPEN',
  ROW_TOO_LONG = 'ROW_TOO_LONG',
  BROKEN = 'BROKEN',
  TOO_MANY_ROWS = 'TOO_MANY_ROWS',
  FAILED = 'FAILED',
}
registerEnumType(ImportStopReason, {
  name: 'ImportStopReason',
  description:
    'Why an import ended before its file did. TOO_MANY_ROWS: a file has 100,000 at most; nothing of it was taken. QUOTE_OPEN: a quote is opened and never closed; nothing was taken. FAILED: by a fault of this server’s.',
});

@ObjectType({ description: 'A line of a file that became no lead.' })
export class ImportRejection {
  @Field(() => Int, { description: 'The line in the file; the first is 1. A row may be longer than one line.' })
  line!: number;

  @Field(() => String, { description: 'Why, in words.' })
  reason!: string;

  @Field(() => String, { description: 'The same in a word that stays: NOBODY, NO_EMAIL, ERASED, …' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'What the column is called that is to blame.' })
  column!: string | null;
}

@ObjectType({ description: 'What came of the rows of a file. Where it was only tried: what would come of them.' })
export class ImportResult {
  @Field(() => Int, { description: 'How many leads there are more.' })
  created!: number;

  @Field(() => Int, { description: 'How many rows only added to a lead that was there, or that stood further up.' })
  updated!: number;

  @Field(() => Int, { description: 'How many rows became no lead.' })
  rejectedCount!: number;

  /** No fields: a resolver reads by them which lines were not taken. */
  importId!: string;
  columns!: readonly string[];
}

@ObjectType('LeadImport', { description: 'The reading of leads out of a file, in the background.' })
export class LeadImportType {
  @Field(() => ID, { description: 'The id of the import.' })
  id!: string;

  @Field(() => JobStatus, { description: 'How far it is. WorkspaceChanged with `lead-imports` says that it went on.' })
  status!: JobStatus;

  @Field(() => ImportStopReason, { nullable: true, description: 'Where it FAILED: why. What was taken stays.' })
  stopped!: ImportStopReason | null;

  @Field(() => Boolean, { description: 'Whether it only tries: nothing is written, and the result is the same.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'How many rows are settled.' })
  processed!: number;

  @Field(() => Int, { nullable: true, description: 'How many rows the file has; null until they are counted.' })
  total!: number | null;

  @Field(() => ImportResult, { nullable: true, description: 'What came of it; null until it ends.' })
  result!: ImportResult | null;

  @Field(() => ID, { nullable: true, description: 'The file; null once it is gone, a week later at the most.' })
  fileId!: string | null;

  @Field(() => String, { nullable: true, description: 'What the file is called.' })
  fileName!: string | null;

  @Field(() => Date, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  static from(row: ImportRow): LeadImportType {
    const { id, status, dryRun, nextRow, total, columns, created, updated, rejected, createdAt, finishedAt } = row;
    const result = Object.assign(new ImportResult(), {
      importId: id,
      columns,
      created,
      updated,
      rejectedCount: rejected,
    });
    return Object.assign(new LeadImportType(), {
      id,
      status,
      stopped: row.stopped as ImportStopReason | null,
      dryRun,
      processed: nextRow,
      total,
      result: finishedAt === null ? null : result,
      fileId: row.fileId,
      fileName: row.fileName,
      createdAt,
      finishedAt,
    });
  }
}

@ObjectType({ description: 'A column of a file that is to be imported.' })
export class ImportColumn {
  @Field(() => String, { description: 'What it is called; a name that stands twice has a number the second time.' })
  name!: string;

  @Field(() => String, {
    description:
      'What it most likely becomes, as a mapping says it: name, firstName, lastName, email, phone, company, message, tags, status, createdAt, field:NAME (an answer of the lead), contact:KEY (a field of the contact), ignore.',
  })
  target!: string;
}

@ObjectType({ description: 'What a file begins with, and how it is read.' })
export class ImportPreview {
  @Field(() => String, { description: 'How its characters are written: utf-8, utf-16le, utf-16be, windows-1254, …' })
  encoding!: string;

  @Field(() => String, { description: 'What parts the values of a line: a comma, a semicolon, a tab, a bar.' })
  separator!: string;

  @Field(() => [ImportColumn], { description: 'Its columns, by the names in its first line.' })
  columns!: ImportColumn[];

  @Field(() => [[String]], { description: 'Its first 20 rows; long values are cut. Show them as text.' })
  rows!: string[][];

  @Field(() => GraphQLJSON, { description: 'The proposed mapping, as `importLeads` takes it.' })
  mapping!: Readonly<Record<string, string>>;

  static from({ encoding, separator, columns, rows, targets }: Preview): ImportPreview {
    const mapped = columns.map((name, place) => ({ name, target: targets[place] ?? 'ignore' }));
    return Object.assign(new ImportPreview(), {
      encoding,
      separator,
      columns: mapped,
      rows: rows.map(({ values }) => [...values]),
      mapping: Object.fromEntries(mapped.map(({ name, target }) => [name, target])),
    });
  }
}
