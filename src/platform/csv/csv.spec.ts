import { parse } from 'csv-parse/sync';
import {
  BrokenTable,
  type Separator,
  type TableRow,
  csvLine,
  decoded,
  encodingOf,
  readTable,
  separatorOf,
} from './index.js';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    await Promise.resolve();
  }
}

async function rowsOf(table: string | Buffer, separator: Separator = ',', size = 7): Promise<TableRow[]> {
  const bytes = Buffer.from(table);
  const encoding = await encodingOf(chunksOf(bytes, size));
  if (encoding === null) throw new Error('This is no table.');
  const rows: TableRow[] = [];
  for await (const row of readTable(decoded(chunksOf(bytes, size), encoding), separator)) rows.push(row);
  return rows;
}

/** Text in one byte a character, as old Turkish tables hold it. */
function in1254(text: string): Buffer {
  const own: Readonly<Record<string, number>> = { Ğ: 0xd0, İ: 0xdd, Ş: 0xde, ğ: 0xf0, ı: 0xfd, ş: 0xfe };
  return Buffer.from([...text].map((letter) => own[letter] ?? letter.charCodeAt(0)));
}

describe('a table that is read', () => {
  const turkish = 'ad;şehir\nGül Çığır;İstanbul\nÖzgür Şahin;Muğla';
  const wanted = [
    ['ad', 'şehir'],
    ['Gül Çığır', 'İstanbul'],
    ['Özgür Şahin', 'Muğla'],
  ];
  const utf16 = Buffer.from(turkish, 'utf16le');
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(turkish), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${turkish}`), 'utf-8'],
    ['UTF-16 LE with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le'],
    ['UTF-16 BE with its mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16, 'utf-16le'],
    ['windows-1254', in1254(turkish), 'windows-1254'],
  ])('is read as it is written: %s [B2, B6]', async (_name, bytes, encoding) => {
    expect(await encodingOf(chunksOf(bytes, 5))).toBe(encoding);
    const rows = await rowsOf(bytes, ';', 3);
    expect(rows.map(({ values }) => values)).toEqual(wanted);
  });

  it('is no table where it is another kind of file', async () => {
    for (const bytes of [
      Buffer.from('%PDF-1.7\n1 0 obj'),
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]),
      Buffer.from(Array.from({ length: 4_000 }, (_, place) => (place * 7_919) % 256)),
      Buffer.alloc(0),
    ])
      expect(await encodingOf(chunksOf(bytes, 100))).toBeNull();
  });

  it('has its lines counted as an editor counts them, through every kind of line end and inside quotes', async () => {
    const rows = await rowsOf('a,b\r\n\r\n1,"x\r\ny"\r3,4\n\n"5","6 ""six"""\n7\n8,9,10\n\n\n"11","1\n2\n3"\n12,13');
    expect(rows).toEqual([
      { line: 1, values: ['a', 'b'] },
      { line: 3, values: ['1', 'x\ny'] },
      { line: 5, values: ['3', '4'] },
      { line: 7, values: ['5', '6 "six"'] },
      { line: 8, values: ['7'] },
      { line: 9, values: ['8', '9', '10'] },
      { line: 12, values: ['11', '1\n2\n3'] },
      { line: 15, values: ['12', '13'] },
    ]);
  });

  it('loses a zero and a lone half of a letter, and nothing else [B1, B2]', async () => {
    expect(await rowsOf('a,b\nx\u0000y,z\n')).toEqual([
      { line: 1, values: ['a', 'b'] },
      { line: 2, values: ['xy', 'z'] },
    ]);
    const lone = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('a,b\n', 'utf16le'),
      Buffer.from([0x00, 0xd8, 0x2c, 0, 0x63, 0]),
    ]);
    expect((await rowsOf(lone)).at(-1)?.values).toEqual(['\uFFFD', 'c']);
  });

  it('ends where a quote is never closed, and where a line has no end', async () => {
    await expect(rowsOf('a,b\n1,"2\n3,4\n')).rejects.toMatchObject({ reason: 'QUOTE_OPEN' });
    await expect(rowsOf(`a,b\n${'x'.repeat(300_000)},2\n`, ',', 65_536)).rejects.toBeInstanceOf(BrokenTable);
  });

  it.each<[string, Separator]>([
    ['a,b,c\n1,2,3', ','],
    ['a;b;c\n1,5;2,5;3', ';'],
    ['a\tb\n1, one\t2', '\t'],
    ['a|b|c\n1|2|3', '|'],
    ['name\nGrace', ','],
    ['"last, first";"x, y"\n"Hopper, Grace";"1, 2"', ';'],
  ])('is parted by what its lines are cut by alike: %j', (text, separator) => {
    expect(separatorOf(text)).toBe(separator);
  });
});

describe('a line that is written', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '\u200B=1',
    '\uFEFF=1',
    "=cmd|' /C calc'!A0",
  ])('holds no formula that a table program would run: %j [B7]', (text) => {
    const [[cell]] = parse(csvLine([text])) as [[string]];
    expect(cell).toBe(`'${text}`);
  });

  it('leaves what is none as it is: numbers, phone numbers, quotes, ends of lines, commas', () => {
    const values = ['+905551234567', 'Grace "Amazing" Hopper', 'a\r\nb', 'x,y;z', '', 'a=b', '7'];
    expect(parse(csvLine(values), { record_delimiter: '\r\n' })).toEqual([values]);
    expect(csvLine([-5, true, null])).toBe('-5,true,""\r\n');
  });
});
