import { emailsProblem, fieldProblem, nameProblem, noteProblem, phonesProblem, tagProblem } from './contact-rules.js';
import { type FieldKind, type FieldValue, fieldsOf, kindOf, typedOf, valueOf, wordsOfValue } from './custom-values.js';
import { mergedPreview, type Mergeable } from './merged-preview.js';

describe('the fields of a contact', () => {
  it.each<[FieldValue, FieldKind]>([
    ['blue', 'text'],
    ['', 'text'],
    [12.5, 'number'],
    [false, 'yesNo'],
    ['2026-02-28', 'date'],
    ['2026-02-30', 'text'],
    ['2026-2-3', 'text'],
    ['https://example.com/order?id=3', 'link'],
    ['mailto:a@example.com', 'link'],
    ['javascript:alert(1)', 'text'],
    ['https://', 'text'],
    ['see https://example.com', 'text'],
  ])('%j is a %s, and comes back as what it was', (value, kind) => {
    expect(kindOf(value)).toBe(kind);
    expect(valueOf(kind, typedOf(value))).toEqual(value);
  });

  it.each<[FieldValue, string, string]>([
    [1234.5, 'en', '1,234.5'],
    [1234.5, 'tr', '1.234,5'],
    [true, 'en', 'customer.yes'],
    ['2026-02-28', 'tr', '28 Şubat 2026'],
    ['blue', 'tr', 'blue'],
  ])('%j is read in %s as %s', (value, language, words) => {
    const t = ((key: string) => key) as unknown as Parameters<typeof wordsOfValue>[2];
    expect(wordsOfValue(value, language, t)).toBe(words);
  });

  it.each<[FieldKind, string]>([
    ['number', 'twelve'],
    ['number', ''],
    ['number', 'Infinity'],
    ['date', '2026-13-01'],
    ['link', 'javascript:alert(1)'],
    ['link', 'example.com'],
  ])('a %s is not %j', (kind, typed) => expect(valueOf(kind, typed)).toBeNull());

  it('are shown where they can be: nothing nested, nothing that is no object', () => {
    expect(fieldsOf({ size: 'M', orders: 3, vip: true, deep: { a: 1 }, none: null })).toEqual([
      ['size', 'M'],
      ['orders', 3],
      ['vip', true],
    ]);
    expect([null, 'text', 3].map(fieldsOf)).toEqual([[], [], []]);
  });
});

const twenty = Array.from({ length: 20 }, (_, index) => String(index));

describe('what the server would not take is said before', () => {
  it.each([
    [nameProblem('x'.repeat(200)), null],
    [nameProblem('x'.repeat(201)), 'tooLong'],
    [emailsProblem(['a@example.com']), null],
    [emailsProblem(['a@example.com', 'nobody']), 'noEmail'],
    [emailsProblem(Array.from({ length: 21 }, (_, index) => `a${index}@example.com`)), 'tooMany'],
    [phonesProblem(['+90 (555) 123-45.67']), null],
    [phonesProblem(['call me']), 'noPhone'],
    [tagProblem([], 'x'.repeat(50)), null],
    [tagProblem([], 'x'.repeat(51)), 'tooLong'],
    [tagProblem(twenty, 'new'), 'tooMany'],
    [tagProblem(twenty, '3'), null],
    [fieldProblem([], 'size', 'M'), null],
    [fieldProblem([], '', 'M'), 'noFieldName'],
    [fieldProblem(['size'], 'size', 'M'), 'fieldTwice'],
    [fieldProblem([], 'x'.repeat(61), ''), 'nameTooLong'],
    [fieldProblem([], 'size', 'x'.repeat(2_001)), 'tooLong'],
    [
      fieldProblem(
        Array.from({ length: 50 }, (_, index) => String(index)),
        'new',
        '',
      ),
      'tooMany',
    ],
    [noteProblem('x'.repeat(10_000)), null],
    [noteProblem('x'.repeat(10_001)), 'tooLong'],
  ])('%#', (problem, key) => expect(problem?.key ?? null).toBe(key));
});

describe('what becomes of two that are one person', () => {
  const person = (part: Partial<Mergeable>): Mergeable => ({
    name: null,
    language: null,
    emails: [],
    phones: [],
    tags: [],
    customFields: {},
    blocked: false,
    automationObjected: false,
    processingRestricted: false,
    identities: [],
    ...part,
  });

  it('what the kept one says of itself wins, the rest comes together, and of flags the stricter', () => {
    const keep = person({ name: 'Grace', emails: ['g@example.com'], tags: ['vip'], customFields: { size: 'M' } });
    const other = person({
      name: 'G. Hopper',
      language: 'en',
      emails: ['h@example.com', 'g@example.com'],
      tags: ['refund', 'vip'],
      customFields: { size: 'S', plan: 'max' },
      automationObjected: true,
      identities: [{ kind: 'EMAIL', externalId: 'h@example.com', handle: null }],
    });
    expect(mergedPreview(keep, other)).toEqual({
      ...person({}),
      name: 'Grace',
      language: 'en',
      emails: ['g@example.com', 'h@example.com'],
      tags: ['vip', 'refund'],
      customFields: { size: 'M', plan: 'max' },
      automationObjected: true,
      identities: other.identities,
    });
  });
});
