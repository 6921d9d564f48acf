import { parseDocument } from 'yaml';
import { z } from 'zod';
import { usageMetrics } from '../enums.js';
import { type MerchantName, merchantNames } from '../merchants/merchant.js';

const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be small letters, digits and dashes');
const name = z.string().min(1).max(100);
const cents = z.number().int().min(0).max(100_000_000);
const limit = z.number().int().min(0).max(1_000_000_000).nullable();
const prices = z.partialRecord(z.enum(merchantNames), z.string().min(1).max(200));

const addOn = z.strictObject({ code, name, priceCents: cents, prices: prices.default({}) });
const plan = z.strictObject({
  code,
  name,
  priceCents: cents,
  limits: z.record(z.enum(usageMetrics), limit),
  addOns: z.array(code).optional(),
  includes: z.array(code).default([]),
  retired: z.boolean().default(false),
  prices: prices.default({}),
});

const file = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, as in EUR'),
  interval: z.enum(['month', 'year']),
  trial: z
    .strictObject({ plan: code, days: z.number().int().min(1).max(365), addOns: z.array(code).default([]) })
    .optional(),
  free: code.optional(),
  graceDays: z.number().int().min(8).max(90).default(14),
  records: z
    .strictObject({ years: z.number().int().min(0).max(50), law: z.string().min(1).max(200) })
    .default({ years: 10, law: 'commercial and tax law' }),
  plans: z.array(plan).min(1).max(50),
  addOns: z.array(addOn).max(50).default([]),
});

/** Something that is sold beside a plan. */
export type AddOn = Readonly<z.output<typeof addOn>>;
/**
 * A plan as its file says. `limits`: null is no limit. `addOns`: what may be bought with it; left out: all. `retired`: whoever
 * has it keeps it, and nobody buys it any more.
 */
export type PlanEntry = Readonly<z.output<typeof plan>>;
/** The file of plans. */
export type PlanFile = Readonly<z.output<typeof file>>;

/** The file of plans cannot be used. `problems` names every one of them. */
export class PlanFileError extends Error {
  constructor(place: string, problems: readonly string[]) {
    super(
      `The plans in ${place} have ${String(problems.length)} problem${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'PlanFileError';
  }
}

/** Reads the plans; throws one PlanFileError that names every problem. `merchant` must be able to sell each of them. */
export function readPlanFile(text: string, place: string, merchant: MerchantName): PlanFile {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new PlanFileError(
      place,
      document.errors.map(({ message }) => message.split('\n')[0] ?? message),
    );
  const data: unknown = document.toJS();
  const parsed = file.safeParse(data);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
    ...problemsIn(parsed.data ?? readable(data), merchant),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new PlanFileError(place, problems);
}

/** What the plans say to each other. */
interface Named {
  readonly plans: readonly PlanEntry[];
  readonly addOns: readonly AddOn[];
  readonly trial?: PlanFile['trial'];
  readonly free?: string | undefined;
  /** Codes that are there and cannot be read further. */
  readonly others?: readonly string[];
}

/** Of a file with mistakes in it, what has none: so that all mistakes are named at once, and none that follows from another. */
function readable(data: unknown): Named {
  const { plans, addOns, trial, free } = z.record(z.string(), z.unknown()).catch({}).parse(data);
  const all = [plans, addOns].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  const others = all.map((one) => z.object({ code }).safeParse(one).data?.code).filter((one) => one !== undefined);
  return {
    plans: z
      .array(plan.nullable().catch(null))
      .catch([])
      .parse(plans)
      .filter((one) => one !== null),
    addOns: z
      .array(addOn.nullable().catch(null))
      .catch([])
      .parse(addOns)
      .filter((one) => one !== null),
    trial: file.shape.trial.catch(undefined).parse(trial),
    free: file.shape.free.catch(undefined).parse(free),
    others,
  };
}

function problemsIn({ plans, addOns, trial, free, others = [] }: Named, merchant: MerchantName): string[] {
  const codes = new Set([...addOns.map((one) => one.code), ...others]);
  const planCodes = new Set([...plans.map((one) => one.code), ...others]);
  const strangers = (place: string, named: readonly string[]) =>
    named.filter((one) => !codes.has(one)).map((one) => `${place} names the add-on ${one}, which is not among addOns`);
  const sold = [...plans.filter((one) => one.code !== free && one.priceCents > 0), ...addOns];
  return [
    ...doubles(
      'The code',
      [...plans, ...addOns].map((one) => one.code),
    ),
    ...doubles(
      'The price',
      [...plans, ...addOns].flatMap((one) => one.prices[merchant] ?? []),
    ),
    ...sold
      .filter((one) => one.prices[merchant] === undefined)
      .map((one) => `${one.code} has no price at ${merchant}, which BILLING_PROVIDER names`),
    ...plans.flatMap((one) => strangers(`plan ${one.code}`, [...one.includes, ...(one.addOns ?? [])])),
    ...strangers('trial', trial?.addOns ?? []),
    ...[trial?.plan, free]
      .filter((one) => one !== undefined && !planCodes.has(one))
      .map((one) => `${String(one)} is named, and is not among the plans`),
  ];
}

function doubles(what: string, values: readonly string[]): string[] {
  return [...new Set(values.filter((value, place) => values.indexOf(value) !== place))].map(
    (value) => `${what} ${value} stands there twice`,
  );
}
