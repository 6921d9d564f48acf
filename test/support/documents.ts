import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { type ZipEntry, writeZip } from '../../src/platform/zip/index.js';
import { entryHead, entrySizes, listedEntry, zipEnd } from '../../src/platform/zip/zip-records.js';

/** A line of a PDF: how large its letters are, and how far above the end of the page. */
export interface PdfLine {
  readonly size: number;
  readonly at: number;
  readonly text: string;
}

/** A PDF of pages of lines. */
export function builtPdf(pages: readonly (readonly PdfLine[])[]): Buffer {
  return pdfOf(
    pages.map((lines) => ({
      filter: '',
      content: Buffer.from(
        lines.map(({ size, at, text }) => `BT /F1 ${String(size)} Tf 72 ${String(at)} Td (${text}) Tj ET`).join('\n'),
      ),
    })),
  );
}

/** The same in any script, and with properties that say something. */
export function unicodePdf(pages: readonly (readonly PdfLine[])[], properties = ''): Buffer {
  return pdfOf(
    pages.map((lines) => ({
      filter: '',
      content: Buffer.from(
        lines
          .map(({ size, at, text }) => `BT /F2 ${String(size)} Tf 72 ${String(at)} Td <${hexOf(text)}> Tj ET`)
          .join('\n'),
      ),
    })),
    properties,
  );
}

/** A PDF of one page whose content becomes very much more than it is. */
export function packedPage(bytes: number): Buffer {
  const content = Buffer.concat([Buffer.from('BT /F1 12 Tf 72 700 Td (a) Tj ET\n'), Buffer.alloc(bytes, 32)]);
  return pdfOf([{ filter: '/Filter /FlateDecode', content: deflateSync(content, { level: 1 }) }]);
}

/** Its letters by their numbers in UTF-16, as the second font here takes them. */
function hexOf(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

// Every code is the letter of its number.
const letters =
  '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end';

function pdfOf(pages: readonly { readonly filter: string; readonly content: Buffer }[], properties = ''): Buffer {
  const before = 7;
  const kids = pages.map((_, index) => `${String(before + 1 + 2 * index)} 0 R`).join(' ');
  const said = `<feff${hexOf(properties)}>`;
  const objects: Buffer[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>',
    `<< /Length ${String(letters.length)} >>\nstream\n${letters}\nendstream`,
    `<< /Title ${said} /Author ${said} /Subject ${said} /Keywords ${said} >>`,
  ].map((text) => Buffer.from(text));
  for (const [index, { filter, content }] of pages.entries()) {
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${String(before + 2 + 2 * index)} 0 R >>`,
      ),
      Buffer.concat([
        Buffer.from(`<< /Length ${String(content.length)} ${filter} >>\nstream\n`),
        content,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  const parts = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${String(index + 1)} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    places.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer << /Size ${size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${String(at)}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/**
 * A Word document. `packed` are parts as they lie packed in it, which say of themselves that they become one byte; `before`
 * stands before its text.
 */
export async function builtDocx(
  body: string,
  packed: Readonly<Record<string, Buffer>> = {},
  checksum = 0,
  before = '<?xml version="1.0" encoding="UTF-8"?>',
): Promise<Buffer> {
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/styles.xml': `<?xml version="1.0"?><w:styles ${namespace}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/document.xml': `${before}<w:document ${namespace}><w:body>${body}</w:body></w:document>`,
  };
  if (Object.keys(packed).length === 0) return buffer(Readable.from(writeZip(entriesOf(parts))));
  const bytes: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(packed)) {
    const sizes = { checksum, packed: content.length, size: 1 };
    const entry = Buffer.concat([entryHead(Buffer.from(name)), content, entrySizes(sizes)]);
    list.push(listedEntry({ name: Buffer.from(name), ...sizes, at }));
    bytes.push(entry);
    at += entry.length;
  }
  const listed = Buffer.concat(list);
  return Buffer.concat([...bytes, listed, zipEnd(list.length, at, listed.length)]);
}

async function* entriesOf(parts: Readonly<Record<string, string>>): AsyncGenerator<ZipEntry> {
  for (const [name, text] of Object.entries(parts)) {
    yield { name, content: Readable.from([Buffer.from(text)]) };
    await Promise.resolve();
  }
}
