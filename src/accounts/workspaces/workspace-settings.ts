import { z } from 'zod';
import { cleanText } from '../../platform/database/index.js';
import { emailAddress, nameOf } from '../check-input.js';
import { localeOf, timeZoneOf } from './time-zone.js';

/** Who the contacts of a workspace are dealing with. */
export interface ControllerDetails {
  readonly legalName: string | null;
  readonly privacyEmail: string | null;
  readonly address: string | null;
  readonly noticeUrl: string | null;
  readonly website: string | null;
}

export const nobodyNamed: ControllerDetails = {
  legalName: null,
  privacyEmail: null,
  address: null,
  noticeUrl: null,
  website: null,
};

const orNothing = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z
    .string()
    .nullish()
    .transform((text) => (text === null || text === undefined || text.trim() === '' ? null : text))
    .pipe(schema.nullable());

const lines = (max: number) =>
  z
    .string()
    .transform((text) => cleanText(text).replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .max(max, `Use at most ${String(max)} characters.`)
        // A line feed is the one control character that an address or an answer needs.
        .regex(/^[^\p{Cc}]*(\n[^\p{Cc}]*)*$/u, 'Leave out control characters.'),
    );

const webAddress = z
  .string()
  .trim()
  .max(2_000, 'An address has at most 2,000 characters.')
  .refine((text) => {
    // It is linked from public pages: no other scheme, no name and password in it.
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'This is not a web address. It looks like https://example.com.');

const controller = z.object({
  legalName: orNothing(nameOf('a name', 200)),
  privacyEmail: orNothing(emailAddress),
  address: orNothing(lines(500)),
  noticeUrl: orNothing(webAddress),
  website: orNothing(webAddress),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time looks like 09:30.');
const closing = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time looks like 17:30; midnight is 24:00.');

const openingHours = z
  .object({
    weekday: z.int().min(1, 'A weekday is 1 (Monday) to 7 (Sunday).').max(7, 'A weekday is 1 (Monday) to 7 (Sunday).'),
    opens: time,
    closes: closing,
  })
  .refine(({ opens, closes }) => opens !== closes, {
    path: ['closes'],
    message: 'It closes when it opens. A whole day is 00:00 to 24:00.',
  });

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'A day looks like 2026-12-31.')
  .refine((text) => {
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  }, 'There is no such day.');

const businessHours = z.object({
  always: z.boolean(),
  week: z
    .array(openingHours)
    .max(70, 'Use at most 70 stretches a week.')
    .nullish()
    .transform((week) =>
      [...(week ?? [])].sort((one, other) => one.weekday - other.weekday || (one.opens < other.opens ? -1 : 1)),
    ),
  holidays: z
    .array(day)
    .max(400, 'Use at most 400 holidays.')
    .nullish()
    .transform((days) => [...new Set(days ?? [])].sort()),
  awayMessage: orNothing(lines(2_000)),
});

/** What may be changed of a workspace, each part checked; null for what stays. */
export const workspaceSettings = z.object({
  name: nameOf('the workspace a name')
    .nullish()
    .transform((name) => name ?? null),
  timezone: z
    .string()
    .nullish()
    .transform((zone, context) => {
      if (zone === null || zone === undefined) return null;
      const known = timeZoneOf(zone);
      if (known === null) context.addIssue('This is not a time zone. It looks like Europe/Istanbul.');
      return known;
    }),
  locale: z
    .string()
    .nullish()
    .transform((tag, context) => {
      if (tag === null || tag === undefined) return null;
      const known = localeOf(tag);
      if (known === null) context.addIssue('This is not a language. It looks like en or tr.');
      return known;
    }),
  controller: controller.nullish().transform((details) => details ?? null),
  businessHours: businessHours.nullish().transform((hours) => hours ?? null),
});
