import type { Environment } from './environment.js';

/** Where the pretend platforms run, when they do. */
export interface SandboxAddress {
  readonly url: string;
  readonly port: number;
}

/** The address of the sandbox; null where it is off. */
export function sandboxAddress(environment: Environment): SandboxAddress | null {
  const on = environment.SANDBOX ?? (environment.NODE_ENV === 'development' ? 'on' : 'off');
  if (on === 'off') return null;
  const port = environment.SANDBOX_PORT ?? environment.PORT + 1;
  return { url: `http://127.0.0.1:${String(port)}`, port };
}
