// Lints texts, each as if it were a file's: `[{ file, text }]` comes in, the lines and rules of each text go out.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const eslint = new ESLint();
const found = [];
for (const { file, text: source } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(source, { filePath: file });
  found.push((result?.messages ?? []).map(({ ruleId, line }) => `${line} ${ruleId}`));
}
process.stdout.write(JSON.stringify(found));
