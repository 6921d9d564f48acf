import { environment } from '../../../src/platform/config/index.js';

interface Described {
  readonly description?: string | undefined;
  readonly def: { readonly type: string; readonly innerType?: Described; readonly in?: Described };
  readonly options?: readonly string[];
  safeParse(value: undefined): { readonly success: boolean; readonly data?: string | number };
}

/** Every environment variable with its meaning, its choices and its default. */
export function printEnvironment(): string {
  const entries = Object.entries(environment as unknown as Record<string, Described>).map(([name, variable]) => {
    const { data } = variable.safeParse(undefined);
    const choices = choicesOf(variable);
    return [
      `# ${variable.description ?? ''}`,
      ...(choices === null ? [] : [`# one of: ${choices.join(', ')}`]),
      `#${name}=${data === undefined ? '' : String(data)}`,
    ].join('\n');
  });
  return `${head}\n\n${entries.join('\n\n')}\n`;
}

const head = `# Every environment variable, its meaning and its default. Printed by \`npm run print\`.
# Nothing here has to be set for a start on your own machine. The server reads its environment, not this file: copy it
# to .env, take the # from the lines you set, and start with: set -a; . ./.env; set +a; npm start`;

function choicesOf(variable: Described): readonly string[] | null {
  if (variable.def.type === 'enum') return variable.options ?? null;
  const inner = variable.def.innerType ?? variable.def.in;
  return inner === undefined ? null : choicesOf(inner);
}
