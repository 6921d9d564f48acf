import { matchMembers, mentionQuery, mentionedIn, withMention } from './mentions.js';

const members = ['Ayşe Işık', 'John Miller', 'Ada'].map((name, index) => ({ id: `m${index}`, user: { name } }));

describe('naming a colleague in a note', () => {
  it.each([
    ['@', ''],
    ['please @ay', 'ay'],
    ['@Ayşe I', 'Ayşe I'],
    ['write to ada@exam', null],
    ['@Ada is here today', null],
    ['nobody', null],
  ])('%j looks for %j', (text, query) => expect(mentionQuery(text)).toBe(query));

  it('finds names by the beginning of any of their words, however the i is written', () => {
    expect(matchMembers(members, 'isik').map(({ id }) => id)).toEqual(['m0']);
    expect(matchMembers(members, 'IŞ').map(({ id }) => id)).toEqual(['m0']);
    expect(matchMembers(members, 'mil').map(({ id }) => id)).toEqual(['m1']);
    expect(matchMembers(members, 'iller')).toEqual([]);
    expect(matchMembers(members, '')).toHaveLength(3);
  });

  it('puts the name in, and knows who is named', () => {
    const text = withMention('please @ay', 'Ayşe Işık');
    expect(text).toBe('please @Ayşe Işık ');
    expect(mentionedIn(`${text} and @Ada`, members)).toEqual(['m0', 'm2']);
    expect(mentionedIn('Ada alone', members)).toEqual([]);
  });
});
