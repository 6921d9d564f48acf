const spinMilliseconds = 300;

/** How many times as long as its processor time something takes at this moment: 1 on a machine with nothing else to do. */
export function crowding(): number {
  const [since, used] = [performance.now(), process.cpuUsage()];
  while (performance.now() - since < spinMilliseconds);
  const { user, system } = process.cpuUsage(used);
  return Math.max(1, (performance.now() - since) / ((user + system) / 1_000));
}
