import { leadsFileAddress } from './export-address.js';

describe('the address of the table of leads', () => {
  it('is of the workspace, and of all of them where nothing narrows them', () => {
    expect(leadsFileAddress('w1', {})).toBe('/exports/leads.csv?workspace=w1&bom=1');
  });

  it('says what narrows the list, as the server takes it', () => {
    const address = leadsFileAddress('w1', {
      status: ['NEW', 'WON'],
      source: ['IMPORT'],
      ownerId: 'm1',
      tag: 'a&b',
      search: 'Ayşe Öz',
      createdAfter: '2026-01-31T00:00:00.000Z',
    });
    expect(Object.fromEntries(new URL(address, 'http://localhost').searchParams)).toEqual({
      workspace: 'w1',
      bom: '1',
      status: 'NEW,WON',
      source: 'IMPORT',
      ownerId: 'm1',
      tag: 'a&b',
      search: 'Ayşe Öz',
      createdAfter: '2026-01-31T00:00:00.000Z',
    });
    expect(leadsFileAddress('w1', { unassigned: true })).toBe('/exports/leads.csv?workspace=w1&bom=1&unassigned=1');
  });
});
