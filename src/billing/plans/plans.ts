import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { type UsageMetric, usageMetrics } from '../enums.js';
import type { MerchantName } from '../merchants/merchant.js';
import { type AddOn, type PlanEntry, type PlanFile, PlanFileError, readPlanFile } from './plan-file.js';

/** What prices of a merchant stand for. */
export interface Bought {
  readonly plan: string | null;
  readonly addOns: readonly string[];
  /** Prices that no plan and no add-on has. */
  readonly unknown: readonly string[];
}

/** The plan of a deployment that sells nothing. */
const everything: PlanEntry = {
  code: 'self-hosted',
  name: 'Self-hosted',
  priceCents: 0,
  limits: Object.fromEntries(usageMetrics.map((metric) => [metric, null])) as Record<UsageMetric, null>,
  includes: [],
  retired: false,
  prices: {},
};
const nothingSold: PlanFile = {
  currency: 'EUR',
  interval: 'month',
  graceDays: 14,
  records: { years: 0, law: '' },
  plans: [],
  addOns: [],
};

/** The plans that are sold: read once, at the start, which fails where they cannot be used. */
@Injectable()
export class Plans {
  /** The merchant that sells them; null where nothing is sold. */
  readonly merchant: MerchantName | null;
  private readonly file: PlanFile;

  constructor({ merchant, environment }: Config) {
    this.merchant = merchant?.name ?? null;
    const place = path.resolve(environment.PLANS_FILE);
    this.file = merchant === null ? nothingSold : readPlanFile(textOf(place), place, merchant.name);
  }

  /** Whether anything is sold here; where not, every entitlement is on. */
  get sold(): boolean {
    return this.merchant !== null;
  }

  /** What can be bought, as the file orders it. */
  get list(): readonly PlanEntry[] {
    return this.file.plans.filter(({ retired }) => !retired);
  }

  get addOns(): readonly AddOn[] {
    return this.file.addOns;
  }

  get currency(): string {
    return this.file.currency;
  }

  get interval(): string {
    return this.file.interval;
  }

  get trial(): PlanFile['trial'] {
    return this.file.trial;
  }

  get graceDays(): number {
    return this.file.graceDays;
  }

  /** How long, and by which law, the record of what was sold outlives its workspace. */
  get records(): PlanFile['records'] {
    return this.file.records;
  }

  /** The plan that costs nothing and stands below the others; null where there is none. */
  get free(): PlanEntry | null {
    return this.of(this.file.free ?? null);
  }

  /** The plan of that code; null where none has it (any more). */
  of(code: string | null): PlanEntry | null {
    return this.file.plans.find((plan) => plan.code === code) ?? null;
  }

  /** The plan of that code, or what stands for it where none has it. */
  shown(code: string | null): PlanEntry {
    return this.of(code) ?? this.free ?? this.of(this.file.trial?.plan ?? null) ?? this.file.plans[0] ?? everything;
  }

  /** Which add-ons may be bought with a plan; what is in it already is none. */
  addOnsOf(plan: PlanEntry): readonly AddOn[] {
    return this.file.addOns.filter(
      ({ code }) => !plan.includes.includes(code) && (plan.addOns === undefined || plan.addOns.includes(code)),
    );
  }

  /** The merchant's id of a plan or an add-on; null where it is not sold there. */
  priceOf(code: string): string | null {
    if (this.merchant === null) return null;
    const sold = [...this.file.plans, ...this.file.addOns].find((one) => one.code === code);
    return sold?.prices[this.merchant] ?? null;
  }

  /** What prices of the merchant stand for. */
  bought(merchant: MerchantName, prices: readonly string[]): Bought {
    const plans = this.file.plans.filter(({ prices: own }) => prices.includes(own[merchant] ?? ''));
    const addOns = this.file.addOns.filter(({ prices: own }) => prices.includes(own[merchant] ?? ''));
    const known = [...plans, ...addOns].map(({ prices: own }) => own[merchant]);
    return {
      plan: plans.at(-1)?.code ?? null,
      addOns: addOns.map(({ code }) => code),
      unknown: prices.filter((price) => !known.includes(price)),
    };
  }
}

function textOf(place: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PlanFileError(place, [
      `it cannot be read (${code ?? 'unknown'}): with BILLING_PROVIDER set, PLANS_FILE names the file of plans; docs/billing.md says what is in it`,
    ]);
  }
}
