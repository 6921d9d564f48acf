import { rightOf } from './right-fields.js';

const written = (fields: Readonly<Record<string, string>>) => rightOf((field) => fields[field] ?? '');

describe('what is right', () => {
  it('is what was written, and nothing of what was not', () => {
    expect(written({ rightName: ' Ayşe Yılmaz ' })).toEqual({ rectification: { name: 'Ayşe Yılmaz' }, problem: null });
    expect(written({ rightEmails: 'a@example.com, b@example.com;', rightPhones: '+90 555 123 45 67' })).toEqual({
      rectification: { emails: ['a@example.com', 'b@example.com'], phones: ['+90 555 123 45 67'] },
      problem: null,
    });
    expect(written({})).toEqual({ rectification: null, problem: null });
  });

  it('is told at its field where it is none', () => {
    expect(written({ rightEmails: 'a@example.com, b' }).problem).toEqual({
      field: 'rightEmails',
      words: { key: 'noEmail', values: { text: 'b' } },
    });
    expect(written({ rightPhones: 'none' }).problem?.field).toBe('rightPhones');
  });
});
