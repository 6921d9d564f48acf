import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';

/** How a script can go over the line, the smallest first. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A script that is one file, as a browser takes it. */
export interface ScriptFile {
  readonly body: Buffer;
  /** Null: as it is. */
  readonly encoding: string | null;
  readonly etag: string;
}

interface ReadScript {
  readonly since: number;
  readonly forms: ReadonlyMap<string | null, ScriptFile>;
}

/** The pages of the chat, where the build puts them. */
@Injectable()
export class WidgetPages {
  readonly folder = builtFolder();
  private readonly kept = new Map<string, ReadScript>();

  /** The page in the frame; null where the chat was not built. */
  async frame(): Promise<string | null> {
    return whereThere(readFile(path.join(this.folder, 'frame.html'), 'utf8'));
  }

  /** The script that sites embed, in the smallest form that is taken; null where the chat was not built. */
  loader(acceptEncoding: string): Promise<ScriptFile | null> {
    return this.script('widget.js', acceptEncoding);
  }

  /** The chat as its makers see it before anybody else does. */
  preview(acceptEncoding: string): Promise<ScriptFile | null> {
    return this.script('preview.js', acceptEncoding);
  }

  private async script(name: string, acceptEncoding: string): Promise<ScriptFile | null> {
    const file = path.join(this.folder, name);
    const found = await whereThere(stat(file));
    if (found === null) return null;
    let kept = this.kept.get(name);
    if (kept?.since !== found.mtimeMs) {
      kept = { since: found.mtimeMs, forms: await readForms(file) };
      this.kept.set(name, kept);
    }
    const { forms } = kept;
    const taken = packings.find(([coding]) => forms.has(coding) && takes(acceptEncoding, coding))?.[0] ?? null;
    return forms.get(taken) ?? null;
  }
}

async function readForms(file: string): Promise<ReadonlyMap<string | null, ScriptFile>> {
  const forms = new Map<string | null, ScriptFile>();
  for (const [encoding, ending] of [[null, ''], ...packings] as const) {
    const body = await whereThere(readFile(`${file}${ending}`));
    if (body === null) continue;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    forms.set(encoding, { body, encoding, etag });
  }
  return forms;
}

/** Whether an Accept-Encoding names it, and not as what is never wanted. */
function takes(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

async function whereThere<Found>(finding: Promise<Found>): Promise<Found | null> {
  try {
    return await finding;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Beside the server in a build; below `dist` where the sources run. */
function builtFolder(): string {
  const base = path.join(import.meta.dirname, '..', '..', '..');
  return path.basename(base) === 'dist' ? path.join(base, 'widget') : path.join(base, 'dist', 'widget');
}
