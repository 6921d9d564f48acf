import { endOf } from './upload.js';

describe('the end of an upload', () => {
  it('is the id of the file', () => {
    expect(endOf(201, { id: 'f1' })).toEqual({ kind: 'stored', id: 'f1' });
  });

  it.each([413, 415, 422, 404])('is a refusal in the words of the server: %d', (status) => {
    expect(endOf(status, { message: 'Too large.' })).toMatchObject({ kind: 'refused', message: 'Too large.' });
  });

  it.each([0, 401, 408, 429, 500, 503])('may be tried again: %d', (status) => {
    expect(endOf(status, { message: 'Busy.' })).toEqual({ kind: 'failed' });
  });

  it.each([
    [201, {}],
    [201, null],
    [413, null],
  ])('may be tried again where the answer cannot be understood: %d %j', (status, answer) => {
    expect(endOf(status, answer)).toEqual({ kind: 'failed' });
  });
});
