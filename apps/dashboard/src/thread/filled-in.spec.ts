import { filledIn } from './filled-in.js';

it('puts values in their places, twice where a place is named twice', () => {
  expect(filledIn('Hello {{1}}: {{2}}, {{1}}.', ['Ada', '42'])).toBe('Hello Ada: 42, Ada.');
});

it('leaves a place visible that has no value, and takes a value for no pattern', () => {
  expect(filledIn('{{1}} and {{2}}', ['', '$& {{1}}'])).toBe('{{1}} and $& {{1}}');
});
