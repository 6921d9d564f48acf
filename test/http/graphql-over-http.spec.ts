import { serverAudits } from 'graphql-http';
import { type TestApp, startTestApp } from '../support/app.js';

let test: TestApp;
// Each audit asks for the address when it runs.
const audits = serverAudits({ url: () => `${test.url}/graphql` });

/** What the specification allows and Parley does not do, each with its reason. */
const leftOut: Readonly<Record<string, string>> = {
  '5A70': 'operations come by POST alone: an address is written down by proxies and browsers',
  D6D5: 'operations come by POST alone',
  '6A70': 'operations come by POST alone',
};

describe('GraphQL over HTTP, as its specification has it', () => {
  beforeAll(async () => {
    test = await startTestApp({ redis: false });
  });
  afterAll(() => test.close());

  it('is audited whole', () => {
    expect(audits.length).toBeGreaterThanOrEqual(61);
    const optional = audits.filter(({ id }) => leftOut[id] !== undefined);
    expect(optional.map(({ name }) => name.split(' ', 1)[0])).toEqual(['MAY', 'MAY', 'MAY']);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, _name, audit) => {
    const result = await audit.fn();
    const found = result.status === 'ok' ? '' : `${result.reason} ${String(result.response.status)}`;
    expect(found).toEqual(leftOut[id] === undefined ? '' : 'Response status code is not 200 405');
  });
});
