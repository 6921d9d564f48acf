import type { GraphCall, GraphReply } from '../../../test/support/fake-graph.js';
import { TelegramBots, no, ok } from '../../../test/support/telegram-bots.js';
import type { OpenChannel } from '../channel-adapter.js';
import { TelegramChannel } from './telegram.channel.js';

let telegram: TelegramBots;
beforeAll(async () => void (telegram = await TelegramBots.start()));
afterAll(() => telegram.stop());
beforeEach(() => telegram.forget());

describe('files', () => {
  const open = (token: string): OpenChannel => ({
    workspaceId: 'w',
    id: 'c',
    kind: 'TELEGRAM' as OpenChannel['kind'],
    externalId: '1',
    settings: {},
    token,
  });
  const fetchFile = (token: string, mediaId: string | null = 'file1', max = 1_000) =>
    telegram.channels.module
      .get(TelegramChannel)
      .fetchMedia(open(token), { url: null, mediaId, sha256: null }, max, AbortSignal.timeout(5_000));

  it('are asked for by id and fetched where they lie', async () => {
    const { token } = telegram.bot({
      getFile: () => ok({ file_id: 'file1', file_size: 5, file_path: 'photos/a b.jpg' }),
      'a%20b.jpg': () => ({ raw: 'bytes', headers: { 'content-type': 'application/octet-stream' } }),
    });
    expect(await fetchFile(token)).toEqual({
      kind: 'fetched',
      body: Buffer.from('bytes'),
      contentType: null,
      name: null,
    });
    expect(
      telegram.channels.graph.calls.map(({ method, path }) => `${method} ${path.replace(token, 'TOKEN')}`),
    ).toEqual(['POST /telegram/botTOKEN/getFile', 'GET /telegram/file/botTOKEN/photos/a%20b.jpg']);
  });

  it.each<[string, Record<string, (call: GraphCall) => GraphReply>, string]>([
    ['too large for a bot', { getFile: () => no(400, 'Bad Request: file is too big') }, 'refused'],
    ['larger than is kept', { getFile: () => ok({ file_size: 1_001, file_path: 'f' }) }, 'refused'],
    [
      'larger than announced',
      { getFile: () => ok({ file_path: 'f' }), f: () => ({ raw: 'x'.repeat(1_001) }) },
      'refused',
    ],
    ['gone', { getFile: () => no(400, 'Bad Request: invalid file_id') }, 'gone'],
    ['gone where it lay', { getFile: () => ok({ file_path: 'f' }), f: () => no(404, 'Not Found') }, 'gone'],
    ['without a place', { getFile: () => ok({ file_id: 'x' }) }, 'gone'],
    ['in a place that leads elsewhere', { getFile: () => ok({ file_path: '../../botX/getMe' }) }, 'gone'],
    ['limited', { getFile: () => no(429, 'Too Many Requests', { retry_after: 3 }) }, 'retry'],
    ['a fault', { getFile: () => ({ status: 500, raw: '' }) }, 'retry'],
    ['a dead token', { getFile: () => no(401, 'Unauthorized') }, 'retry'],
    ['a broken connection', { getFile: () => ({ trouble: 'reset' }) }, 'retry'],
  ])('are not there, for a reason that holds no address: %s', async (_, answers, kind) => {
    const { token } = telegram.bot(answers);
    const outcome = await fetchFile(token);
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toMatch(/bot\d|AAH|PROVIDER/);
  });

  it('are not asked for by what is no id', async () => {
    const { token } = telegram.bot();
    expect((await fetchFile(token, '../x')).kind).toBe('gone');
    expect((await fetchFile(token, null)).kind).toBe('gone');
    expect(telegram.channels.graph.calls).toEqual([]);
  });
});
