import { serviceWorker } from '../session/local-traces.js';

/** As TypeScript, which does not know Trusted Types yet, is told of it: what is let through stands where text stands. */
interface Policy {
  createHTML(html: string): string;
  createScriptURL(address: string): string;
}

const rules: Policy = {
  createHTML: (html) => html,
  createScriptURL: (address) => {
    if (address !== serviceWorker) throw new TypeError(`No script of this address is run: ${address}`);
    return address;
  },
};

// The one policy that the page's headers allow. It stays in this file: through what is exported, text becomes markup only
// where nothing of it can run. Browsers without Trusted Types take the text itself.
const { trustedTypes } = globalThis as {
  trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
};
const policy = trustedTypes?.createPolicy('parley', rules) ?? rules;

/** HTML from outside as a document of its own, in which nothing runs and nothing is fetched. */
export function parsedApart(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}

/** A page for a frame. Only one that is locked gets it: no scripts, no forms, no origin. */
export function showLocked(frame: HTMLIFrameElement, page: string): void {
  if (/^$|allow-(?:scripts|same-origin|forms|top-navigation)/u.test(frame.getAttribute('sandbox') ?? ''))
    throw new TypeError('A page from outside is shown in a locked frame alone.');
  frame.srcdoc = policy.createHTML(page);
}

/** The address of the one worker there is. */
export function workerAddress(): string {
  return policy.createScriptURL(serviceWorker);
}
