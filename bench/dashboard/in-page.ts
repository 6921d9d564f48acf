/**
 * What measures in the page itself, as `window.bench`: from an act to the picture that shows what it did, by the page's own
 * clock; the frames meanwhile; the interactions and long tasks that the browser reports.
 */
export const inPage = `window.bench = (() => {
  const seen = { longest: 0, interactions: {} };
  const watch = (type, options, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
  watch('longtask', {}, (entry) => { seen.longest = Math.max(seen.longest, entry.duration); });
  watch('event', { durationThreshold: 16 }, ({ interactionId, duration }) => {
    if (interactionId) seen.interactions[interactionId] = Math.max(seen.interactions[interactionId] ?? 0, duration);
  });
  // A task that a frame's own callback puts up runs when that frame is painted, not one frame later.
  const painted = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };
  const limit = 10_000;
  /** Milliseconds from the act until what it does is painted, and the frames begun without it. */
  const until = (act, done) => new Promise((resolve, reject) => {
    const since = performance.now();
    let frames = 0;
    const look = () => {
      frames += 1;
      if (done()) painted(() => resolve({ milliseconds: performance.now() - since, frames }));
      else if (performance.now() - since > limit) reject(new Error('What was waited for did not show.'));
      else requestAnimationFrame(look);
    };
    act();
    requestAnimationFrame(look);
  });
  let frames = null;
  const count = (at) => {
    if (frames === null) return;
    if (frames.last !== null) frames.gaps.push(at - frames.last);
    frames.last = at;
    requestAnimationFrame(count);
  };
  return {
    seen,
    until,
    startFrames: () => { frames = { gaps: [], last: null }; requestAnimationFrame(count); },
    stopFrames: () => { const { gaps } = frames; frames = null; return gaps; },
    type: (text) => {
      const area = document.querySelector('.composer textarea');
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, text);
      area.dispatchEvent(new Event('input', { bubbles: true }));
    },
  };
})();`;
