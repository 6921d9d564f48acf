import { DocxParts } from './docx-parts.js';
import { type PageText, htmlText } from './html-text.js';
import { Unreadable } from './unreadable.js';

/** The text of a Word document: its headings, lists and tables as those of a page. Pictures are not looked at. */
export async function docxText(body: Uint8Array): Promise<PageText> {
  const parts = new DocxParts(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (!parts.exists('word/document.xml')) throw new Unreadable('FILE_KIND');
  const { default: mammoth } = await import('mammoth');
  // What it takes beside a path and bytes, which its types leave out: an archive that is open already.
  const opened = { file: parts } as unknown as { readonly buffer: Buffer };
  const { value } = await mammoth
    .convertToHtml(opened, {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      includeEmbeddedStyleMap: false,
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
    })
    .catch((error: unknown) => {
      throw error instanceof Unreadable ? error : new Unreadable('BROKEN');
    });
  return htmlText(`<body>${value}</body>`, null);
}
