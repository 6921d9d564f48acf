import { useEffect, useState } from 'react';
import { safeHref } from '../ui/safe-text.js';

export interface Instance {
  sandboxUrl: string | null;
  version: string | null;
  /** Whether strangers may make an account here. */
  signupOpen: boolean;
  /** Whether this server has a model of its own. */
  model: boolean;
  /** What a browser needs to take pushes from this server. */
  pushKey: string | null;
}

const unknown: Instance = { sandboxUrl: null, version: null, signupOpen: true, model: false, pushKey: null };
let asked: Promise<Instance> | undefined;

/** What the server says about itself; a server that says nothing has no sandbox and no model. */
export function useInstance(): Instance {
  const [instance, setInstance] = useState(unknown);
  useEffect(() => {
    let gone = false;
    asked ??= ask();
    void asked.then((value) => gone || setInstance(value));
    return () => {
      gone = true;
    };
  }, []);
  return instance;
}

async function ask(): Promise<Instance> {
  try {
    const response = await fetch('/instance.json', { headers: { accept: 'application/json' } });
    if (response.ok) return readInstance(await response.json());
  } catch {
    // Not reachable: the next page that asks tries again.
  }
  asked = undefined;
  return unknown;
}

/** Takes only what it knows, each of the kind it has to be. */
export function readInstance(value: unknown): Instance {
  const { sandboxUrl, version, signup, model, pushKey } = (value ?? {}) as Record<string, unknown>;
  return {
    sandboxUrl: typeof sandboxUrl === 'string' ? safeHref(sandboxUrl) : null,
    version: typeof version === 'string' ? version : null,
    signupOpen: signup === undefined || signup === 'open',
    model: model === true,
    pushKey: typeof pushKey === 'string' ? pushKey : null,
  };
}
