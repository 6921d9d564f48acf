import { useEffect, useState } from 'react';

/** Whether the first person to come in needs the code that the server's console shows. */
export function useSetUpCode(): boolean {
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    let gone = false;
    void ask().then((value) => gone || setNeeded(value));
    return () => {
      gone = true;
    };
  }, []);
  return needed;
}

async function ask(): Promise<boolean> {
  try {
    const response = await fetch('/set-up.json', { headers: { accept: 'application/json' } });
    return response.ok && ((await response.json()) as { state?: unknown }).state === 'code';
  } catch {
    // Without an answer the form is as for everyone; the server says what is missing.
    return false;
  }
}
