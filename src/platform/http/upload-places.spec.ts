import { type Share, UploadPlaces } from './upload-places.js';

const limits = { places: 4, waiting: 6, waitingOfOne: 3, waitMilliseconds: 50 };
const open = new AbortController().signal;
const of = (caller: string): readonly Share[] => [
  { of: caller, most: 2 },
  { of: 'everyone', most: 3 },
];

describe('the places of uploads', () => {
  it('are shared: one caller has no more than its share, and who waits gets the first that comes free', async () => {
    const places = new UploadPlaces({ ...limits, waitMilliseconds: 60_000 });
    expect(await Promise.all([places.take(of('a'), open), places.take(of('a'), open)])).toEqual([true, true]);
    const order: string[] = [];
    const third = places.take(of('a'), open).then(() => order.push('a'));
    // Another is not held up by who came before and has its share already.
    expect(await places.take(of('b'), open)).toBe(true);
    const other = places.take(of('b'), open).then(() => order.push('b'));
    expect(places.underWay).toBe(3);
    places.give(of('b'));
    await other;
    places.give(of('a'));
    await third;
    expect([order, places.underWay]).toEqual([['b', 'a'], 3]);
  });

  it('are waited for by a few, for a while, and by nobody who has gone', async () => {
    const places = new UploadPlaces(limits);
    await places.take(of('a'), open);
    await places.take(of('a'), open);
    const leaving = new AbortController();
    const gone = places.take(of('a'), leaving.signal);
    const late = [places.take(of('a'), open), places.take(of('a'), open)];
    // A fourth would be one too many of the same caller.
    expect(await places.take(of('a'), open)).toBe(false);
    leaving.abort();
    expect(await gone).toBe(false);
    expect(await Promise.all(late)).toEqual([false, false]);
    places.give(of('a'));
    places.give(of('a'));
    expect(places.underWay).toBe(0);
    expect(await places.take(of('a'), leaving.signal)).toBe(true);
  });

  it('are never more than there are, however many callers come', async () => {
    const places = new UploadPlaces(limits);
    const share = (caller: string): readonly Share[] => [{ of: caller, most: 2 }];
    const came = await Promise.all(Array.from({ length: 12 }, (_, index) => places.take(share(String(index)), open)));
    expect(came.filter(Boolean)).toHaveLength(limits.places);
    expect(places.underWay).toBe(limits.places);
  });
});
