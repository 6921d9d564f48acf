/** What the platform's sign-up window tells the page that opened it. */
export type SignupNews =
  | { kind: 'finished'; phoneNumberId: string | null }
  | { kind: 'cancelled'; step: string | null; message: string | null };

type Told = Pick<MessageEvent, 'origin' | 'source' | 'data'>;

const finished = /^FINISH(?:_[A-Z_]+)?$/u;

/**
 * Reads one message that reached this page. Counts only what comes from the very window that was opened, while the platform
 * shows its own page in it; anything else may be from anybody. What it says decides nothing: the server asks the platform.
 */
export function readSignupNews(
  { origin, source, data }: Told,
  opened: { origin: string; window: unknown },
): SignupNews | null {
  if (origin !== opened.origin || source === null || source !== opened.window) return null;
  const told = asObject(data);
  if (told?.['type'] !== 'WA_EMBEDDED_SIGNUP') return null;
  const name = told['event'];
  const details = asObject(told['data']) ?? {};
  if (typeof name === 'string' && finished.test(name)) {
    const id = details['phone_number_id'];
    return { kind: 'finished', phoneNumberId: typeof id === 'string' && /^\d{1,30}$/u.test(id) ? id : null };
  }
  if (name !== 'CANCEL' && name !== 'ERROR') return null;
  return { kind: 'cancelled', step: words(details['current_step']), message: words(details['error_message']) };
}

/** It comes as an object or as its JSON. */
function asObject(data: unknown): Record<string, unknown> | null {
  if (typeof data === 'string') {
    try {
      return asObject(JSON.parse(data) as unknown);
    } catch {
      return null;
    }
  }
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : null;
}

function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : null;
}
