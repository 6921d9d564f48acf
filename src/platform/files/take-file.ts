import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { troubleWithArchive } from './archives.js';
import { contentTypeOf } from './content-type.js';
import { FileStore, type NewFile } from './file-store.js';
import { heifWithoutMetadata } from './heif.js';
import { canBeDrawn, cleanPicture } from './pictures.js';

/** What came of bytes from outside: a file, or why they are none. */
export type TakenFile =
  { readonly kind: 'taken'; readonly file: NewFile } | { readonly kind: 'refused'; readonly reason: string };

/** What a browser or a machine would run; never kept, whatever it is called. */
const refused = new Set([
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/wasm',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/x-msdownload',
  'application/x-msi',
  'application/x.ms.shortcut',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/html',
]);
const pages = new Set(['text/html', 'application/xhtml+xml']);
const notTaken = 'Files of this kind are not taken.';
const noPicture = 'This picture is broken, too large to be shown, or of a kind that is not known.';
const extensions: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg' };

/** What bytes are that another deployment took before, with a small picture of them; or why they are not kept here. */
export type SeenFile =
  | { readonly kind: 'seen'; readonly contentType: string; readonly thumbnail: Buffer | null }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Looks at bytes that are to be kept as they are: pictures were drawn anew where they were taken, and are drawn here to see
 * that they can be. What they are called by whoever brings them counts for nothing.
 */
export async function seeFile(body: Buffer, name: string | null): Promise<SeenFile> {
  const trouble = body.length === 0 ? 'It is empty.' : troubleWithArchive(body);
  if (trouble !== null) return { kind: 'refused', reason: trouble };
  const contentType = await contentTypeOf(body, name);
  if (refused.has(contentType)) return { kind: 'refused', reason: notTaken };
  if (!contentType.startsWith('image/') || contentType === 'image/heic')
    return { kind: 'seen', contentType, thumbnail: null };
  const picture = canBeDrawn(contentType) ? await cleanPicture(body, contentType) : null;
  if (picture === null) return { kind: 'refused', reason: noPicture };
  return { kind: 'seen', contentType, thumbnail: picture.thumbnail };
}

/** Takes bytes from outside into the store: told by what they are, pictures drawn anew, bombs and programs refused. */
@Injectable()
export class TakeFile {
  constructor(private readonly files: FileStore) {}

  /**
   * `mayBe` narrows what is taken, by the type of the bytes. `pagesAsText`: a page is taken too, as the text that it is; it
   * is called one, and nothing that opens it runs it.
   */
  async run(
    workspaceId: string,
    body: Buffer,
    name: string | null,
    mayBe: (contentType: string) => boolean = () => true,
    pagesAsText = false,
  ): Promise<TakenFile> {
    const trouble = body.length === 0 ? 'It is empty.' : troubleWithArchive(body);
    if (trouble !== null) return { kind: 'refused', reason: trouble };
    const contentType = await contentTypeOf(body, name);
    if (pagesAsText && pages.has(contentType)) {
      const known = { contentType: 'text/plain', thumbnail: null };
      return { kind: 'taken', file: await this.files.write(workspaceId, body, `${name ?? 'page'}.txt`, known) };
    }
    if (refused.has(contentType) || !mayBe(contentType)) return { kind: 'refused', reason: notTaken };
    if (!contentType.startsWith('image/'))
      return { kind: 'taken', file: await this.files.write(workspaceId, body, name, { contentType, thumbnail: null }) };
    // What cannot be drawn anew could tell where it was taken.
    const picture = canBeDrawn(contentType) ? await cleanPicture(body, contentType) : null;
    const heif = picture === null && contentType === 'image/heic' ? heifWithoutMetadata(body) : null;
    if (heif !== null)
      return { kind: 'taken', file: await this.files.write(workspaceId, heif, name, { contentType, thumbnail: null }) };
    if (picture === null) return { kind: 'refused', reason: noPicture };
    const called = picture.contentType === contentType ? name : renamed(name, picture.contentType);
    return { kind: 'taken', file: await this.files.write(workspaceId, picture.body, called, picture) };
  }
}

function renamed(name: string | null, contentType: string): string | null {
  if (name === null) return null;
  return `${path.basename(name, path.extname(name))}${extensions[contentType] ?? ''}`;
}
