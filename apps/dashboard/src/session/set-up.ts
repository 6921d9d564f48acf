import { useEffect, useState } from 'react';

export interface SetUp {
  /** `open`: whoever comes first; `code`: whoever has the console's code; `done`: somebody is in. */
  state: 'open' | 'code' | 'done';
  /** Whether mails are written to a folder, because there is no mail server yet. */
  mailsToFolder: boolean;
  /** That folder, where only this machine is asked. */
  mailFolder: string | null;
}

const done: SetUp = { state: 'done', mailsToFolder: false, mailFolder: null };
let over = false;

/** Whether the server waits for its first person; null until it has said. Once somebody is in, it never asks again. */
export function useSetUp(): SetUp | null {
  const [setUp, setSetUp] = useState(over ? done : null);
  useEffect(() => {
    if (over) return;
    let gone = false;
    void ask().then((value) => gone || setSetUp(value));
    return () => {
      gone = true;
    };
  }, []);
  return setUp;
}

async function ask(): Promise<SetUp> {
  try {
    const response = await fetch('/set-up.json', { headers: { accept: 'application/json' } });
    const setUp = response.ok ? readSetUp(await response.json()) : done;
    over = response.ok && setUp.state === 'done';
    return setUp;
  } catch {
    // Without an answer the pages are as for everyone; the server says what is missing.
    return done;
  }
}

/** Takes only what it knows, each of the kind it has to be. */
export function readSetUp(value: unknown): SetUp {
  const { state, mailsToFolder, mailFolder } = (value ?? {}) as Record<string, unknown>;
  if (state !== 'open' && state !== 'code') return done;
  return {
    state,
    mailsToFolder: mailsToFolder === true,
    mailFolder: typeof mailFolder === 'string' ? mailFolder : null,
  };
}
