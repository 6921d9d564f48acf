import { contentTypeOf } from './content-type.js';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('the type of a file is told by its bytes (case U1)', () => {
  it.each<[string, Buffer | string, string, string]>([
    ['a picture called a page', png, 'a.html', 'image/png'],
    ['a page called a picture', '<!doctype html><script>alert(1)</script>', 'a.png', 'text/html'],
    ['a page behind a mark and spaces', '\uFEFF \n\t<html>', 'a.txt', 'text/html'],
    ['a page behind a remark', '<!-- x --><body onload=alert(1)>', 'a.csv', 'text/html'],
    ['markup that nobody knows', '<x:y/>', 'a.txt', 'text/html'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.jpg', 'image/svg+xml'],
    ['a drawing as XML', '<?xml version="1.0"?><svg onload="alert(1)"/>', 'a.jpg', 'image/svg+xml'],
    ['XML', '<?xml version="1.0"?><a/>', 'a.txt', 'text/html'],
    ['a page in two bytes a letter', Buffer.from('\uFEFF<html>', 'utf16le'), 'a.txt', 'application/octet-stream'],
    ['a program', Buffer.from('MZ\u0090\0\u0003\0\0\0', 'latin1'), 'a.pdf', 'application/x-msdownload'],
    [
      'a program of another kind',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(60)]),
      'a.png',
      'application/x-elf',
    ],
    ['words', 'just words', 'a.txt', 'text/plain'],
    ['words called a program', 'just words', 'a.exe', 'text/plain'],
    ['a table', 'a,b\n1,2', 'a.CSV', 'text/csv'],
    ['words with a NUL', 'a\0b', 'a.txt', 'application/octet-stream'],
    ['bytes that are no words', Buffer.from([0xc3, 0x28, 0xff]), 'a.txt', 'application/octet-stream'],
    [
      'a document in the old container',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_000)]),
      'a.doc',
      'application/msword',
    ],
    ['nothing', '', 'a.txt', 'application/octet-stream'],
  ])('%s', async (_, body, name, expected) => {
    expect(await contentTypeOf(Buffer.from(body as string), name)).toBe(expected);
  });
});
