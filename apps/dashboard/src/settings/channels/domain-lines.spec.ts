import { domainsOf } from './domain-lines.js';

describe('domainsOf', () => {
  it.each([
    ['', []],
    ['example.com', ['example.com']],
    [' example.com\n*.example.com , localhost:5173;example.com\n', ['example.com', '*.example.com', 'localhost:5173']],
  ])('%j: %j', (text, domains) => expect(domainsOf(text)).toEqual(domains));
});
