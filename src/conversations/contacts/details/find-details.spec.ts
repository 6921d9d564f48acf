import { findDetails, maySayDetails } from './find-details.js';

const said = (text: string, country: string | null = 'TR') =>
  findDetails(text, country).map(({ kind, value }) => `${kind} ${value}`);

it.each([
  ['my mail is Ayse.Oz+shop@Example.com.tr, thanks', ['EMAIL ayse.oz+shop@example.com.tr']],
  ['0532 123 45 67 numaramdan arayın', ['PHONE +905321234567']],
  ['call +44 20 7946 0958', ['PHONE +442079460958']],
  ['٠٥٣٢ ١٢٣ ٤٥ ٦٧', ['PHONE +905321234567']],
  ['My name is Grace Hopper and I work at Navy Yard.', ['NAME Grace Hopper', 'COMPANY Navy Yard']],
  ['my name is grace', ['NAME grace']],
  ['Merhaba, adım Ayşe Öz, firmamız Öz Tekstil', ['NAME Ayşe Öz', 'COMPANY Öz Tekstil']],
  ['اسمي ليلى', ['NAME ليلى']],
  ['Our company is called ACME GmbH!', ['COMPANY ACME GmbH']],
  ['a@b.co and c@d.co', ['EMAIL a@b.co', 'EMAIL c@d.co']],
])('finds what %j says [promise 15]', (text, found) => {
  expect(said(text)).toEqual(found);
  expect(maySayDetails(text)).toBe(true);
});

it.each([
  'where is my order 1234567?',
  'IBAN TR33 0006 1005 1978 6457 8413 26',
  'my card is 4111 1111 1111 1111',
  'see https://shop.example/order/05321234567',
  'my name is not on the list',
  'my name is missing on the invoice that you sent to me',
  'I am very angry',
  'şirketim yok',
  'adım yanlış yazılmış',
  'what @ all',
  'order of 2026-11-23 12:30',
])('finds nothing in %j', (text) => {
  expect(said(text)).toEqual([]);
});

it('reads no number without a country, and none that is quoted', () => {
  expect(said('0532 123 45 67', null)).toEqual([]);
  expect(said('yes please\n> call us: 0532 123 45 67, shop@example.com')).toEqual([]);
  expect(said('ok\nOn Monday the shop <shop@example.com> wrote:\n0532 123 45 67')).toEqual([]);
});

it('takes no long time over hostile text', () => {
  for (const text of [
    'a@'.repeat(50_000),
    '1 '.repeat(50_000),
    'my name is '.repeat(9_000),
    '٠'.repeat(90_000),
    '.@a.'.repeat(20_000),
  ])
    expect(said(text).length).toBeLessThan(10);
});
