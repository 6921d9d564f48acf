import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import type { MailKit } from './mail-template.js';

const longestName = 80;

/** Links into this deployment, for mails and pages. The host is configured: a request's Host header has no part in it. */
@Injectable()
export class PublicLinks implements MailKit {
  constructor(private readonly config: Config) {}

  publicLink(path: string, query: Readonly<Record<string, string>> = {}): string {
    if (!/^\/(?!\/)[\w\-./]*$/.test(path)) throw new Error('A public link is a path of this deployment.');
    const search = new URLSearchParams(query).toString();
    return `${this.config.publicUrl}${path}${search === '' ? '' : `?${search}`}`;
  }

  // Mail programs make links of what looks like one: a workspace called "evil.example" would let its owner advertise from
  // our address. The dot leader looks like a dot and is none.
  named(name: string): string {
    const line = name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
    const cut = [...line].length > longestName ? `${[...line].slice(0, longestName - 1).join('')}…` : line;
    return cut
      .replaceAll('@', '＠')
      .replace(/:\/\//g, ' ')
      .replace(/\.(?=\p{L}{2})/gu, '\u2024');
  }
}
