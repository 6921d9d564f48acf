import { TwoInboxes } from '../isolation/two-inboxes.js';
import { sendStrings } from './graphql-strings-run.js';

describe('text that clients write (cases B1, B2, B6, B7, Q3)', () => {
  let both: TwoInboxes;
  beforeAll(async () => {
    both = await TwoInboxes.start();
  }, 60_000);
  afterAll(() => both.stop());

  it('is kept as it was written or refused in words, wherever it stands, and never ends in a fault of ours', async () => {
    const { places, codes, compared, faults } = await sendStrings(both.story.app.url, both.a, 2);
    expect(faults).toEqual([]);
    expect(places).toBeGreaterThan(60);
    expect(codes['done']).toBeGreaterThan(30);
    expect(codes['BAD_USER_INPUT']).toBeGreaterThan(10);
    // A corpus of which nothing is taken would prove little.
    expect(Object.values(compared).filter((times) => times > 0).length).toBeGreaterThan(5);
  }, 120_000);
});
