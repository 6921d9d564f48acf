import type { PlatformLead } from '../../channels/index.js';
import type { Capture } from '../capture/capture-lead.js';
import type { GivenDetails } from '../capture/clean-details.js';
import { LeadSource } from '../enums.js';

/** What platforms call the questions that they ask ready-made; the first that was answered counts. */
const names = {
  name: ['full_name', 'name'],
  email: ['email', 'work_email'],
  phone: ['phone_number', 'phone', 'work_phone_number'],
  company: ['company_name', 'company'],
} as const;
const firstName = 'first_name';
const lastName = 'last_name';

/** A filled form of an advert, as a lead is captured; its boxes in their words, or by their names where nobody tells those. */
export function captureOfAd(
  channelId: string,
  lead: PlatformLead,
  formId: string | null,
  boxes: ReadonlyMap<string, string>,
): Capture {
  const { externalId, at, adId, campaignId, test } = lead;
  return {
    source: LeadSource.LEAD_AD,
    externalId,
    at,
    details: detailsOf(lead.answers),
    formId: lead.formId ?? formId,
    adId,
    campaignId,
    channelId,
    consents: lead.consents.map(({ text, key, given }) => ({
      text: text ?? boxes.get(key ?? '') ?? key ?? '',
      given,
    })),
    test,
  };
}

/** Ready-made questions become details; all others stand among the answers in the words of the form. */
function detailsOf(answers: PlatformLead['answers']): GivenDetails {
  const used = new Set<string>();
  const take = (wanted: readonly string[]): string | null => {
    for (const name of wanted) {
      const answer = answers.find((one) => one.name.trim().toLowerCase() === name && !used.has(one.name));
      const value = answer?.values.find((text) => text.trim() !== '');
      if (answer === undefined || value === undefined || answer.values.length > 1) continue;
      used.add(answer.name);
      return value;
    }
    return null;
  };
  const name = take(names.name) ?? join(take([firstName]), take([lastName]));
  const details = { name, email: take(names.email), phone: take(names.phone), company: take(names.company) };
  const fields = new Map<string, string | readonly string[]>();
  for (const { name: question, values } of answers) {
    if (used.has(question)) continue;
    const [only] = values;
    if (only !== undefined) fields.set(freeName(fields, question), values.length === 1 ? only : values);
  }
  return { ...details, fields: Object.fromEntries(fields) };
}

/** Two questions may be called the same; neither answer is lost. */
function freeName(taken: ReadonlyMap<string, unknown>, question: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? question : `${question} (${String(count)})`;
    if (!taken.has(name)) return name;
  }
}

function join(first: string | null, last: string | null): string | null {
  return first === null && last === null ? null : [first, last].filter((part) => part !== null).join(' ');
}
