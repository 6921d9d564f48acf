import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import said from '../../apps/dashboard/src/i18n/en/refused.js';
import { refusalWords } from '../../src/channels/connect/refusal-words.js';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** The reasons that a piece of code names: by themselves, or as one of two. */
function namesIn(node: ts.Expression | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...namesIn(node.whenTrue), ...namesIn(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return namesIn(node.expression);
  if (ts.isBinaryExpression(node)) return namesIn(node.right);
  return [];
}

/** What the refusals of some code are called. */
function reasonsIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'badInput')
      found.push(...namesIn(node.arguments[2]));
    if (ts.isNewExpression(node) && node.expression.getText() === 'DomainError') {
      const details = node.arguments?.[2];
      if (details && ts.isObjectLiteralExpression(details))
        for (const part of details.properties)
          if (ts.isPropertyAssignment(part) && part.name.getText() === 'reason')
            found.push(...namesIn(part.initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

describe('what the server refuses', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.spec)\.ts$/u.test(file))
    .map((file) => readFileSync(path.join(source, file), 'utf8'));

  it('has words in the dashboard for every reason that is named', () => {
    const named = [...new Set(files.flatMap(reasonsIn))];
    expect(named.length).toBeGreaterThan(100);
    const known = [...Object.keys(said.refused), ...Object.keys(refusalWords)];
    expect(named.filter((reason) => !known.includes(reason))).toEqual([]);
  });

  it('and the dashboard has words for nothing else', () => {
    const all = files.join('\n');
    expect(Object.keys(said.refused).filter((reason) => !all.includes(`'${reason}'`))).toEqual([]);
  });

  it('and is found in code', () => {
    expect(reasonsIn(`throw badInput('text', 'No.', long ? 'TOO_LONG' : 'EMPTY', { most })`)).toEqual([
      'TOO_LONG',
      'EMPTY',
    ]);
    expect(reasonsIn(`throw new DomainError(code, 'No.', { field: 'a', reason: 'TAKEN' })`)).toEqual(['TAKEN']);
    expect(reasonsIn(`throw badInput('text', 'No.')`)).toEqual([]);
  });
});
