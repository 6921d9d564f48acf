import { ChannelsUnderTest } from '../../../test/support/channels.js';
import { type GraphReply, graphError } from '../../../test/support/fake-graph.js';
import type { MessageTemplate, OpenChannel } from '../channel-adapter.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import { ChannelKind } from '../enums.js';
import { templateComponents } from './whatsapp-templates.js';

let channels: ChannelsUnderTest;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
});
afterAll(() => channels.stop());

const channel: OpenChannel = {
  workspaceId: 'w',
  id: 'c',
  kind: ChannelKind.WHATSAPP,
  externalId: '66',
  settings: { wabaId: '77' },
  token: 'EAATOKEN',
};
const list = async (...replies: GraphReply[]): Promise<readonly MessageTemplate[]> => {
  channels.graph.calls.length = 0;
  channels.graph.answer = () => replies[channels.graph.calls.length - 1] ?? null;
  const { adapter } = channels.module.get(ChannelDefinitions).of(ChannelKind.WHATSAPP);
  return (await adapter.templates?.(channel, AbortSignal.timeout(5_000))) ?? [];
};
const template = (components: unknown, more: object = {}) => ({
  name: 'a',
  language: 'en',
  status: 'APPROVED',
  category: 'UTILITY',
  components,
  ...more,
});
const one = async (components: unknown, more: object = {}) =>
  (await list({ body: { data: [template(components, more)] } }))[0];

it('reads every part, its variables numbered through', async () => {
  const found = await one([
    { type: 'HEADER', format: 'TEXT', text: 'Hello {{1}}' },
    { type: 'BODY', text: '{{2}} and {{1}} and {{ 1 }} again' },
    { type: 'FOOTER', text: 'Bye' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'URL', text: 'See', url: 'https://a.example/{{1}}' },
      ],
    },
  ]);
  expect(found).toMatchObject({
    body: 'Hello {{1}}\n\n{{3}} and {{2}} and {{2}} again\n\nBye\n\n[Yes]\n\n[See] https://a.example/{{4}}',
    variables: 4,
    unusable: null,
  });
  const filled = templateComponents({
    name: 'a',
    language: 'en',
    variables: ['w', 'x', 'y', 'z'],
    shape: found?.shape,
  });
  const text = (value: string) => ({ type: 'text', text: value });
  expect(filled).toEqual([
    { type: 'header', parameters: [text('w')] },
    { type: 'body', parameters: [text('x'), text('y')] },
    { type: 'button', sub_type: 'url', index: '1', parameters: [text('z')] },
  ]);
});

it('fills in variables that have names by their names', async () => {
  const found = await one([{ type: 'BODY', text: 'Order {{number}} for {{name}}' }], { parameter_format: 'NAMED' });
  expect(found).toMatchObject({ body: 'Order {{1}} for {{2}}', variables: 2 });
  const filled = templateComponents({ name: 'a', language: 'en', variables: ['42', 'Ada'], shape: found?.shape });
  expect(filled).toEqual([
    {
      type: 'body',
      parameters: [
        { type: 'text', parameter_name: 'number', text: '42' },
        { type: 'text', parameter_name: 'name', text: 'Ada' },
      ],
    },
  ]);
});

it.each<[string, unknown, object, RegExp]>([
  [
    'a picture above it',
    [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'x' },
    ],
    {},
    /picture/,
  ],
  [
    'a code to copy',
    [
      { type: 'BODY', text: 'x' },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copy' }] },
    ],
    {},
    /button/,
  ],
  [
    'a row of cards',
    [
      { type: 'BODY', text: 'x' },
      { type: 'CAROUSEL', cards: [] },
    ],
    {},
    /part/,
  ],
  ['no approval', [{ type: 'BODY', text: 'x' }], { status: 'REJECTED' }, /REJECTED/],
])('says of one with %s why it cannot be sent', async (_, components, more, words) => {
  expect((await one(components, more))?.unusable).toMatch(words);
});

it('takes whatever stands in a list without harm', async () => {
  const rows = [
    7,
    null,
    {},
    { name: 'b' },
    template('x'),
    template([7, null, { type: 9 }]),
    template([{ type: 'BODY' }]),
  ];
  expect((await list({ body: { data: rows } })).map(({ name }) => name)).toEqual(['a', 'a', 'a']);
  expect(await list({ body: { data: 'x' } })).toEqual([]);
  expect(templateComponents({ name: 'a', language: 'en', variables: ['1'], shape: 'x' })).toEqual([]);
});

it('goes from page to page, and no further than a thousand', async () => {
  const page = {
    data: [template([{ type: 'BODY', text: 'x' }])],
    paging: { next: 'https://x', cursors: { after: 'MQ' } },
  };
  expect(await list({ body: page }, { body: { data: page.data } })).toHaveLength(2);
  expect(channels.graph.calls.map(({ path, query }) => [path, query['after']])).toEqual([
    ['77/message_templates', undefined],
    ['77/message_templates', 'MQ'],
  ]);
  expect(await list(...Array.from({ length: 20 }, () => ({ body: page })))).toHaveLength(10);
});

it.each<[string, GraphReply, string]>([
  ['a token that is no good', graphError(190, 460, 401), 'PLATFORM_REFUSED'],
  ['a limit', graphError(80008), 'UNAVAILABLE'],
  ['a fault', { status: 500, raw: 'oops' }, 'UNAVAILABLE'],
  ['a broken connection', { trouble: 'reset' }, 'UNAVAILABLE'],
])('says in words what came instead of a list: %s', async (_, reply, code) => {
  const failure = (await list(reply).catch((error: unknown) => error)) as { code: string; message: string };
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(/^WhatsApp .{20,}\.$/);
  expect(failure.message).not.toContain('PROVIDER TEXT');
});
