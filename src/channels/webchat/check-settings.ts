import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { maxDomains, parseDomain } from './allowed-domains.js';

const maxName = 100;
const maxGreeting = 500;

/** The name of a chat, as it is stored. */
export function checkName(given: string): string {
  const name = cleanInput(given).replace(/\s+/gu, ' ');
  if (name === '' || name.length > maxName)
    throw badInput('name', `Give it a name of 1 to ${String(maxName)} characters.`);
  return name;
}

/** The sites of a chat, each in its one form and once. */
export function checkDomains(given: readonly string[]): string[] {
  if (given.length > maxDomains)
    throw badInput('allowedDomains', `A chat may be shown on at most ${String(maxDomains)} domains.`);
  const domains = given.map((text, index) => {
    const domain = parseDomain(text);
    if (domain === null)
      throw badInput(
        'allowedDomains',
        `Domain ${String(index + 1)} is none that a chat can be shown on. Write example.com, or *.example.com for all below it, or example.com:8443; http is for localhost alone.`,
      );
    return domain;
  });
  return [...new Set(domains)];
}

/** The first words of a chat. */
export function checkGreeting(given: string): string {
  const greeting = cleanInput(given);
  if (greeting.length > maxGreeting)
    throw badInput('greeting', `A greeting has at most ${String(maxGreeting)} characters.`);
  return greeting;
}

/** A colour, in small letters. */
export function checkColor(given: string): string {
  const color = given.trim().toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(color)) throw badInput('accentColor', 'Write the colour as #rrggbb, such as #2563eb.');
  return color;
}
