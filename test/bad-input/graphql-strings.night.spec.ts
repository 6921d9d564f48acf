import { TwoInboxes } from '../isolation/two-inboxes.js';
import { sendStrings } from './graphql-strings-run.js';

describe('twenty bad texts in every place for text (cases B1, B2, B6, B7, Q3)', () => {
  let both: TwoInboxes;
  beforeAll(async () => {
    both = await TwoInboxes.start();
  }, 60_000);
  afterAll(() => both.stop());

  it('end in no fault of ours, and what was taken is read as it was written', async () => {
    const { places, sent, codes, compared, faults } = await sendStrings(both.story.app.url, both.a, 20);
    console.log(`${String(sent)} in ${String(places)} places: ${JSON.stringify({ codes, compared })}`);
    expect(faults).toEqual([]);
    expect(Object.entries(compared).filter(([, times]) => times === 0)).toEqual([]);
  }, 900_000);
});
