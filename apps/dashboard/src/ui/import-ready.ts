const ready = new Map<string, Promise<void>>();

/**
 * Imports a part of the page whose files, the server's paths without the first slash, are fetched already. Browsers remember
 * for as long as a page is open that a module could not be fetched, and do not ask for it again: a line that was cut for a moment would
 * cost the part for good. What is in the browser's cache needs no line when it is imported.
 */
export async function importReady<Part>(importNow: () => Promise<Part>, files: readonly string[] = []): Promise<Part> {
  await Promise.all(files.map(fetchOnce));
  return importNow();
}

async function fetchOnce(file: string): Promise<void> {
  const address = new URL(`/${file}`, location.origin).href;
  if (cameWithThePage(address)) return;
  const under = ready.get(address) ?? fetchWhole(address);
  ready.set(address, under);
  try {
    await under;
  } catch (error) {
    ready.delete(address);
    throw error;
  }
}

async function fetchWhole(address: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is not there: ${String(response.status)}`);
  // Until the last byte: what was cut on the way is not kept.
  await response.arrayBuffer();
}

function cameWithThePage(address: string): boolean {
  const links = document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel=modulepreload]');
  return [...links].some((element) => ('src' in element ? element.src : element.href) === address);
}
