const channelName = 'parley.authorization';

interface Note {
  say: 'returned' | 'taken';
  state: string;
}

/** In the window that came back from a platform: tells the page that opened it. `onTaken` where such a page is there and goes on. */
export function tellReturn(state: string, onTaken: () => void): () => void {
  return listen(state, 'taken', onTaken, (channel) => channel.postMessage({ say: 'returned', state } satisfies Note));
}

/**
 * In the page that opened a window: goes on once the person is back in it. By a broadcast among the pages of this origin,
 * because the browser cuts a window that has been elsewhere off from the page that opened it.
 */
export function awaitReturn(state: string, onReturn: () => void): () => void {
  return listen(state, 'returned', (channel) => {
    channel.postMessage({ say: 'taken', state } satisfies Note);
    onReturn();
  });
}

function listen(
  state: string,
  word: Note['say'],
  heard: (channel: BroadcastChannel) => void,
  begin?: (channel: BroadcastChannel) => void,
): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Partial<Note> | null>) => {
    if (data?.say === word && data.state === state) heard(channel);
  };
  begin?.(channel);
  return () => channel.close();
}
