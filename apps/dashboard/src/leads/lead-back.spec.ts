import { leadBack } from './lead-back.js';

const lead = (part: object = {}) => ({
  status: 'NEW' as const,
  tags: ['a'],
  owner: null as { id: string } | null,
  fields: { colour: 'red', size: 3 } as unknown,
  ...part,
});

describe('the way back of a change to a lead', () => {
  it('leads to what was there', () => {
    expect(leadBack(lead(), { status: 'WON' }, lead({ status: 'WON' }))).toEqual({ status: 'NEW' });
    expect(leadBack(lead(), { ownerId: 'm1' }, lead({ owner: { id: 'm1' } }))).toEqual({ ownerId: null });
    expect(leadBack(lead(), { tags: ['b'] }, lead({ tags: ['b'] }))).toEqual({ tags: ['a'] });
    expect(leadBack(lead(), { fields: { size: 4 } }, lead({ fields: { size: 4 } }))).toEqual({
      fields: { colour: 'red', size: 3 },
    });
  });

  it('leaves alone what somebody else decided meanwhile', () => {
    expect(leadBack(lead(), { status: 'WON' }, lead({ status: 'LOST' }))).toBeNull();
    expect(leadBack(lead(), { ownerId: 'm1' }, lead({ owner: { id: 'm2' } }))).toBeNull();
    expect(leadBack(lead(), { tags: ['a', 'b'] }, lead({ tags: ['a', 'b', 'theirs'] }))).toEqual({
      tags: ['a', 'theirs'],
    });
    expect(leadBack(lead(), { fields: { size: 4 } }, lead({ fields: { size: 5 } }))).toBeNull();
  });

  it('is none where nothing was changed', () => {
    expect(leadBack(lead(), { status: 'NEW', tags: ['a'], ownerId: null }, lead())).toBeNull();
    expect(leadBack(lead(), { fields: { size: 3, colour: 'red' } }, lead())).toBeNull();
  });
});
