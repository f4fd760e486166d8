import { generateLegacy } from './generate-legacy.ts';
import { generateNewCommerce } from './generate-new-commerce.ts';

/** `tsx test/bench/generate.ts legacy-licence|new-commerce ROWS FILE`: one generated file, and what is planted in it. */
const [layout, rows, path] = process.argv.slice(2);
const generate = layout === 'legacy-licence' ? generateLegacy : layout === 'new-commerce' ? generateNewCommerce : null;
if (generate === null || path === undefined || !/^\d+$/.test(rows ?? '')) {
  process.stderr.write('usage: tsx test/bench/generate.ts legacy-licence|new-commerce ROWS FILE\n');
  process.exitCode = 2;
} else {
  process.stdout.write(`${JSON.stringify(generate(path, Number(rows)))}\n`);
}
