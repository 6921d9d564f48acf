import { readInstance } from './instance.js';

describe('readInstance', () => {
  it('reads what the server says', () => {
    expect(
      readInstance({
        sandboxUrl: 'http://localhost:3001/',
        signup: 'invite',
        model: true,
        version: '0.1.0',
        pushKey: 'BP4',
      }),
    ).toEqual({
      sandboxUrl: 'http://localhost:3001/',
      signupOpen: false,
      model: true,
      version: '0.1.0',
      pushKey: 'BP4',
    });
  });

  it.each([null, {}, { sandboxUrl: 'javascript:alert(1)', version: 1, model: 'yes' }])(
    '%j: nothing is taken on trust',
    (value) => {
      expect(readInstance(value)).toEqual({
        sandboxUrl: null,
        signupOpen: true,
        model: false,
        version: null,
        pushKey: null,
      });
    },
  );
});
