import { parsedApart } from '../ui/trusted.js';

/** A mail for a frame, and whether it has pictures elsewhere. */
export interface FramedMail {
  readonly page: string;
  readonly pictures: boolean;
}

/**
 * A mail as a page of its own. The server has cleaned it; here its pictures become links, so that they are loaded when somebody
 * asks for one, and its styles go, which the page's own policy would not allow.
 */
export function framedMail(html: string, pictureWords: (alt: string) => string): FramedMail {
  const parsed = parsedApart(html);
  let pictures = false;
  for (const image of parsed.querySelectorAll('img')) {
    const address = image.getAttribute('data-remote-src');
    const words = pictureWords(image.getAttribute('alt') ?? '');
    const link = parsed.createElement(address === null ? 'span' : 'a');
    link.textContent = `[${words}]`;
    if (address !== null && /^https?:\/\//i.test(address)) {
      pictures = true;
      link.setAttribute('href', address);
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer nofollow');
    }
    image.replaceWith(link);
  }
  for (const element of parsed.querySelectorAll('[style]')) element.removeAttribute('style');
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${parsed.body.innerHTML}`;
  return { page, pictures };
}
