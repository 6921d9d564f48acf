import { num, obj, str, type Obj } from './json.ts';

/** What goes wrong with a request that a rule matches. */
export interface FaultAction {
  status?: number;
  body?: unknown;
  delayMs?: number;
  retryAfter?: number;
  /** A Graph error envelope with this code. */
  error?: { code: number; subcode?: number; message?: string };
  rateLimit?: boolean;
  garbage?: boolean;
  resetBeforeAccept?: boolean;
  hangBeforeAccept?: boolean;
  /** An answer that goes on for ever, a byte at a time. */
  dripBeforeAccept?: boolean;
  /** These happen after the request has taken effect: the sender cannot know. */
  hangAfterAccept?: boolean;
  resetAfterAccept?: boolean;
  statusAfterAccept?: number;
}

interface FaultRule {
  id: number;
  match: { path?: string; method?: string; account?: string; nth?: number; rate?: number };
  action: FaultAction;
  times: number | null;
  seen: number;
  hits: number;
  random: () => number;
}

/** The same numbers for the same seed, so that a failed run can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The rules by which requests go wrong. The first rule that matches decides. */
export class Faults {
  private rules: FaultRule[] = [];
  private next = 1;

  /** Adds a rule; throws an Error in plain words when it makes no sense. */
  add(input: Obj): Obj {
    const match = obj(input['match']) ?? {};
    const action = obj(input['action']);
    if (!action || Object.keys(action).length === 0) throw new Error('"action" must say what goes wrong.');
    const path = str(match['path']);
    if (path !== undefined) new RegExp(path);
    const rate = num(match['rate']);
    if (rate !== undefined && (rate < 0 || rate > 1)) throw new Error('"match.rate" must lie between 0 and 1.');
    const nth = num(match['nth']);
    const account = str(match['account']);
    const method = str(match['method'])?.toUpperCase();
    const rule: FaultRule = {
      id: this.next++,
      match: {
        ...(path !== undefined && { path }),
        ...(method !== undefined && { method }),
        ...(account !== undefined && { account }),
        ...(nth !== undefined && { nth }),
        ...(rate !== undefined && { rate }),
      },
      action,
      // A rule for one certain request, or with no rate, fires once unless told otherwise.
      times: input['times'] === null ? null : (num(input['times']) ?? (rate === undefined ? 1 : null)),
      seen: 0,
      hits: 0,
      random: seededRandom(num(match['seed']) ?? 1),
    };
    this.rules.push(rule);
    return this.describe(rule);
  }

  /** The action for this request, if a rule matches; counts it. */
  take(method: string, path: string, account: string | undefined): FaultAction | undefined {
    for (const rule of this.rules) {
      const { match } = rule;
      if (match.method !== undefined && match.method !== method) continue;
      if (match.path !== undefined && !new RegExp(match.path).test(path)) continue;
      if (match.account !== undefined && match.account !== account && !path.split('/').includes(match.account))
        continue;
      rule.seen += 1;
      if (rule.times !== null && rule.hits >= rule.times) continue;
      if (match.nth !== undefined && rule.seen !== match.nth) continue;
      if (match.rate !== undefined && rule.random() >= match.rate) continue;
      rule.hits += 1;
      return rule.action;
    }
    return undefined;
  }

  /** Every rule with how often it was met and used. */
  list(): Obj[] {
    return this.rules.map((rule) => this.describe(rule));
  }

  /** Removes one rule, or all. */
  clear(id?: number): void {
    this.rules = id === undefined ? [] : this.rules.filter((rule) => rule.id !== id);
  }

  private describe(rule: FaultRule): Obj {
    const { id, match, action, times, seen, hits } = rule;
    return { id, match, action, times, seen, hits };
  }
}
