import { maxDomains, parseDomain } from '../../channels/index.js';
import { badInput } from '../../platform/errors/index.js';

/** The sites that a form may stand on, each in its one form and once; at least one, for without it nobody could use it. */
export function checkFormDomains(given: readonly string[]): readonly string[] {
  if (given.length > maxDomains)
    throw badInput('allowedDomains', `Name at most ${String(maxDomains)} sites.`, 'TOO_MANY', {
      most: String(maxDomains),
    });
  const domains = given.map((text, index) => {
    const domain = parseDomain(text);
    if (domain === null)
      throw badInput(
        'allowedDomains',
        `Number ${String(index + 1)} is not the domain of a site: it looks like example.com.`,
        'FORM_DOMAIN',
        { place: String(index + 1) },
      );
    return domain;
  });
  if (domains.length === 0)
    throw badInput('allowedDomains', 'Name the site that the form stands on, such as example.com.', 'FORM_NO_DOMAIN');
  return [...new Set(domains)];
}
