import { chooseAll, mostChosen, nothingChosen, stillThere, toggleRow, type Selection } from './selection.js';

const rows = ['a', 'b', 'c', 'd', 'e'];
const after = (...steps: [id: string, range: boolean][]) =>
  [...steps.reduce<Selection>((chosen, [id, range]) => toggleRow(chosen, id, rows, range), nothingChosen).ids].sort();

describe('choosing rows', () => {
  it('takes one, and lets it go again', () => {
    expect(after(['b', false])).toEqual(['b']);
    expect(after(['b', false], ['b', false])).toEqual([]);
  });

  it('takes a range from the last one touched, downwards and upwards', () => {
    expect(after(['b', false], ['d', true])).toEqual(['b', 'c', 'd']);
    expect(after(['d', false], ['a', true])).toEqual(['a', 'b', 'c', 'd']);
    expect(after(['a', false], ['c', true], ['e', true])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('lets a range go where its end was chosen', () => {
    expect(after(['a', false], ['e', true], ['c', true])).toEqual(['a', 'b']);
  });

  it('takes one where there is nothing to begin a range from', () => {
    expect(after(['c', true])).toEqual(['c']);
    const gone = { ids: new Set(['z']), anchor: 'z' };
    expect([...toggleRow(gone, 'b', rows, true).ids]).toEqual(['z', 'b']);
  });

  it('stops at what the server changes at once', () => {
    const many = Array.from({ length: 300 }, (_, index) => String(index));
    expect(chooseAll(many).ids.size).toBe(mostChosen);
    const first = toggleRow(nothingChosen, '0', many, false);
    const ranged = toggleRow(first, '299', many, true);
    expect(ranged.ids.size).toBe(mostChosen);
    expect(toggleRow(ranged, '250', many, false).ids.size).toBe(mostChosen);
  });

  it('keeps only what is still in the list', () => {
    const chosen = chooseAll(rows);
    expect(stillThere(chosen, rows)).toBe(chosen);
    expect([...stillThere(chosen, ['e', 'x', 'b']).ids]).toEqual(['e', 'b']);
  });
});
