import { sentParts } from './sent-parts.js';

describe('what left for a model', () => {
  it('is shown message by message, and nothing of it is left out', () => {
    const request = {
      model: 'm',
      messages: [
        { role: 'system', content: 'Rules' },
        { role: 'user', content: 'Words' },
        { role: 'tool', content: [1] },
      ],
      temperature: 0.3,
    };
    const parts = sentParts(request);
    expect(parts.slice(0, 2)).toEqual([
      { role: 'system', text: 'Rules' },
      { role: 'user', text: 'Words' },
    ]);
    expect(parts[2]).toMatchObject({ role: null, text: expect.stringContaining('tool: ') });
    expect(JSON.parse(parts[3]?.text ?? '')).toEqual({ model: 'm', temperature: 0.3 });
  });

  it('is shown as it stands where it has another shape', () => {
    expect(sentParts({ query: 'shipping?' })).toEqual([{ role: null, text: '{\n  "query": "shipping?"\n}' }]);
    expect(sentParts(null)).toEqual([{ role: null, text: 'null' }]);
    expect(sentParts({ messages: 'odd' })[0]?.text).toContain('odd');
  });
});
