import { type TestApp, startTestApp } from '../support/app.js';
import { sendStrings } from './graphql-strings-run.js';

describe('text that clients write (cases B1, B2, B6, B7, Q3)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ redis: false });
  });
  afterAll(() => app.close());

  it('is taken or refused in words, wherever it stands, and never ends in a fault of ours', async () => {
    const { places, codes, faults } = await sendStrings(app.url, 2);
    expect(faults).toEqual([]);
    expect(places).toBeGreaterThan(60);
    expect(codes['done']).toBeGreaterThan(10);
    expect(codes['BAD_USER_INPUT']).toBeGreaterThan(10);
  }, 120_000);
});
