import { cleanInput } from '../../platform/database/index.js';
import { refusal } from '../connect/refusal.js';
import { maxDomains, parseDomain } from './allowed-domains.js';

const maxName = 100;
const maxGreeting = 500;
const maxRadius = 24;

/** The name of a chat, as it is stored. */
export function checkName(given: string): string {
  const name = cleanInput(given).replace(/\s+/gu, ' ');
  if (name === '' || name.length > maxName)
    throw refusal('CHAT_NAME', { field: 'name', values: { most: String(maxName) } });
  return name;
}

/** The sites of a chat, each in its one form and once. */
export function checkDomains(given: readonly string[]): string[] {
  if (given.length > maxDomains)
    throw refusal('CHAT_TOO_MANY_DOMAINS', { field: 'allowedDomains', values: { most: String(maxDomains) } });
  const domains = given.map((text, index) => {
    const domain = parseDomain(text);
    if (domain === null)
      throw refusal('CHAT_DOMAIN', { field: 'allowedDomains', values: { place: String(index + 1) } });
    return domain;
  });
  return [...new Set(domains)];
}

/** The first words of a chat. */
export function checkGreeting(given: string): string {
  const greeting = cleanInput(given).replaceAll('\r\n', '\n');
  if (greeting.length > maxGreeting)
    throw refusal('CHAT_GREETING', { field: 'greeting', values: { most: String(maxGreeting) } });
  return greeting;
}

/** A colour, in small letters. */
export function checkColor(given: string): string {
  const color = given.trim().toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(color)) throw refusal('CHAT_COLOR', { field: 'accentColor' });
  return color;
}

/** How round corners are, in pixels. */
export function checkRadius(given: number): number {
  if (given < 0 || given > maxRadius)
    throw refusal('CHAT_RADIUS', { field: 'radius', values: { most: String(maxRadius) } });
  return given;
}
