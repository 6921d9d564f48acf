import { mappingOf, takenTwice } from './targets.js';

describe('what columns become', () => {
  const columns = [
    { name: 'E-posta', target: 'email' },
    { name: 'Boy', target: 'field:Boy' },
    { name: 'constructor', target: 'ignore' },
  ];

  it('is what the server proposes until a person says otherwise', () => {
    expect(mappingOf(columns, { Boy: 'ignore', 'No such column': 'name' })).toEqual({
      'E-posta': 'email',
      Boy: 'ignore',
      constructor: 'ignore',
    });
  });

  it('is a part of the lead, or a field of the contact, once; answers and what is left out stand by themselves', () => {
    expect([...takenTwice(['email', 'field:A', 'email', 'ignore', 'ignore', 'field:A', 'name'])]).toEqual(['email']);
    expect([...takenTwice(['contact:size', 'contact:size'])]).toEqual(['contact:size']);
    expect([...takenTwice(['name', 'email'])]).toEqual([]);
  });
});
