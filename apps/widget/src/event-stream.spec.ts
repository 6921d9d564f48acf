import { type ServerEvent, serverEvents } from './event-stream.js';

/** What is read of a stream that comes in these pieces. */
async function read(...pieces: readonly (string | Uint8Array)[]): Promise<{ events: ServerEvent[]; heard: number }> {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  let heard = 0;
  for await (const event of serverEvents(body, () => (heard += 1))) events.push(event);
  return { events, heard };
}

describe('server-sent events', () => {
  it('are read with their places and names, beats and hints left out', async () => {
    const { events, heard } = await read('retry: 2000\n\n: beat\n\nid: a\n\nid: b\nevent: message\ndata: {"x":1}\n\n');
    expect(events).toEqual([
      { id: 'a', name: '', data: '' },
      { id: 'b', name: 'message', data: '{"x":1}' },
    ]);
    expect(heard).toBe(1);
  });

  it('are the same wherever the pieces end, also within a letter', async () => {
    const whole = new TextEncoder().encode('id: a\r\nevent: message\r\ndata: "Grüße, Ayşe 🌿"\r\n\r\n');
    for (let at = 1; at < whole.length; at += 1) {
      const { events } = await read(whole.slice(0, at), whole.slice(at));
      expect([at, events]).toEqual([at, [{ id: 'a', name: 'message', data: '"Grüße, Ayşe 🌿"' }]]);
    }
  });

  it('are not read before they are whole', async () => {
    expect((await read('id: a\nevent: message\ndata: {"cut":')).events).toEqual([]);
  });

  it('keep the lines of their data', async () => {
    expect((await read('event: x\ndata: one\ndata:two\n\n')).events).toEqual([
      { id: null, name: 'x', data: 'one\ntwo' },
    ]);
  });
});
