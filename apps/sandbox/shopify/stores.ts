import { randomBytes } from 'node:crypto';

/** A store as the pretend Shopify has it; any name is one. */
export interface Store {
  domain: string;
  /** Whether the app is in it. */
  installed: boolean;
  /** Where it is told that the app is removed. */
  uninstalledUri: string | undefined;
}

interface Token {
  domain: string;
  expiresAt: number;
}

/** Seconds that a token lives, as at Shopify. */
export const TOKEN_SECONDS = 3_600;
const CODE_MS = 60_000;

/** The stores, and what was given out for them. */
export class Stores {
  private readonly stores = new Map<string, Store>();
  private readonly codes = new Map<string, Token>();
  private readonly tokens = new Map<string, Token>();
  private readonly refreshes = new Map<string, string>();

  of(domain: string): Store {
    const store = this.stores.get(domain) ?? { domain, installed: false, uninstalledUri: undefined };
    this.stores.set(domain, store);
    return store;
  }

  /** The owner said yes: a code that is good once. */
  code(domain: string): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { domain, expiresAt: Date.now() + CODE_MS });
    return code;
  }

  takeCode(code: string, domain: string): boolean {
    const held = this.codes.get(code);
    if (held?.domain !== domain || held.expiresAt < Date.now()) return false;
    this.codes.delete(code);
    return true;
  }

  takeRefresh(refresh: string, domain: string): boolean {
    if (this.refreshes.get(refresh) !== domain) return false;
    this.refreshes.delete(refresh);
    return true;
  }

  /** A new pair of tokens; the app is in the store from then on. */
  tokensFor(domain: string): { access: string; refresh: string } {
    const access = `shpat_sandbox_${randomBytes(16).toString('hex')}`;
    const refresh = `shprt_sandbox_${randomBytes(16).toString('hex')}`;
    this.tokens.set(access, { domain, expiresAt: Date.now() + TOKEN_SECONDS * 1_000 });
    this.refreshes.set(refresh, domain);
    this.of(domain).installed = true;
    return { access, refresh };
  }

  opens(token: string | undefined, domain: string): boolean {
    const held = this.tokens.get(token ?? '');
    return held?.domain === domain && held.expiresAt > Date.now();
  }

  /** The app leaves the store: nothing that was given out is worth anything. */
  remove(domain: string): void {
    for (const [token, held] of this.tokens) if (held.domain === domain) this.tokens.delete(token);
    for (const [refresh, of] of this.refreshes) if (of === domain) this.refreshes.delete(refresh);
    const store = this.of(domain);
    store.installed = false;
    store.uninstalledUri = undefined;
  }
}
