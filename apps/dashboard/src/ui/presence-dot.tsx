/** Full for who is here, a ring for who is not: told apart by form, and said in words beside it. */
export function PresenceDot({ online }: { online: boolean }) {
  return <span className={online ? 'presence-dot online' : 'presence-dot'} aria-hidden="true" />;
}
