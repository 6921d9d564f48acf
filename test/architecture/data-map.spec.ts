import { ownersLook } from '../support/owners-look.js';
import { declaredColumns, differences, readColumns } from './data-map.js';

/** Every column says whether it holds something of people, and whose. */
describe('the data map', () => {
  const owner = ownersLook();

  it('declares each column of each table once, and none that is not there [P1]', async () => {
    const columns = await readColumns(owner());
    expect(columns.length).toBeGreaterThan(600);
    expect(differences(columns, declaredColumns())).toEqual([]);
  });

  it('fails for a new column and a new table that nobody declared, and for one that is gone [P1]', async () => {
    await owner().query('alter table contacts add column nickname text');
    await owner().query('create table diaries (id uuid)');
    await owner().query('alter table contact_notes drop column text');
    expect(differences(await readColumns(owner()), declaredColumns())).toEqual([
      'contacts.nickname is not declared: whose is it?',
      'diaries.id is not declared: whose is it?',
      'contact_notes.text is declared and not there.',
    ]);
    const declared = declaredColumns();
    expect(differences(declared, [...declared, 'contacts.name'])).toEqual(['contacts.name is declared twice.']);
  });
});
