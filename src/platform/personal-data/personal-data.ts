import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../database/index.js';
import type { Subject } from './subject.js';

/** The modules in the order of the house; erasure walks them from the last to the first. */
export const moduleOrder = [
  'platform',
  'billing',
  'accounts',
  'channels',
  'conversations',
  'leads',
  'ai',
  'privacy',
] as const;
export type DataModule = (typeof moduleOrder)[number];

/** What one step of an erasure did. */
export interface ErasedBatch {
  /** Rows that went or were blanked, by what they were (a table's name, or `table: what was blanked`). */
  readonly erased: Readonly<Record<string, number>>;
  /** Stored files that go with them. */
  readonly files: readonly string[];
  /** Whether the module has more of the subject. */
  readonly more: boolean;
}

/** How a module erases a subject: at most about `limit` rows in the given transaction; what is gone already is no error. */
export interface Eraser {
  readonly module: DataModule;
  erase(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<ErasedBatch>;
}

/** One page of an export. */
export interface ExportedPage {
  /** Plain JSON, under the names that the API uses. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Stored files that the rows mention. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** Where the next page begins; null where this was the last. */
  readonly next: string | null;
}

/** One kind of thing that a module tells a subject about themselves. */
export interface Exported {
  readonly module: DataModule;
  /** The name of its JSON and CSV files, such as `messages`. */
  readonly name: string;
  page(tx: WorkspaceTransaction, subject: Subject, after: string | null, limit: number): Promise<ExportedPage>;
}

/** What the modules know of a person: each registers how its part is erased and exported. Modules do not know privacy. */
@Injectable()
export class PersonalData {
  private readonly erasing: Eraser[] = [];
  private readonly exporting: Exported[] = [];

  /** Registers how a module erases, or a room of it that erases by itself. */
  erases(eraser: Eraser): void {
    this.erasing.push(eraser);
  }

  /** Registers a kind of thing that is exported. */
  exports(exported: Exported): void {
    this.exporting.push(exported);
  }

  /** From the last module of the house to the first, so that what refers goes before what is referred to. */
  get erasers(): readonly Eraser[] {
    return [...moduleOrder].reverse().flatMap((module) => this.erasing.filter((eraser) => eraser.module === module));
  }

  get exported(): readonly Exported[] {
    return this.exporting;
  }
}
