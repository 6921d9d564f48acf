/**
 * A statement whose values can only be parameters: `sql` is the one way to make it, so text from outside never becomes
 * SQL. Statements nest: sql`select ... ${condition}`.
 */
export class Sql {
  readonly text: string;
  readonly values: readonly unknown[];

  /** Use the `sql` tag. */
  constructor(strings: readonly string[], parts: readonly unknown[]) {
    const values: unknown[] = [];
    this.text = render(strings, parts, values);
    this.values = values;
  }

  /** For nesting: the literal strings and the parts between them. */
  static render(statement: Sql, into: unknown[]): string {
    // Placeholders of a nested statement are renumbered to follow those already taken.
    const offset = into.length;
    into.push(...statement.values);
    return statement.text.replace(/\$(\d+)/g, (_, n: string) => `$${String(Number(n) + offset)}`);
  }
}

function render(strings: readonly string[], parts: readonly unknown[], values: unknown[]): string {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    if (part instanceof Sql) text += Sql.render(part, values);
    else {
      values.push(part);
      text += `$${String(values.length)}`;
    }
    text += strings[index + 1] ?? '';
  });
  return text;
}

/** Builds a parameterised statement. Literal text must not contain `$1`-like placeholders of its own. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  return new Sql(strings, parts);
}

/** A whole number written into the text, so that a plan that is kept knows it. */
export function sqlNumber(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error('Only whole numbers are written into a statement.');
  return new Sql([String(value)], []);
}

/** The name of a table or column, written into the text. It comes from a list in the code, never from outside. */
export function sqlName(name: string): Sql {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error('This is not the name of a table or column.');
  return new Sql([name], []);
}

/** Nothing: for a condition that does not apply. */
export const emptySql = new Sql([''], []);

/** Joins statements with fixed text, such as ` and `. */
export function joinSql(statements: readonly Sql[], separator: ' and ' | ' or ' | ', '): Sql {
  if (statements.length === 0) return emptySql;
  return new Sql(['', ...statements.slice(1).map(() => separator), ''], statements);
}
