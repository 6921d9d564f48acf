interface Rule {
  readonly allows: boolean;
  readonly path: string;
}

/** What a site asks of programs. */
export interface Robots {
  readonly rules: readonly Rule[];
  /** Seconds between two requests; 0 where it asks for none. */
  readonly delay: number;
}

/** Nothing is asked. */
export const freeSite: Robots = { rules: [], delay: 0 };

const mostRules = 2_000;
const mostSeconds = 10;

/** Reads a robots.txt (RFC 9309): the groups that name us, else those for everybody. */
export function readRobots(text: string, ours: string): Robots {
  const own: Rule[] = [];
  const everybodys: Rule[] = [];
  const delays = { own: 0, everybodys: 0 };
  let [forUs, forAll, named, inAgents] = [false, false, false, false];
  for (const line of text.slice(0, 500_000).split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s*([a-z-]{1,20})\s*:\s*([^#]{0,2000})/i.exec(line) ?? [];
    const said = value.trim();
    const word = key.toLowerCase();
    if (word === 'user-agent') {
      if (!inAgents) [forUs, forAll] = [false, false];
      inAgents = true;
      const agent = said.toLowerCase();
      if (agent === '*') forAll = true;
      else if (agent !== '' && ours.toLowerCase().startsWith(agent.split('/', 1)[0] ?? agent))
        [forUs, named] = [true, true];
      continue;
    }
    if (word === '' || word === 'sitemap') continue;
    inAgents = false;
    const delay = word === 'crawl-delay' ? Math.min(mostSeconds, Math.max(0, Number(said) || 0)) : null;
    if (delay !== null) {
      if (forUs) delays.own = delay;
      if (forAll) delays.everybodys = delay;
    }
    if ((word !== 'allow' && word !== 'disallow') || said === '' || own.length + everybodys.length > mostRules)
      continue;
    const rule = { allows: word === 'allow', path: said };
    if (forUs) own.push(rule);
    if (forAll) everybodys.push(rule);
  }
  return named ? { rules: own, delay: delays.own } : { rules: everybodys, delay: delays.everybodys };
}

/** Whether a page may be read: the longest rule that fits decides, and where two are as long, the one that allows. */
export function allowsPage({ rules }: Robots, url: URL): boolean {
  const path = `${url.pathname}${url.search}`;
  const fitting = rules.filter((rule) => fits(rule.path, path));
  const [first] = fitting.sort((a, b) => b.path.length - a.path.length || Number(b.allows) - Number(a.allows));
  return first?.allows ?? true;
}

/** Whether a path begins as a rule says; `*` is any text, `$` the end. Goes over the path once for each part. */
function fits(rule: string, path: string): boolean {
  const ended = rule.endsWith('$');
  const [start = '', ...parts] = (ended ? rule.slice(0, -1) : rule).split('*');
  if (!path.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of parts.entries()) {
    if (ended && index === parts.length - 1) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return !ended || at === path.length;
}
