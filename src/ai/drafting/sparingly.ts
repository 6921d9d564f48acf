/** Of the time that passes, one part in so many. */
const share = 5;

/**
 * Does something that is asked for again and again as often as a fifth of the time allows: what it costs grows with what
 * has come, and who sends it in letters must not keep a process from everything else.
 */
export function sparingly<Value>(
  work: (value: Value) => void,
  now: () => number = () => performance.now(),
): (value: Value) => void {
  let next = -Infinity;
  return (value) => {
    const begun = now();
    if (begun < next) return;
    work(value);
    next = now() + (share - 1) * (now() - begun);
  };
}
