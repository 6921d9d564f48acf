import { Site, type SiteOptions } from './site.js';

/** A deployment for the tests of one block, prepared before the first and stopped after the last; gives what finds it. */
export function ownSite(options: SiteOptions = {}, prepare: (site: Site) => Promise<unknown> = async () => undefined) {
  let site: Site | null = null;
  beforeAll(async () => {
    site = await Site.start(options);
    await prepare(site);
  }, 120_000);
  // It may be missing where the set-up failed.
  afterAll(() => site?.stop());
  return (): Site => {
    if (site === null) throw new Error('The deployment is not up.');
    return site;
  };
}
