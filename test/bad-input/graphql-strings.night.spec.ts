import { type TestApp, startTestApp } from '../support/app.js';
import { sendStrings } from './graphql-strings-run.js';

describe('twenty bad texts in every place for text (cases B1, B2, B6, B7, Q3)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ redis: false });
  });
  afterAll(() => app.close());

  it('end in no fault of ours', async () => {
    const { places, sent, codes, faults } = await sendStrings(app.url, 20);
    console.log(`${String(sent)} in ${String(places)} places: ${JSON.stringify(codes)}`);
    expect(faults).toEqual([]);
  }, 900_000);
});
