import { Injectable } from '@nestjs/common';
import { type ControllerDetails, type RetentionPolicy, processorsOf, usualRetention } from '../../accounts/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { type Exported, type ExportedPage, PersonalData, type Subject } from '../../platform/personal-data/index.js';
import { type ZipEntry, writeZip } from '../../platform/zip/index.js';
import { ExportedPart } from './exported-part.js';
import { type ExportedWhole, indexPage } from './index-page.js';
import { pathOfFile } from './path-of-file.js';
import type { SubjectExport } from './subject-exports.js';

/** Rows that are in memory at once. */
const pageRows = 200;

interface Asked {
  readonly workspaceId: string;
  readonly subject: Subject;
  readonly signal: AbortSignal;
}

/** Makes what a person is given of what is kept about them: a zip with a readable page, JSON, tables and files. */
@Injectable()
export class ExportSubject {
  constructor(
    private readonly config: Config,
    private readonly workspaces: Workspaces,
    private readonly personalData: PersonalData,
    private readonly files: FileStore,
  ) {}

  /** The bytes of the zip, as they are made; nothing is kept for longer than a page of rows. */
  bytes(workspaceId: string, wanted: SubjectExport, signal: AbortSignal): AsyncGenerator<Buffer> {
    return writeZip(this.entries({ workspaceId, subject: wanted.subject, signal }, wanted));
  }

  private async *entries(asked: Asked, { language }: SubjectExport): AsyncGenerator<ZipEntry> {
    const about = await this.about(asked.workspaceId);
    const files = new Map<string, { readonly name: string; path: string | null }>();
    const parts: ExportedPart[] = [];
    for (const exported of this.personalData.exported) {
      if (await this.isEmpty(asked, exported)) continue;
      const { name } = exported;
      const part = new ExportedPart(name, (file) => files.set(file.id, { name: file.name, path: pathOfFile(file) }));
      yield { name: `data/${name}.json`, content: part.json(this.pages(asked, exported)) };
      yield { name: `data/${name}.csv`, content: part.csv(this.pages(asked, exported)) };
      parts.push(part);
    }
    for (const [id, file] of files) {
      asked.signal.throwIfAborted();
      const content = await this.open(asked.workspaceId, id);
      if (content === null || file.path === null) file.path = null;
      else yield { name: file.path, content };
    }
    const recipients = processorsOf(this.config, language);
    const whole: ExportedWhole = { language, ...about, parts, files, recipients, madeAt: new Date() };
    yield { name: 'data/about.json', content: only(aboutJson(whole)) };
    yield { name: 'index.html', content: only(indexPage(whole)) };
  }

  private async isEmpty({ workspaceId, subject }: Asked, exported: Exported): Promise<boolean> {
    const page = await this.workspaces.read(workspaceId, (tx) => exported.page(tx, subject, null, 1));
    return page.rows.length === 0 && page.next === null;
  }

  private async *pages({ workspaceId, subject, signal }: Asked, exported: Exported): AsyncGenerator<ExportedPage> {
    let after: string | null = null;
    do {
      signal.throwIfAborted();
      const from: string | null = after;
      const page: ExportedPage = await this.workspaces.read(workspaceId, (tx) =>
        exported.page(tx, subject, from, pageRows),
      );
      yield page;
      after = page.next;
    } while (after !== null);
  }

  /** The bytes of a file; null where they are gone, which stops nobody from getting the rest. */
  private async open(workspaceId: string, id: string): Promise<AsyncIterable<Buffer> | null> {
    try {
      return await this.files.read(workspaceId, id);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private async about(workspaceId: string): Promise<Pick<ExportedWhole, 'workspace' | 'controller' | 'retention'>> {
    const row = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<{ name: string; controller: Partial<ControllerDetails>; retention: Partial<RetentionPolicy> }>(
        sql`select name, controller, retention from workspaces where id = ${workspaceId}`,
      ),
    );
    if (row === null) throw new Error('The workspace of an export is gone.');
    return {
      workspace: row.name,
      controller: row.controller,
      retention: { ...usualRetention, ...row.retention },
    };
  }
}

/** What the readable page says beside the rows, for programs. */
function aboutJson({ workspace, controller, madeAt, parts, files, recipients, retention }: ExportedWhole): string {
  const counts = Object.fromEntries(parts.map(({ name, rows }) => [name, rows]));
  const stored = [...files].map(([id, { name, path }]) => ({ id, name, path }));
  return `${JSON.stringify({ workspace, controller, madeAt, counts, files: stored, recipients, retention }, null, 2)}\n`;
}

async function* only(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
