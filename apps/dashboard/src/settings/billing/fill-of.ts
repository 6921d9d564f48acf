/** How full a limit is: from 80 % on that is told, and again where it is reached, and passed. */
export function fillOf(used: number, limit: number): 'room' | 'near' | 'full' | 'over' {
  if (used > limit) return 'over';
  if (used === limit) return 'full';
  return used >= limit * 0.8 ? 'near' : 'room';
}
