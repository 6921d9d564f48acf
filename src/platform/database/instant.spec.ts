import pg from 'pg';
import { parseInstant } from './instant.js';

const parse = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number;

it.each([
  '2026-11-22 04:05:06+00',
  '2026-11-22 04:05:06.1+00',
  '2026-11-22 04:05:06.123+00',
  '2026-11-22 04:05:06.123999+00',
  '2026-11-22 04:05:06.000001+00',
  '1969-12-31 23:59:59.999999+00',
  '0044-03-15 12:00:00+00',
  '0044-03-15 12:00:00+00 BC',
  '12026-11-22 04:05:06.5+00',
  '2026-11-22 04:05:06.5+05:30',
  '2026-11-22 04:05:06-03',
  'infinity',
  '-infinity',
])('reads %s as the driver does', (text) => {
  expect(parseInstant(text)).toEqual(parse(text));
});

it('gives the moment itself', () => {
  expect(parseInstant('2026-11-22 04:05:06.789123+00')).toEqual(new Date('2026-11-22T04:05:06.789Z'));
});
